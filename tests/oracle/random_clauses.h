// Made-up specifications of many clauses that share parts of their guards, for tests.
#ifndef PENDULUM_TESTS_ORACLE_RANDOM_CLAUSES_H_
#define PENDULUM_TESTS_ORACLE_RANDOM_CLAUSES_H_

#include <cstdint>
#include <vector>

#include "tests/oracle/small_specification.h"

namespace pendulum::oracle {

// A plain generator of numbers: the same seed gives the same numbers everywhere.
class Numbers {
 public:
  explicit Numbers(uint32_t seed) : state_(seed) {}
  uint32_t Next() { return (state_ = state_ * 1664525 + 1013904223) >> 8; }
  // From 0 to limit - 1.
  uint32_t Below(uint32_t limit) { return Next() % limit; }

 private:
  uint32_t state_;
};

std::vector<SmallClause> RandomClauses(int count, uint32_t seed);

}  // namespace pendulum::oracle

#endif  // PENDULUM_TESTS_ORACLE_RANDOM_CLAUSES_H_
