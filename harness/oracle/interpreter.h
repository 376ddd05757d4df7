// Runs the instructions of a compiled specification over an account.
#ifndef PENDULUM_ORACLE_INTERPRETER_H_
#define PENDULUM_ORACLE_INTERPRETER_H_

#include <cstddef>
#include <cstdint>

#include "harness/oracle/account.h"
#include "harness/oracle/outcomes.h"
#include "harness/oracle/program.h"

namespace pendulum::oracle {

// What the instructions report to.
class ClauseSink {
 public:
  explicit ClauseSink(const Specification::Compiled& compiled)
      : outcomes(compiled.clauses.size(), compiled.readings.size(), compiled.groups) {}
  virtual ~ClauseSink() = default;
  virtual void Violate(uint16_t clause) = 0;

  // What else the instructions come to is written where `log` points, which is moved on
  // (Outcomes::Begin).
  Outcomes outcomes;
  uint16_t* log = nullptr;
};

// Runs from `next` to its kEnd. `event` is the one that the account was last brought up to.
void RunInstructions(const Instruction* next, const trace::Event& event, Account* account,
                     ClauseSink* sink);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_INTERPRETER_H_
