// What a clause's guard is, apart from its text.
#ifndef PENDULUM_ORACLE_GUARDS_H_
#define PENDULUM_ORACLE_GUARDS_H_

#include <cstdint>
#include <functional>
#include <set>
#include <vector>

#include "harness/oracle/expression.h"
#include "harness/oracle/program.h"
#include "harness/oracle/vocabulary.h"

namespace pendulum::oracle {

// Calls `visit` with each field that the expression uses, as often as it does.
void ForEachField(const Expression& e, const std::function<void(const FieldInfo&)>& visit);

// The guard as conjuncts, with those that the objects used must be known (spec/README.md).
std::vector<Expression> GuardOf(const CompiledClause& clause);

// The set of values that the conjunct leaves to `field`, if it is such a test: field == constant or
// field in [constants].
bool ValuesLeft(const Expression& e, const FieldInfo* field, std::set<int64_t>* values);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_GUARDS_H_
