// Expressions over values of which some are not known: an expression is unknown only when its value
// hangs on one of them.
#ifndef PENDULUM_ORACLE_TRUTH_H_
#define PENDULUM_ORACLE_TRUTH_H_

#include <cstdint>
#include <functional>
#include <optional>

#include "harness/oracle/expression.h"

namespace pendulum::oracle {

// The value of a field, or nothing where it is not known.
using FieldReader = std::function<std::optional<int64_t>(const FieldInfo&)>;

// The value of a checked expression; of booleans 0 or 1. FALSE && x is FALSE whatever x is, and
// TRUE || x is TRUE.
std::optional<int64_t> Evaluate(const Expression& expression, const FieldReader& read);

// Visits the unknown fields that an unknown expression hangs on; nothing where it is known.
void VisitUnknown(const Expression& expression, const FieldReader& read,
                  const std::function<void(const FieldInfo&)>& visit);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_TRUTH_H_
