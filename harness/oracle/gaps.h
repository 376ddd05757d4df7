// What a recorded trace does not tell, as it is read: which sources are missing for which
// operation, request and event, and the words for it.
#ifndef PENDULUM_ORACLE_GAPS_H_
#define PENDULUM_ORACLE_GAPS_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "harness/oracle/dependencies.h"
#include "harness/trace/event.h"
#include "harness/trace/json_lines.h"

namespace pendulum::oracle {

// Why something cannot be judged.
struct Gap {
  SourceSet sources;               // that are missing
  std::set<uint8_t> begun_before;  // requests that the trace begins in the middle of
  bool run_begun_before = false;   // nor does it begin where the run did
  std::set<uint8_t> not_ended;     // requests whose end has not come when the trace ends
  bool run_not_ended = false;      // nor has that of the run

  bool empty() const {
    return sources.none() && begun_before.empty() && !run_begun_before && not_ended.empty() &&
           !run_not_ended;
  }
  void Add(const Gap& other);
};

class Gaps {
 public:
  // `file` is borrowed. In the mode kDefault nothing is ever missing.
  explicit Gaps(const trace::TraceFile& file);

  // Takes in the event: those before it come first.
  void Note(const trace::Event& event, trace::FieldSet absent, int line);
  // The request is one whose beginning lies before the trace.
  void BeginsBefore(uint8_t request) { begun_before_.insert(request); }
  bool HasBegunBefore(uint8_t request) const { return begun_before_.contains(request); }
  bool IsRecorded(trace::EventKind kind) const;

  // Whom a field is asked of: by an expression at the last event noted.
  struct Whom {
    uint8_t request = trace::kNone8;
    uint16_t operation = trace::kNone16;  // whose call is in the trace
    bool at_hand = true;  // what the event itself concerns, not one that `for_each` brings
  };
  // What is missing to know the field; empty when it is known.
  Gap Missing(const FieldInfo& field, const Whom& whom) const;

  // "needs client.received, which this trace doesn't record; needs …": up to three reasons.
  std::string Words(const Gap& gap) const;

 private:
  void NoteFrame(const trace::Event& event);
  void NoteUnclear(const trace::Event& event);
  SourceSet MissingOf(uint8_t request) const;
  std::string FieldWords(size_t source) const;
  std::vector<std::string> Reasons(const Gap& gap) const;

  bool all_known_;
  bool begins_run_;
  trace::KindSet recorded_;
  SourceSet unrecorded_;
  SourceSet everywhere_;  // workers: whose frames are whose hangs on them all
  SourceSet at_event_;
  bool unclear_ = false;  // which operation the event concerns
  uint8_t worker_ = trace::kNone8;
  SourceSet of_run_;
  std::map<uint8_t, SourceSet> of_request_;
  std::map<uint16_t, SourceSet> of_operation_;
  std::map<uint8_t, std::set<uint16_t>> operations_;  // by request
  std::set<uint8_t> begun_before_;
  std::map<uint8_t, std::vector<uint8_t>> frames_;  // the requests of a worker's handlers
  std::map<size_t, std::set<int>> lines_;           // on which a source is absent
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_GAPS_H_
