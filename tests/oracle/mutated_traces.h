// The traces that tests keep, and changes to them.
#ifndef PENDULUM_TESTS_ORACLE_MUTATED_TRACES_H_
#define PENDULUM_TESTS_ORACLE_MUTATED_TRACES_H_

#include <vector>

#include "harness/oracle/oracle.h"
#include "harness/trace/event.h"
#include "tests/oracle/random_clauses.h"

namespace pendulum::oracle {

using Trace = std::vector<trace::Event>;

// All of tests/spec, in the order of their names.
const std::vector<Trace>& Traces();

void MutateEvent(Numbers* numbers, trace::Event* event);
// With some events changed, left out, doubled, or taken from other traces.
Trace Mutated(Trace trace, Numbers* numbers);
// With some events before their neighbours: what such a run comes to may be what was known before.
Trace Rearranged(Trace trace, Numbers* numbers);

bool Equal(const Violation& one, const Violation& other);

}  // namespace pendulum::oracle

#endif  // PENDULUM_TESTS_ORACLE_MUTATED_TRACES_H_
