#include <algorithm>
#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/oracle/expression.h"
#include "harness/platform/suggest.h"
#include "harness/trace/method.h"

namespace pendulum::oracle {
namespace {

using trace::ValueType;

constexpr int64_t kUnknownLength = 0xFFFFFFFF;

struct Constant {
  ValueType type;
  int64_t value;
};

// The types whose named values are written without quotation marks.
constexpr ValueType kBareTypes[] = {ValueType::kHresult, ValueType::kStatus,
                                    ValueType::kNotification};

std::optional<Constant> FindConstant(std::string_view name) {
  if (name == "TRUE") return Constant{ValueType::kBoolean, 1};
  if (name == "FALSE") return Constant{ValueType::kBoolean, 0};
  if (name == "UNKNOWN_LENGTH") return Constant{ValueType::kInteger, kUnknownLength};
  for (ValueType type : kBareTypes) {
    if (const auto value = trace::ValueFromName(type, name)) return Constant{type, *value};
  }
  return std::nullopt;
}

std::vector<std::string_view> ConstantNames() {
  std::vector<std::string_view> names = {"TRUE", "FALSE", "UNKNOWN_LENGTH"};
  for (ValueType type : kBareTypes) {
    for (const trace::NamedValue& named : trace::NamedValues(type)) names.push_back(named.name);
  }
  return names;
}

std::vector<std::string_view> NamesOfType(ValueType type) {
  std::vector<std::string_view> names;
  for (const trace::NamedValue& named : trace::NamedValues(type)) names.push_back(named.name);
  for (int i = 0; type == ValueType::kMethod && i < static_cast<int>(trace::Method::kCount); ++i) {
    names.push_back(trace::MethodName(static_cast<trace::Method>(i)));
  }
  return names;
}

std::string Quote(std::string_view text) { return "'" + std::string(text) + "'"; }
std::string Article(ValueType type) {
  const std::string name(trace::TypeName(type));
  const bool vowel = std::string_view("aeiouH").find(name[0]) != std::string_view::npos;
  return (vowel ? "an " : "a ") + name;
}

class Checker {
 public:
  Checker(const ExpressionContext& context, ExpressionError* error)
      : context_(context), error_(error) {}

  bool Check(Expression* e) {
    switch (e->op) {
      case Operator::kLiteral:
      case Operator::kQuoted:
        return true;
      case Operator::kName:
        return CheckName(e);
      case Operator::kField:
        return CheckField(e);
      case Operator::kNot:
        return CheckOperands(e, ValueType::kBoolean, ValueType::kBoolean);
      case Operator::kAnd:
      case Operator::kOr:
        return CheckOperands(e, ValueType::kBoolean, ValueType::kBoolean);
      case Operator::kNegate:
      case Operator::kMultiply:
      case Operator::kAdd:
      case Operator::kSubtract:
        return CheckOperands(e, ValueType::kInteger, ValueType::kInteger);
      case Operator::kLess:
      case Operator::kLessOrEqual:
      case Operator::kGreater:
      case Operator::kGreaterOrEqual:
        return CheckOperands(e, ValueType::kInteger, ValueType::kBoolean);
      case Operator::kSucceeded:
      case Operator::kFailed:
        return CheckOperands(e, ValueType::kHresult, ValueType::kBoolean);
      case Operator::kEqual:
      case Operator::kNotEqual:
      case Operator::kIn:
        return CheckSameType(e);
    }
    return true;
  }

  bool Fail(size_t offset, std::string message, std::string remedy = "") {
    *error_ = {offset, std::move(message), std::move(remedy)};
    return false;
  }

 private:
  bool CheckName(Expression* e) {
    if (const auto constant = FindConstant(e->text)) {
      e->op = Operator::kLiteral;
      e->type = constant->type;
      e->value = constant->value;
      return true;
    }
    if (FindObject(e->text) != nullptr) {
      return Fail(e->offset, Quote(e->text) + " is an object: a field of it is expected, as in " +
                                 e->text + "." +
                                 std::string(FieldsOf(FindObject(e->text)->object)[0].name));
    }
    return Fail(e->offset, "no constant has the name " + Quote(e->text),
                platform::Suggestion(e->text, ConstantNames()));
  }

  bool CheckField(Expression* e) {
    ExpressionError error;
    e->field = ResolveField(context_, e->text, &error);
    if (e->field == nullptr) return Fail(e->offset + error.offset, error.message, error.remedy);
    e->type = e->field->type;
    return true;
  }

  // Turns a literal into one of `type` where that is what it may stand for.
  bool Adopt(ValueType type, Expression* e) {
    const bool is_number = e->op == Operator::kLiteral && e->type == ValueType::kInteger;
    if (is_number && type == ValueType::kHresult) e->type = type;
    if (e->op != Operator::kQuoted) return true;
    const auto value = trace::ValueFromName(type, e->text);
    if (!value) {
      return Fail(e->offset, Quote(e->text) + " is not " + Article(type),
                  platform::Suggestion(e->text, NamesOfType(type)));
    }
    e->op = Operator::kLiteral;
    e->type = type;
    e->value = *value;
    return true;
  }

