#include <cctype>
#include <charconv>
#include <string>
#include <utility>

#include "harness/oracle/expression.h"

namespace pendulum::oracle {
namespace {

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

struct Token {
  enum class Kind : uint8_t { kEnd, kName, kInteger, kQuoted, kSymbol } kind = Kind::kEnd;
  size_t offset = 0;
  std::string_view text;  // without quotation marks
};

struct BinaryOperator {
  std::string_view symbol;
  Operator op;
  int level;  // binds tighter the higher it is
};

constexpr int kOrLevel = 0;
constexpr int kComparisonLevel = 2;
constexpr int kHighestLevel = 4;
constexpr BinaryOperator kBinaryOperators[] = {
    {"||", Operator::kOr, 0},          {"&&", Operator::kAnd, 1},
    {"==", Operator::kEqual, 2},       {"!=", Operator::kNotEqual, 2},
    {"<=", Operator::kLessOrEqual, 2}, {">=", Operator::kGreaterOrEqual, 2},
    {"<", Operator::kLess, 2},         {">", Operator::kGreater, 2},
    {"in", Operator::kIn, 2},          {"+", Operator::kAdd, 3},
    {"-", Operator::kSubtract, 3},     {"*", Operator::kMultiply, 4},
};

// Recursive descent, one token ahead. Functions return false once error_ is filled.
class Parser {
 public:
  Parser(std::string_view text, ExpressionError* error) : text_(text), error_(error) {}

  bool Parse(Expression* expression) {
    if (!Next() || !ParseBinary(kOrLevel, expression)) return false;
    if (token_.kind == Token::Kind::kEnd) return true;
    return Fail("expected an operator or the end of the expression, got " + Found());
  }

 private:
  static constexpr int kMaxDepth = 16;
  // Operators of one level make a tree as deep as they are many, through which others recurse.
  static constexpr int kMaxTokens = 1024;

  bool Fail(std::string message, std::string remedy = "") {
    return FailAt(token_.offset, std::move(message), std::move(remedy));
  }
  bool FailAt(size_t offset, std::string message, std::string remedy = "") {
    *error_ = {offset, std::move(message), std::move(remedy)};
    return false;
  }

  std::string Found() const {
    if (token_.kind == Token::Kind::kEnd) return "the end of the expression";
    return "'" + std::string(token_.text) + "'";
  }

  bool IsSymbol(std::string_view symbol) const {
    const bool is_word = token_.kind == Token::Kind::kName && symbol == "in";
    return (token_.kind == Token::Kind::kSymbol || is_word) && token_.text == symbol;
  }

  void Take(Token::Kind kind, size_t length) {
    token_ = {kind, position_, text_.substr(position_, length)};
    position_ += length;
  }

  bool Next() {
    if (++tokens_ > kMaxTokens) {
      return FailAt(position_, "the expression has more than 1024 names, numbers and symbols");
    }
    while (position_ < text_.size() &&
           (text_[position_] == ' ' || text_[position_] == '\t' || text_[position_] == '\n')) {
      ++position_;
    }
    if (position_ >= text_.size()) {
      token_ = {Token::Kind::kEnd, text_.size(), {}};
      return true;
    }
    const char c = text_[position_];
    if (IsLetter(c) || IsDigit(c)) return TakeWord();
    if (c == '\'') return TakeQuoted();
    return TakeSymbol();
  }

  // A name with its dots, or a number.
  bool TakeWord() {
    size_t end = position_;
    const bool is_name = IsLetter(text_[position_]);
    while (end < text_.size() &&
           (IsLetter(text_[end]) || IsDigit(text_[end]) || (is_name && text_[end] == '.'))) {
      ++end;
    }
    Take(is_name ? Token::Kind::kName : Token::Kind::kInteger, end - position_);
    return true;
  }

  bool TakeQuoted() {
    const size_t end = text_.find('\'', position_ + 1);
    if (end == std::string_view::npos) {
      return FailAt(position_, "the quoted name is never closed");
    }
    token_ = {Token::Kind::kQuoted, position_, text_.substr(position_ + 1, end - position_ - 1)};
    position_ = end + 1;
    return true;
  }

  bool TakeSymbol() {
    static constexpr std::string_view kSymbols[] = {
        "||", "&&", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "!", "(", ")", "[", "]", ","};
    for (std::string_view symbol : kSymbols) {
      if (text_.substr(position_, symbol.size()) != symbol) continue;
      Take(Token::Kind::kSymbol, symbol.size());
      return true;
    }
    const char c = text_[position_];
    size_t end = position_ + 1;
    while (end < text_.size() && (text_[end] & 0xC0) == 0x80) ++end;
    const std::string found(text_.substr(position_, end - position_));
    const std::string remedy = c == '='   ? "did you mean '=='?"
                               : c == '&' ? "did you mean '&&'?"
                               : c == '|' ? "did you mean '||'?"
                               : c == '"' ? "names are quoted with '"
                                          : "";
    return FailAt(position_, "'" + found + "' has no meaning in an expression", remedy);
  }

