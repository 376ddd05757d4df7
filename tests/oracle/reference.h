// The plainest way to judge: every clause of a specification at every event, straight from the
// trees of its expressions. The oracle must give exactly what this gives.
#ifndef PENDULUM_TESTS_ORACLE_REFERENCE_H_
#define PENDULUM_TESTS_ORACLE_REFERENCE_H_

#include <cstdint>
#include <vector>

#include "harness/oracle/account.h"
#include "harness/oracle/oracle.h"
#include "harness/oracle/program.h"
#include "harness/oracle/specification.h"

namespace pendulum::oracle {

class ReferenceOracle {
 public:
  explicit ReferenceOracle(const Specification& specification);

  void BeginRun();
  void OnEvent(const trace::Event& event, uint32_t index);

  // As Oracle has them; the violations are all, without its limit.
  std::vector<Violation> violations;
  std::vector<uint64_t> coverage;
  std::vector<uint64_t> reading_counts;
  std::vector<uint64_t> unread_counts;
  ReadingSet readings_seen = 0;

 private:
  void JudgeEach(uint16_t clause, const trace::Event& event, uint32_t index);
  void Judge(uint16_t clause, const trace::Event& event, uint32_t index);
  void Report(uint16_t clause, const trace::Event& event, uint32_t index);
  int64_t Value(const Expression& expression) const;
  bool Holds(const Expression& expression) const { return Value(expression) != 0; }
  int64_t Slot(Object object, uint8_t slot) const {
    return account_.objects()[static_cast<int>(object)][slot];
  }

  const Specification& specification_;
  const std::vector<CompiledClause>& compiled_;
  std::vector<std::vector<const FieldInfo*>> needed_;  // by clause: what must be known
  Account account_;
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_TESTS_ORACLE_REFERENCE_H_
