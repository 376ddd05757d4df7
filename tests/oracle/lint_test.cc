#include "harness/oracle/lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/oracle/small_specification.h"

namespace pendulum::oracle {
namespace {

std::vector<std::string> WarningsOf(const std::vector<SmallClause>& clauses) {
  const auto specification = LoadSmall(clauses);
  EXPECT_TRUE(specification.ok()) << specification.error().Text();
  std::vector<std::string> texts;
  if (!specification.ok()) return texts;
  for (const platform::Error& warning : Lint(*specification)) texts.push_back(warning.Text());
  return texts;
}

using Texts = std::vector<std::string>;

TEST(Lint, TellsGuardsThatCanNeverHold) {
  const auto of_guard = [](const std::string& guard) {
    return WarningsOf({{.on = "operation.returned", .when = guard}});
  };
  const auto never = [](const std::string& field) {
    return Texts{"t.json: T-0: the guard can never hold: no value is left for " + field};
  };
  EXPECT_EQ(of_guard("operation.kind == 'Flush' && operation.kind == 'ReadEntityBody'"),
            never("operation.kind"));
  EXPECT_EQ(of_guard("operation.kind in ['Flush', 'ReadEntityBody'] && operation.async && "
                     "!(operation.kind == 'Flush' || operation.kind == 'ReadEntityBody')"),
            never("operation.kind"));
  EXPECT_EQ(of_guard("operation.async && !operation.async"), never("operation.async"));
  EXPECT_EQ(of_guard("operation.count_bytes > 5 && 5 > operation.count_bytes"),
            never("operation.count_bytes"));
  EXPECT_EQ(of_guard("operation.chunks >= 3 && operation.chunks <= 3 && operation.chunks != 3"),
            never("operation.chunks"));
  EXPECT_EQ(of_guard("FAILED(operation.status) && operation.status == S_OK"),
            never("operation.status"));
  EXPECT_EQ(of_guard("operation.async && FALSE"), never("FALSE"));
  EXPECT_EQ(of_guard("operation.kind == 'Flush' || operation.kind == 'ReadEntityBody'"), Texts{});
  EXPECT_EQ(of_guard("operation.chunks >= 3 && operation.chunks <= 3"), Texts{});
  EXPECT_EQ(of_guard("!(operation.async && operation.more_data) && operation.async"), Texts{});
}

TEST(Lint, TellsRequirementsThatCannotBeBrokenOrMet) {
  const auto of = [](const std::string& require, const std::string& level = "must") {
    return WarningsOf({{.on = "operation.returned",
                        .when = "operation.kind == 'Flush' && operation.chunks > 2",
                        .require = require,
                        .level = level}});
  };
  const Texts always = {
      "t.json: T-0: the requirement always holds where the guard does: the clause cannot be "
      "broken"};
  EXPECT_EQ(of("operation.kind != 'ReadEntityBody'"), always);
  EXPECT_EQ(of("operation.async || operation.chunks >= 1"), always);
  EXPECT_EQ(of("TRUE"), always);
  EXPECT_EQ(of("TRUE", "may"), Texts{});
  EXPECT_EQ(of("operation.chunks > 3"), Texts{});
  EXPECT_EQ(of("operation.chunks == 1"),
            Texts{"t.json: T-0: the requirement can never hold where the guard does: no value is "
                  "left for operation.chunks (write FALSE if the event itself is the fault)"});
  EXPECT_EQ(of("FALSE"), Texts{});
}

TEST(Lint, TellsReadingsThatAreNone) {
  EXPECT_EQ(WarningsOf({{.on = "operation.returned",
                         .when = "operation.async",
                         .require = "TRUE",
                         .readings = {{"one", "operation.more_data"},
                                      {"two", "!operation.async"},
                                      {"three", "operation.more_data"}}}}),
            (Texts{"t.json: T-0: the reading \"two\" can never hold where the guard does",
                   "t.json: T-0: the reading \"three\" has the expression of another one"}));
}

TEST(Lint, TellsWhatAMessagePrintsThoughItMayBeUnknown) {
  const SmallClause clause = {.on = "completion.delivered",
                              .require = "completion.bytes > 0",
                              .message = "{completion.bytes} of {operation.buffer_bytes}"};
  EXPECT_EQ(
      WarningsOf({clause}),
      Texts{"t.json: T-0: the message prints operation.buffer_bytes, and nothing asks whether "
            "the operation is known (add operation.known to the guard)"});
  SmallClause asking = clause;
  asking.when = "operation.known";
  EXPECT_EQ(WarningsOf({asking}), Texts{});
}

TEST(Lint, TellsFieldsThatAreZeroAtTheCall) {
  EXPECT_EQ(WarningsOf({{.on = "operation.called",
                         .when = "operation.async",
                         .message = "{operation.count_bytes} bytes of {operation.buffer_bytes}"}}),
            Texts{"t.json: T-0: operation.count_bytes is always zero at operation.called: only "
                  "later events of it set it"});
  EXPECT_EQ(WarningsOf({{.on = "operation.returned",
                         .when = "operation.async",
                         .message = "{operation.count_bytes} bytes"}}),
            Texts{});
}

TEST(Lint, TellsClausesThatSayTheSame) {
  const SmallClause one = {.on = "call", .when = "call.count > 5", .message = "one"};
  const SmallClause same = {.on = "call", .when = "(call.count  >  5)", .message = "two"};
  const SmallClause other = {.on = "call", .when = "call.count > 6"};
  EXPECT_EQ(WarningsOf({one, other, same}),
            Texts{"t.json: T-2: the clause says the same as T-0 (leave one of them out)"});
}

// But for messages: what they print of an object that is not known is the author's to weigh.
TEST(Lint, HasNothingElseToSayOfTheBuiltInClauses) {
  for (const platform::Error& warning : Lint(Specification::BuiltIn())) {
    if (!warning.message.starts_with("the message prints")) ADD_FAILURE() << warning.Text();
  }
}

}  // namespace
}  // namespace pendulum::oracle
