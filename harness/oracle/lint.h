// What is wrong with clauses though each can be read: for their authors.
#ifndef PENDULUM_ORACLE_LINT_H_
#define PENDULUM_ORACLE_LINT_H_

#include <vector>

#include "harness/oracle/specification.h"
#include "harness/platform/result.h"

namespace pendulum::oracle {

// Each clause that can't be reached, broken or met, that prints what is not known, or that says the
// same as another; in the order of the clauses. Each warning's place is "file: id".
std::vector<platform::Error> Lint(const Specification& specification);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_LINT_H_
