// What a hunt came to, for people and for programs.
#ifndef PENDULUM_TESTS_MUTANTS_SUMMARY_H_
#define PENDULUM_TESTS_MUTANTS_SUMMARY_H_

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "harness/oracle/specification.h"
#include "tests/mutants/hunt.h"

namespace pendulum::mutants {

// Prints the mutants, one a line, or as JSON.
void PrintTable(const std::vector<int>& mutants, bool json, std::ostream* out);

class Summary {
 public:
  // All are borrowed. Text is printed as results come, JSON at the end.
  Summary(const oracle::Specification& specification, bool json, std::ostream* out)
      : specification_(specification), json_(json), out_(out) {}

  // The host as it is: it must break no clause.
  void AddUnmutated(const Catch& seen);
  void Add(const Catch& seen);
  // Prints the totals. `clauses`: all runs were done, so that it is known which clauses of the host
  // no mutant breaks.
  void Finish(bool clauses);

  // The host as it is broke nothing, and every mutant that breaks a rule was noticed by a clause of
  // the rule's level.
  bool clean() const { return host_clean_ && survivors_.empty(); }

 private:
  using Json = nlohmann::ordered_json;
  Json SeenJson(const Seen& seen) const;
  std::string Id(const Seen& seen) const;
  std::vector<std::string> HostClauses(bool (*wanted)(const TrialState&, size_t),
                                       const TrialState& state) const;

  const oracle::Specification& specification_;
  bool json_;
  std::ostream* out_;
  bool host_clean_ = false;
  int tried_ = 0;
  int killed_ = 0;
  std::vector<std::string> survivors_;  // that break a rule
  std::vector<std::string> open_;       // that break none, and were not noticed
  std::vector<std::string> unreached_;  // clauses of the host that no probe reaches
  TrialState broken_{};                 // by any mutant
  Json mutants_ = Json::array();
};

}  // namespace pendulum::mutants

#endif  // PENDULUM_TESTS_MUTANTS_SUMMARY_H_
