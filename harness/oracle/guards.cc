#include "harness/oracle/guards.h"

namespace pendulum::oracle {
namespace {

void Flatten(const Expression& e, std::vector<Expression>* conjuncts) {
  if (e.op == Operator::kAnd) {
    for (const Expression& operand : e.operands) Flatten(operand, conjuncts);
  } else {
    conjuncts->push_back(e);
  }
}

Expression FieldExpression(const FieldInfo& field) {
  Expression e;
  e.op = Operator::kField;
  e.type = field.type;
  e.field = &field;
  return e;
}

bool MayBeUnknown(Object object) {
  return object == Object::operation || object == Object::request || object == Object::delivery ||
         object == Object::handler || object == Object::previous;
}

// Which objects a for_each stands for by itself, so that they are known.
uint64_t Brought(ForEach for_each) {
  const auto bit = [](Object object) { return uint64_t{1} << static_cast<int>(object); };
  switch (for_each) {
    case ForEach::kNone:
      return 0;
    case ForEach::kOperation:
      return bit(Object::operation);
    case ForEach::kRequest:
      return bit(Object::request);
    case ForEach::kDelivery:
      return bit(Object::delivery);
  }
  return 0;
}

}  // namespace

void ForEachField(const Expression& e, const std::function<void(const FieldInfo&)>& visit) {
  if (e.op == Operator::kField) visit(*e.field);
  for (const Expression& operand : e.operands) ForEachField(operand, visit);
}

std::vector<Expression> GuardOf(const CompiledClause& clause) {
  std::set<Object> used;
  std::set<Object> asked;
  const auto visit = [&](const FieldInfo& field) {
    if (!MayBeUnknown(field.object)) return;
    (field.name == "known" ? asked : used).insert(field.object);
  };
  ForEachField(clause.when, visit);
  ForEachField(clause.require, visit);
  for (const Expression& reading : clause.readings) ForEachField(reading, visit);
  std::vector<Expression> conjuncts;
  for (Object object : used) {
    const bool brought = (Brought(clause.for_each) >> static_cast<int>(object) & 1) != 0;
    if (asked.count(object) != 0 || brought) continue;
    conjuncts.push_back(FieldExpression(*FindField(object, "known")));
  }
  Flatten(clause.when, &conjuncts);
  return conjuncts;
}

bool ValuesLeft(const Expression& e, const FieldInfo* field, std::set<int64_t>* values) {
  if (e.op == Operator::kIn && e.operands[0].op == Operator::kField &&
      e.operands[0].field == field) {
    for (size_t i = 1; i < e.operands.size(); ++i) values->insert(e.operands[i].value);
    return true;
  }
  if (e.op != Operator::kEqual) return false;
  for (int side : {0, 1}) {
    const Expression& one = e.operands[side];
    const Expression& other = e.operands[1 - side];
    if (one.op == Operator::kField && one.field == field && other.op == Operator::kLiteral) {
      values->insert(other.value);
      return true;
    }
  }
  return false;
}

}  // namespace pendulum::oracle
