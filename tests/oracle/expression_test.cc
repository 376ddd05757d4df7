#include "harness/oracle/expression.h"

#include <gtest/gtest.h>

#include "tests/oracle/small_specification.h"

namespace pendulum::oracle {
namespace {

constexpr ExpressionContext kAtCompletion = {.events = Only(trace::EventKind::kCompletionDelivered),
                                             .brought = 0};

// "offset: message (remedy)" of the mistake in an expression at completion.delivered, or "".
std::string ErrorOf(std::string_view text, const ExpressionContext& context = kAtCompletion) {
  Expression expression;
  ExpressionError error;
  if (ParseExpression(text, &expression, &error) && CheckExpression(context, &expression, &error)) {
    return "";
  }
  return std::to_string(error.offset) + ": " + error.message +
         (error.remedy.empty() ? "" : " (" + error.remedy + ")");
}

TEST(Expression, TakesEveryOperator) {
  EXPECT_EQ(ErrorOf("!(completion.bytes * 2 + 1 - -3 >= 4) || TRUE && completion.post"), "");
  EXPECT_EQ(ErrorOf("operation.kind in ['Flush', 'ReadEntityBody']"), "");
  EXPECT_EQ(ErrorOf("'Flush' == operation.kind"), "");
  EXPECT_EQ(ErrorOf("completion.status in [S_OK, ERROR_HANDLE_EOF, 0x80070040]"), "");
  EXPECT_EQ(ErrorOf("SUCCEEDED(completion.status) == !FAILED(operation.status)"), "");
  EXPECT_EQ(ErrorOf("completion.notification == RQ_END_REQUEST"), "");
  EXPECT_EQ(ErrorOf("completion.bytes != UNKNOWN_LENGTH"), "");
}

TEST(Expression, SuggestsForMisspeltNames) {
  EXPECT_EQ(ErrorOf("completoin.bytes == 1"),
            "0: no object has the name 'completoin' (did you mean 'completion'?)");
  EXPECT_EQ(ErrorOf("completion.byte == 1"),
            "11: 'completion' has no field 'byte' (did you mean 'bytes'?)");
  EXPECT_EQ(ErrorOf("completion.status == ERROR_HANDEL_EOF"),
            "21: no constant has the name 'ERROR_HANDEL_EOF' (did you mean 'ERROR_HANDLE_EOF'?)");
  EXPECT_EQ(ErrorOf("true"), "0: no constant has the name 'true' (did you mean 'TRUE'?)");
  EXPECT_EQ(ErrorOf("operation.kind == 'Flsh'"),
            "18: 'Flsh' is not an operation kind (did you mean 'Flush'?)");
  EXPECT_EQ(ErrorOf("operation == 1"),
            "0: 'operation' is an object: a field of it is expected, as in operation.known");
}

TEST(Expression, KnowsAtWhichEventsAFieldExists) {
  EXPECT_EQ(ErrorOf("call.value == 1"),
            "0: 'call.value' does not exist at completion.delivered (it exists at `call`)");
  EXPECT_EQ(ErrorOf("completion.returned_status == RQ_NOTIFICATION_PENDING"),
            "0: 'completion.returned_status' does not exist at completion.delivered (it exists at "
            "`completion.returned`)");
  const ExpressionContext at_end = {.events = Only(trace::EventKind::kRunEnded), .brought = 0};
  EXPECT_NE(ErrorOf("request.ended", at_end), "");
  const ExpressionContext brought = {.events = Only(trace::EventKind::kRunEnded),
                                     .brought = uint64_t{1} << int(Object::request)};
  EXPECT_EQ(ErrorOf("request.ended", brought), "");
}

TEST(Expression, ChecksTypes) {
  EXPECT_EQ(ErrorOf("completion.bytes"), "0: expected a boolean, got an integer");
  EXPECT_EQ(ErrorOf("'Flush'"), "0: expected a boolean, got the name 'Flush'");
  EXPECT_EQ(ErrorOf("completion.bytes && TRUE"), "0: '&&' expects a boolean, got an integer");
  EXPECT_EQ(ErrorOf("TRUE || completion.status"), "8: '||' expects a boolean, got an HRESULT");
  EXPECT_EQ(ErrorOf("!completion.bytes"), "1: '!' expects a boolean, got an integer");
  EXPECT_EQ(ErrorOf("completion.status < 1"), "0: '<' expects an integer, got an HRESULT");
  EXPECT_EQ(ErrorOf("completion.bytes + 'x' == 1"), "19: '+' expects an integer, got the name 'x'");
  EXPECT_EQ(ErrorOf("completion.bytes == completion.post"),
            "20: '==' takes values of one type, got an integer and a boolean");
  EXPECT_EQ(ErrorOf("completion.notification == RQ_NOTIFICATION_PENDING"),
            "27: '==' takes values of one type, got a notification and a status");
  EXPECT_EQ(ErrorOf("completion.bytes in [1, TRUE]"),
            "24: 'in' takes values of one type, got an integer and a boolean");
  EXPECT_EQ(ErrorOf("completion.bytes in [1, operation.buffer_bytes]"),
            "24: a list holds constants only");
  EXPECT_EQ(ErrorOf("FAILED(completion.bytes)"), "7: 'FAILED' expects an HRESULT, got an integer");
  EXPECT_EQ(ErrorOf("'a' == 'b'"), "0: the type of 'a' cannot be told (compare a field with it)");
}

TEST(Expression, PointsAtMistakesOfGrammar) {
  EXPECT_EQ(ErrorOf(""), "0: expected a value, got the end of the expression");
  EXPECT_EQ(ErrorOf("completion.bytes = 1"),
            "17: '=' has no meaning in an expression (did you mean '=='?)");
  EXPECT_EQ(ErrorOf("TRUE & FALSE"), "5: '&' has no meaning in an expression (did you mean '&&'?)");
  EXPECT_EQ(ErrorOf("(TRUE"), "5: expected ')', got the end of the expression");
  EXPECT_EQ(ErrorOf("TRUE TRUE"),
            "5: expected an operator or the end of the expression, got 'TRUE'");
  EXPECT_EQ(ErrorOf("completion.bytes in 1"), "20: expected '[' after 'in', got '1'");
  EXPECT_EQ(ErrorOf("completion.bytes in [1 2]"), "23: expected ',' or ']', got '2'");
  EXPECT_EQ(ErrorOf("1 < 2 < 3"), "6: comparisons do not chain (write a < b && b < c)");
  EXPECT_EQ(ErrorOf("operation.kind == 'Flush"), "18: the quoted name is never closed");
  EXPECT_EQ(ErrorOf("completion.bytes == 12x"), "20: '12x' is not an integer");
  EXPECT_EQ(ErrorOf("completion.bytes == 99999999999999999999"),
            "20: '99999999999999999999' is not an integer");
  EXPECT_EQ(ErrorOf("OK(completion.status)"),
            "0: no function has the name 'OK' (the functions are SUCCEEDED and FAILED)");
  EXPECT_EQ(ErrorOf(std::string(30, '(') + "TRUE" + std::string(30, ')')),
            "16: the expression is nested too deeply");
}

// Whether the expression holds at the completion of a read of 512 bytes that brings 300.
bool Holds(const std::string& expression) {
  const auto specification = LoadSmall({{.on = "completion.delivered", .require = expression}});
  EXPECT_TRUE(specification.ok()) << specification.error().Text();
  Oracle oracle(*specification);
  Feed(Events(R"({"event": "request.began", "content_length_bytes": 300}
      {"event": "notification.entered"}
      {"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 512, "async": true}
      {"event": "operation.returned", "pending_flag": true}
      {"event": "completion.delivered", "bytes": 300, "worker": 1})"),
       &oracle);
  return oracle.violations().empty();
}

TEST(Expression, EvaluatesEveryOperator) {
  const std::string true_ones[] = {
      "TRUE",
      "!FALSE",
      "completion.bytes == 300",
      "300 == completion.bytes",
      "completion.bytes != 299",
      "completion.bytes < 301",
      "301 > completion.bytes",
      "completion.bytes <= 300",
      "completion.bytes > 299",
      "completion.bytes >= 300",
      "completion.bytes < operation.buffer_bytes",
      "operation.buffer_bytes > completion.bytes",
      "operation.buffer_bytes >= completion.bytes",
      "completion.bytes <= operation.buffer_bytes",
      "completion.bytes != operation.buffer_bytes",
      "completion.bytes == request.read_bytes",
      "completion.bytes + 212 == operation.buffer_bytes",
      "operation.buffer_bytes - completion.bytes == 212",
      "completion.bytes * 2 - 88 == operation.buffer_bytes",
      "1 + 2 * 3 - 4 == 3",
      "-completion.bytes == 0 - 300",
      "10 - 2 - 3 == 5",
      "completion.bytes in [1, 300]",
      "operation.kind in ['Flush', 'ReadEntityBody']",
      "!(operation.kind in ['Flush', 'PostCompletion'])",
      "completion.bytes + 1 in [7, 301]",
      "SUCCEEDED(completion.status)",
      "!FAILED(completion.status)",
      "FAILED(0x80070026) && SUCCEEDED(S_OK)",
      "completion.status == 0",
      "operation.async && operation.pending_flag && !operation.post",
      "(completion.bytes == 300) == TRUE",
      "(completion.bytes == 1) == (operation.buffer_bytes + 1 == 2)",
      "(completion.bytes + 1 == 301) == (operation.buffer_bytes + 1 == 513)",
      "completion.bytes == 1 || completion.bytes == 300",
      "FALSE && FALSE || TRUE",
      "TRUE || FALSE && FALSE",
      "0xFFFFFFFF == UNKNOWN_LENGTH",
      "completion.notification == RQ_EXECUTE_REQUEST_HANDLER",
      "operation.status == S_OK",
  };
  for (const std::string& expression : true_ones) {
    EXPECT_TRUE(Holds(expression)) << expression;
    EXPECT_FALSE(Holds("!(" + expression + ")")) << expression;
    EXPECT_TRUE(Holds("(" + expression + ") && TRUE")) << expression;
    EXPECT_FALSE(Holds("(" + expression + ") && FALSE")) << expression;
    EXPECT_TRUE(Holds("FALSE || (" + expression + ")")) << expression;
    EXPECT_TRUE(Holds("!((" + expression + ") == FALSE)")) << expression;
  }
}

}  // namespace
}  // namespace pendulum::oracle
