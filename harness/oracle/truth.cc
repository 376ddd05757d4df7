#include "harness/oracle/truth.h"

#include <algorithm>

namespace pendulum::oracle {
namespace {

using Value = std::optional<int64_t>;

// Arithmetic wraps around, as the compiled form does.
int64_t Calculate(Operator op, int64_t left, int64_t right) {
  const auto a = static_cast<uint64_t>(left);
  const auto b = static_cast<uint64_t>(right);
  if (op == Operator::kAdd) return static_cast<int64_t>(a + b);
  return static_cast<int64_t>(op == Operator::kSubtract ? a - b : a * b);
}

bool Compare(Operator op, int64_t left, int64_t right) {
  switch (op) {
    case Operator::kEqual:
      return left == right;
    case Operator::kNotEqual:
      return left != right;
    case Operator::kLess:
      return left < right;
    case Operator::kLessOrEqual:
      return left <= right;
    case Operator::kGreater:
      return left > right;
    default:
      return left >= right;
  }
}

// What decides: a FALSE among what && joins, a TRUE among what || joins.
Value Join(const Expression& e, const FieldReader& read) {
  const int64_t decisive = e.op == Operator::kOr ? 1 : 0;
  bool known = true;
  for (const Expression& operand : e.operands) {
    const Value value = Evaluate(operand, read);
    if (value == decisive) return decisive;
    known = known && value.has_value();
  }
  return known ? Value(1 - decisive) : std::nullopt;
}

Value One(const Expression& e, int64_t value) {
  switch (e.op) {
    case Operator::kNot:
      return value == 0 ? 1 : 0;
    case Operator::kNegate:
      return Calculate(Operator::kSubtract, 0, value);
    case Operator::kSucceeded:
      return value < 0x80000000 ? 1 : 0;
    case Operator::kFailed:
      return value >= 0x80000000 ? 1 : 0;
    default:
      return std::any_of(e.operands.begin() + 1, e.operands.end(),
                         [&](const Expression& other) { return other.value == value; })
                 ? 1
                 : 0;
  }
}

}  // namespace

Value Evaluate(const Expression& e, const FieldReader& read) {
  switch (e.op) {
    case Operator::kLiteral:
      return e.value;
    case Operator::kField:
      return read(*e.field);
    case Operator::kAnd:
    case Operator::kOr:
      return Join(e, read);
    case Operator::kNot:
    case Operator::kNegate:
    case Operator::kSucceeded:
    case Operator::kFailed:
    case Operator::kIn: {
      const Value value = Evaluate(e.operands[0], read);
      return value ? One(e, *value) : std::nullopt;
    }
    default: {
      const Value left = Evaluate(e.operands[0], read);
      const Value right = Evaluate(e.operands[1], read);
      if (!left || !right) return std::nullopt;
      const bool arithmetic =
          e.op == Operator::kAdd || e.op == Operator::kSubtract || e.op == Operator::kMultiply;
      if (arithmetic) return Calculate(e.op, *left, *right);
      return Compare(e.op, *left, *right) ? 1 : 0;
    }
  }
}

void VisitUnknown(const Expression& e, const FieldReader& read,
                  const std::function<void(const FieldInfo&)>& visit) {
  if (Evaluate(e, read)) return;
  if (e.op == Operator::kField) return visit(*e.field);
  for (const Expression& operand : e.operands) VisitUnknown(operand, read, visit);
}

}  // namespace pendulum::oracle
