#include "harness/oracle/constraints.h"

#include <algorithm>
#include <utility>

namespace pendulum::oracle {
namespace {

constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
constexpr int64_t kMost = std::numeric_limits<int64_t>::max();

}  // namespace

bool Constraints::Values::Empty() const {
  if (least > most) return true;
  if (!allowed) return least == most && excluded.count(least) != 0;
  return std::none_of(allowed->begin(), allowed->end(), [&](int64_t value) {
    return value >= least && value <= most && excluded.count(value) == 0;
  });
}

void Constraints::Allow(const FieldInfo* field, const std::set<int64_t>& values) {
  std::optional<std::set<int64_t>>& allowed = fields_[field].allowed;
  if (!allowed) {
    allowed = values;
  } else {
    std::erase_if(*allowed, [&](int64_t value) { return values.count(value) == 0; });
  }
}

void Constraints::Exclude(const FieldInfo* field, const std::set<int64_t>& values) {
  fields_[field].excluded.insert(values.begin(), values.end());
}

void Constraints::Bound(const FieldInfo* field, int64_t least, int64_t most) {
  Values& values = fields_[field];
  values.least = std::max(values.least, least);
  values.most = std::min(values.most, most);
}

void Constraints::AddRelation(Operator op, const Expression& left, const Expression& right,
                              bool holds) {
  if (left.op == Operator::kLiteral && right.op == Operator::kField) {
    return AddRelation(Mirrored(op), right, left, holds);
  }
  if (left.op != Operator::kField || right.op != Operator::kLiteral) return;
  if (!holds) op = Opposite(op);
  const int64_t value = right.value;
  switch (op) {
    case Operator::kEqual:
      return Allow(left.field, {value});
    case Operator::kNotEqual:
      return Exclude(left.field, {value});
    case Operator::kLess:
      return value == kLeast ? void(impossible_ = true) : Bound(left.field, kLeast, value - 1);
    case Operator::kLessOrEqual:
      return Bound(left.field, kLeast, value);
    case Operator::kGreater:
      return value == kMost ? void(impossible_ = true) : Bound(left.field, value + 1, kMost);
    default:
      return Bound(left.field, value, kMost);
  }
}

void Constraints::Add(const Expression& e, bool holds) {
  switch (e.op) {
    case Operator::kLiteral:
      impossible_ = impossible_ || (e.value != 0) != holds;
      return;
    case Operator::kField:
      return Allow(e.field, {holds ? 1 : 0});
    case Operator::kNot:
      return Add(e.operands[0], !holds);
    case Operator::kAnd:
    case Operator::kOr:
      // Both are known only of an "and" that holds and of an "or" that does not.
      if ((e.op == Operator::kAnd) != holds) return;
      Add(e.operands[0], holds);
      return Add(e.operands[1], holds);
    case Operator::kSucceeded:
    case Operator::kFailed: {
      if (e.operands[0].op != Operator::kField) return;
      const bool fails = (e.op == Operator::kFailed) == holds;
      return fails ? Bound(e.operands[0].field, kSignBit, kMost)
                   : Bound(e.operands[0].field, kLeast, kSignBit - 1);
    }
    case Operator::kIn: {
      if (e.operands[0].op != Operator::kField) return;
      std::set<int64_t> values;
      for (size_t i = 1; i < e.operands.size(); ++i) values.insert(e.operands[i].value);
      return holds ? Allow(e.operands[0].field, values) : Exclude(e.operands[0].field, values);
    }
    case Operator::kEqual:
    case Operator::kNotEqual:
    case Operator::kLess:
    case Operator::kLessOrEqual:
    case Operator::kGreater:
    case Operator::kGreaterOrEqual:
      return AddRelation(e.op, e.operands[0], e.operands[1], holds);
    default:
      return;
  }
}

std::string Constraints::Impossible() const {
  if (impossible_) return "FALSE";
  std::string name;
  for (const auto& [field, values] : fields_) {
    if (!values.Empty()) continue;
    const std::string one = std::string(Objects()[static_cast<int>(field->object)].name) + "." +
                            std::string(field->name);
    if (name.empty() || one < name) name = one;
  }
  return name;
}

}  // namespace pendulum::oracle
