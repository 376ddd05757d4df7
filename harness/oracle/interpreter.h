// Runs the instructions of a compiled specification over an account.
#ifndef PENDULUM_ORACLE_INTERPRETER_H_
#define PENDULUM_ORACLE_INTERPRETER_H_

#include <cstdint>

#include "harness/oracle/account.h"
#include "harness/oracle/program.h"

namespace pendulum::oracle {

// What the instructions report to.
class ClauseSink {
 public:
  virtual ~ClauseSink() = default;
  virtual void Reach(uint16_t clause) = 0;
  virtual void Violate(uint16_t clause) = 0;
};

// Runs from `next` to its kEnd. `request` is the event's, or kNone8, for for_each.
void RunInstructions(const Instruction* next, uint8_t request, Account* account, ClauseSink* sink);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_INTERPRETER_H_
