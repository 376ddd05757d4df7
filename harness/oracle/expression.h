// The expressions of clauses: parsed into trees, then given types. spec/README.md describes the
// language.
#ifndef PENDULUM_ORACLE_EXPRESSION_H_
#define PENDULUM_ORACLE_EXPRESSION_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/oracle/vocabulary.h"
#include "harness/trace/names.h"

namespace pendulum::oracle {

enum class Operator : uint8_t {
  kLiteral,  // value
  kQuoted,   // text: a literal once its type is known
  kName,     // text: a constant's name, before types are given
  kField,    // text, then field
  kNot,
  kNegate,
  kSucceeded,
  kFailed,
  kMultiply,
  kAdd,
  kSubtract,
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kIn,  // the first operand among the others
  kAnd,
  kOr,
};

// What an HRESULT that failed has set: it is kept as an unsigned number.
inline constexpr int64_t kSignBit = 0x80000000;

// Of a relation: the one that holds when it does not, and the same one seen from its other side.
Operator Opposite(Operator op);
Operator Mirrored(Operator op);

struct Expression {
  Operator op = Operator::kLiteral;
  size_t offset = 0;  // where it begins in the text, in bytes: of a binary operator, the operator
  std::string text;
  trace::ValueType type = trace::ValueType::kBoolean;
  int64_t value = 0;
  const FieldInfo* field = nullptr;
  std::vector<Expression> operands;
};

// A mistake in an expression.
struct ExpressionError {
  size_t offset = 0;
  std::string message;
  std::string remedy;
};

// Parses `text` into *expression. Returns false and fills *error at the first mistake.
bool ParseExpression(std::string_view text, Expression* expression, ExpressionError* error);

// Where an expression is evaluated: at which events, and which objects `for_each` brings.
struct ExpressionContext {
  EventSet events = 0;
  uint64_t brought = 0;  // a bit for each Object
};

// Resolves the names in a parsed expression and checks its types; the whole must have the type
// boolean. Returns false and fills *error at the first mistake.
bool CheckExpression(const ExpressionContext& context, Expression* expression,
                     ExpressionError* error);

// The field that `name` ("completion.bytes") stands for, or nullptr and *error, whose offset counts
// from the beginning of the name.
const FieldInfo* ResolveField(const ExpressionContext& context, std::string_view name,
                              ExpressionError* error);

// The expression in one unambiguous form: equal text means equal meaning.
std::string CanonicalText(const Expression& expression);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_EXPRESSION_H_
