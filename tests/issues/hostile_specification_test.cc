// Small specifications that took the program down: long chains of operators overflowed the stack;
// wide objects, long lists of unknown events and long names took minutes, because every mistake
// was located in the text anew; and clauses that share nothing took minutes to compile. The limit
// of time of this program is part of the tests.
#include <gtest/gtest.h>

#include <string>

#include "harness/oracle/specification.h"
#include "harness/platform/json_reader.h"

namespace pendulum::oracle {
namespace {

std::string Repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string Clause(const std::string& id, const std::string& on, const std::string& when,
                   const std::string& require) {
  return R"({"id": ")" + id + R"(", "title": "t", "subject": "host", "level": "must",)" +
         R"("basis": "documented", "source": {"page": "p"}, "message": "m",)" +
         R"("for_each": "operation", "on": )" + on + R"(, "when": ")" + when +
         R"(", "require": ")" + require + R"("})";
}

platform::Result<Specification> Read(const std::string& clauses) {
  const std::string text =
      R"({"schema": "pendulum-specification/1", "clauses": [)" + clauses + "]}";
  const SpecificationText texts[] = {{"a.json", text}};
  return Specification::FromTexts(texts);
}

std::string ErrorOf(const std::string& clauses) {
  const auto read = Read(clauses);
  return read ? "" : read.error().message;
}

std::string Required(const std::string& require) {
  return Clause("A", R"("call")", "TRUE", require);
}

TEST(HostileSpecification, ALongChainOfOperatorsIsRefused) {
  const std::string message =
      "/clauses/0/require: the expression has more than 1024 names, numbers and symbols";
  EXPECT_EQ(ErrorOf(Required("TRUE" + Repeat(" && TRUE", 100'000))), message);
  EXPECT_EQ(ErrorOf(Required("0 == 1" + Repeat(" + 1", 100'000))), message);
  EXPECT_EQ(ErrorOf(Required("1 in [1" + Repeat(", 1", 100'000) + "]")), message);
}

TEST(HostileSpecification, AChainAsLongAsAllowedIsCompiled) {
  EXPECT_EQ(ErrorOf(Required("TRUE" + Repeat(" && TRUE", 511))), "");
  EXPECT_EQ(ErrorOf(Required("TRUE == (0 == 1" + Repeat(" + 1", 508) + ")")), "");
}

TEST(HostileSpecification, AnObjectMayHaveManyMembers) {
  std::string members;
  for (int i = 0; i < 200'000; ++i) members += ", \"x" + std::to_string(i) + "\": 1";
  const std::string text = "{\"schema\": \"pendulum-specification/1\"" + members + "}";
  const SpecificationText texts[] = {{"a.json", text}};
  const auto read = Specification::FromTexts(texts);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().message,
            "/x0: nothing by this name is known here; known are \"schema\", \"title\", "
            "\"clauses\"");
}

TEST(HostileSpecification, ErrorsBeyondTheFirstHundredAreDropped) {
  std::string members = "\"a\": 1";
  for (int i = 0; i < 150; ++i) members += ", \"x" + std::to_string(i) + "\": 1";
  platform::JsonErrors errors;
  const platform::JsonDocument document("{" + members + "}", "a.json", &errors);
  document.root().AllowOnly({"a"});
  EXPECT_EQ(errors.all().size(), 100u);
  EXPECT_EQ(errors.all().back().message,
            "/x99: nothing by this name is known here; known are \"a\"");
}

TEST(HostileSpecification, AListOfEventsIsNoLongerThanThereAreKinds) {
  const std::string many = R"(["call")" + Repeat(R"(, "x")", 100'000) + "]";
  EXPECT_TRUE(ErrorOf(Clause("A", many, "TRUE", "TRUE")).ends_with(" kinds of events, got 100001"))
      << ErrorOf(Clause("A", many, "TRUE", "TRUE"));
}

TEST(HostileSpecification, ALongNameHasNoSuggestion) {
  const auto read = Read(Required(Repeat("x", 1'000'000)));
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().remedy, "");
}

TEST(HostileSpecification, ATextIsNoLargerThanFourMebibytes) {
  const std::string text = Repeat(" ", (4 << 20) + 1);
  const SpecificationText texts[] = {{"a.json", text}};
  const auto read = Specification::FromTexts(texts);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().Text(),
            "a.json: the file has 4194305 bytes, and 4194304 are the most (split it)");
}

TEST(HostileSpecification, ClausesThatShareNothingAreRefusedInTime) {
  std::string clauses;
  for (int i = 0; i < 2000; ++i) {
    std::string when = "operation.buffer_bytes != " + std::to_string(10 * i);
    for (int j = 1; j < 8; ++j) {
      when += " && operation.buffer_bytes != " + std::to_string(10 * i + j);
    }
    clauses += i == 0 ? "" : ", ";
    clauses +=
        Clause("A-" + std::to_string(i),
               R"(["request.ended", "run.ended", "call", "completion.delivered"])", when, "TRUE");
  }
  EXPECT_EQ(ErrorOf(clauses), "the clauses of one event are too many or too long to be compiled");
}

}  // namespace
}  // namespace pendulum::oracle
