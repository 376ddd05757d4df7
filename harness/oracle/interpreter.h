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
  virtual void Violate(uint16_t clause) = 0;

  // kTimings counters for each clause: how often its guard was reached.
  uint64_t* coverage = nullptr;
  // By reading: how often it held where its clause was reached; and a bit for each that did.
  uint64_t* readings = nullptr;
  ReadingSet readings_seen = 0;
  void CountReading(int64_t reading) {
    ++readings[reading];
    readings_seen |= ReadingSet{1} << reading;
  }

  // By clause: how often it was reached and met, and none of its readings held.
  uint64_t* unread = nullptr;
};

// Runs from `next` to its kEnd. `event` is the one that the account was last brought up to.
void RunInstructions(const Instruction* next, const trace::Event& event, Account* account,
                     ClauseSink* sink);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_INTERPRETER_H_