  bool CheckOperands(Expression* e, ValueType operand_type, ValueType result) {
    for (Expression& operand : e->operands) {
      if (!Check(&operand)) return false;
      if (operand.op == Operator::kQuoted || operand.type != operand_type) {
        if (operand.op != Operator::kQuoted && operand_type == ValueType::kHresult &&
            Adopt(operand_type, &operand) && operand.type == operand_type) {
          continue;
        }
        const std::string got = operand.op == Operator::kQuoted ? "the name " + Quote(operand.text)
                                                                : Article(operand.type);
        return Fail(operand.offset,
                    Quote(e->text) + " expects " + Article(operand_type) + ", got " + got);
      }
    }
    e->type = result;
    return true;
  }

  bool CheckSameType(Expression* e) {
    const Expression* typed = nullptr;
    for (Expression& operand : e->operands) {
      if (!Check(&operand)) return false;
      const bool is_number =
          operand.op == Operator::kLiteral && operand.type == ValueType::kInteger;
      const bool better = typed == nullptr || (typed->op == Operator::kLiteral && !is_number);
      if (operand.op != Operator::kQuoted && better) typed = &operand;
    }
    if (typed == nullptr) {
      return Fail(e->operands[0].offset,
                  "the type of " + Quote(e->operands[0].text) + " cannot be told",
                  "compare a field with it");
    }
    const ValueType type = typed->type;
    for (Expression& operand : e->operands) {
      if (!Adopt(type, &operand)) return false;
      if (operand.type != type) {
        return Fail(operand.offset, Quote(e->text) + " takes values of one type, got " +
                                        Article(type) + " and " + Article(operand.type));
      }
      if (e->op == Operator::kIn && &operand != &e->operands[0] &&
          operand.op != Operator::kLiteral) {
        return Fail(operand.offset, "a list holds constants only");
      }
    }
    e->type = ValueType::kBoolean;
    return true;
  }

  const ExpressionContext& context_;
  ExpressionError* error_;
};

std::string FirstMissingEvent(EventSet missing) {
  for (int kind = 0; kind < trace::kEventKindCount; ++kind) {
    if ((missing >> kind & 1) != 0) {
      return std::string(trace::EventName(static_cast<trace::EventKind>(kind)));
    }
  }
  return "";
}

}  // namespace

const FieldInfo* ResolveField(const ExpressionContext& context, std::string_view name,
                              ExpressionError* error) {
  const size_t dot = std::min(name.find('.'), name.size());
  const std::string_view object_name = name.substr(0, dot);
  const std::string_view field_name = dot < name.size() ? name.substr(dot + 1) : "";
  const ObjectInfo* object = FindObject(object_name);
  if (object == nullptr) {
    std::vector<std::string_view> names;
    for (const ObjectInfo& info : Objects()) names.push_back(info.name);
    *error = {0, "no object has the name " + Quote(object_name),
              platform::Suggestion(object_name, names)};
    return nullptr;
  }
  const FieldInfo* field = FindField(object->object, field_name);
  if (field == nullptr) {
    std::vector<std::string_view> names;
    for (const FieldInfo& info : FieldsOf(object->object)) names.push_back(info.name);
    *error = {std::min(dot + 1, name.size()),
              Quote(object_name) + " has no field " + Quote(field_name),
              platform::Suggestion(field_name, names)};
    return nullptr;
  }
  const bool is_brought = (context.brought >> static_cast<int>(object->object) & 1) != 0;
  const EventSet missing = context.events & ~field->events;
  if (missing != 0 && !is_brought) {
    *error = {0, Quote(name) + " does not exist at " + FirstMissingEvent(missing),
              "it exists at " + EventNames(field->events)};
    return nullptr;
  }
  return field;
}

bool CheckExpression(const ExpressionContext& context, Expression* expression,
                     ExpressionError* error) {
  Checker checker(context, error);
  if (!checker.Check(expression)) return false;
  if (expression->op != Operator::kQuoted && expression->type == ValueType::kBoolean) return true;
  const std::string got = expression->op == Operator::kQuoted
                              ? "the name " + Quote(expression->text)
                              : Article(expression->type);
  return checker.Fail(expression->offset, "expected a boolean, got " + got);
}

std::string CanonicalText(const Expression& e) {
  if (e.op == Operator::kLiteral) return std::to_string(e.value);
  if (e.op == Operator::kField) {
    return std::to_string(static_cast<int>(e.field->object)) + "." + std::to_string(e.field->slot);
  }
  std::string text = "(" + std::to_string(static_cast<int>(e.op));
  for (const Expression& operand : e.operands) text += " " + CanonicalText(operand);
  return text + ")";
}

}  // namespace pendulum::oracle