  const BinaryOperator* FindBinary(int level) const {
    for (const BinaryOperator& binary : kBinaryOperators) {
      if (binary.level == level && IsSymbol(binary.symbol)) return &binary;
    }
    return nullptr;
  }

  bool ParseBinary(int level, Expression* left) {
    if (level > kHighestLevel) return ParseUnary(left);
    if (!ParseBinary(level + 1, left)) return false;
    while (const BinaryOperator* binary = FindBinary(level)) {
      Expression whole = {
          .op = binary->op, .offset = token_.offset, .text = std::string(token_.text)};
      if (!Next()) return false;
      whole.operands.push_back(std::move(*left));
      if (binary->op == Operator::kIn) {
        if (!ParseList(&whole)) return false;
      } else {
        whole.operands.emplace_back();
        if (!ParseBinary(level + 1, &whole.operands.back())) return false;
      }
      *left = std::move(whole);
      if (level == kComparisonLevel && FindBinary(level) != nullptr) {
        return Fail("comparisons do not chain", "write a < b && b < c");
      }
    }
    return true;
  }

  bool ParseList(Expression* whole) {
    if (!IsSymbol("[")) return Fail("expected '[' after 'in', got " + Found());
    do {
      if (!Next()) return false;
      whole->operands.emplace_back();
      if (!ParseUnary(&whole->operands.back())) return false;
    } while (IsSymbol(","));
    if (!IsSymbol("]")) return Fail("expected ',' or ']', got " + Found());
    return Next();
  }

  bool ParseUnary(Expression* expression) {
    if (++depth_ > kMaxDepth) return Fail("the expression is nested too deeply");
    const bool ok =
        IsSymbol("!") || IsSymbol("-") ? ParsePrefix(expression) : ParsePrimary(expression);
    --depth_;
    return ok;
  }

  bool ParsePrefix(Expression* expression) {
    expression->op = IsSymbol("!") ? Operator::kNot : Operator::kNegate;
    expression->offset = token_.offset;
    expression->text = token_.text;
    expression->operands.emplace_back();
    return Next() && ParseUnary(&expression->operands.back());
  }

  bool ParsePrimary(Expression* expression) {
    expression->offset = token_.offset;
    expression->text = token_.text;
    switch (token_.kind) {
      case Token::Kind::kInteger:
        return ParseInteger(expression);
      case Token::Kind::kQuoted:
        expression->op = Operator::kQuoted;
        return Next();
      case Token::Kind::kName:
        return ParseName(expression);
      case Token::Kind::kEnd:
      case Token::Kind::kSymbol:
        break;
    }
    if (!IsSymbol("(")) return Fail("expected a value, got " + Found());
    if (!Next() || !ParseBinary(kOrLevel, expression)) return false;
    if (!IsSymbol(")")) return Fail("expected ')', got " + Found());
    return Next();
  }

  bool ParseInteger(Expression* expression) {
    std::string_view digits = token_.text;
    const bool hexadecimal = digits.starts_with("0x") || digits.starts_with("0X");
    if (hexadecimal) digits.remove_prefix(2);
    const char* end = digits.data() + digits.size();
    const auto result =
        std::from_chars(digits.data(), end, expression->value, hexadecimal ? 16 : 10);
    if (result.ec != std::errc() || result.ptr != end) {
      return Fail("'" + std::string(token_.text) + "' is not an integer");
    }
    expression->op = Operator::kLiteral;
    expression->type = trace::ValueType::kInteger;
    return Next();
  }

  bool ParseName(Expression* expression) {
    const Token name = token_;
    if (!Next()) return false;
    const bool calls = IsSymbol("(");
    if (!calls) {
      const bool has_dot = name.text.find('.') != std::string_view::npos;
      expression->op = has_dot ? Operator::kField : Operator::kName;
      return true;
    }
    if (name.text != "SUCCEEDED" && name.text != "FAILED") {
      return FailAt(name.offset, "no function has the name '" + std::string(name.text) + "'",
                    "the functions are SUCCEEDED and FAILED");
    }
    expression->op = name.text == "FAILED" ? Operator::kFailed : Operator::kSucceeded;
    expression->operands.emplace_back();
    if (!Next() || !ParseBinary(kOrLevel, &expression->operands.back())) return false;
    if (!IsSymbol(")")) return Fail("expected ')', got " + Found());
    return Next();
  }

  std::string_view text_;
  ExpressionError* error_;
  size_t position_ = 0;
  Token token_;
  int depth_ = 0;
  int tokens_ = 0;
};

}  // namespace

bool ParseExpression(std::string_view text, Expression* expression, ExpressionError* error) {
  return Parser(text, error).Parse(expression);
}

}  // namespace pendulum::oracle
