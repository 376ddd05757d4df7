// spec/schema/specification.schema.json says the same as the reader of clauses.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "harness/platform/json_reader.h"
#include "harness/trace/names.h"

namespace pendulum::oracle {
namespace {

using platform::JsonValue;

std::set<std::string> Strings(const JsonValue& array) {
  std::set<std::string> strings;
  for (const JsonValue& element : array.Elements()) strings.insert(element.String());
  return strings;
}

class SchemaTest : public testing::Test {
 protected:
  JsonValue Clause() const { return document_.root().Required("$defs").Required("clause"); }

  platform::JsonErrors errors_;
  platform::JsonDocument document_ = platform::JsonDocument::Load(
      PENDULUM_SOURCE_DIR "/spec/schema/specification.schema.json", &errors_);
};

TEST_F(SchemaTest, KnowsTheEvents) {
  std::set<std::string> events;
  for (int i = 0; i < trace::kEventKindCount; ++i) {
    events.emplace(trace::EventName(static_cast<trace::EventKind>(i)));
  }
  EXPECT_EQ(Strings(document_.root().Required("$defs").Required("event").Required("enum")), events);
  EXPECT_TRUE(errors_.ok()) << errors_.first().Text();
}

TEST_F(SchemaTest, KnowsTheKeysOfAClause) {
  std::set<std::string> keys;
  for (const auto& [name, value] : Clause().Required("properties").Members()) keys.insert(name);
  EXPECT_EQ(keys, (std::set<std::string>{"id", "title", "subject", "level", "basis", "source",
                                         "rationale", "fix", "on", "for_each", "when", "require",
                                         "readings", "message"}));
  EXPECT_EQ(Strings(Clause().Required("required")),
            (std::set<std::string>{"id", "title", "subject", "level", "basis", "source", "on",
                                   "require", "message"}));
  EXPECT_TRUE(errors_.ok()) << errors_.first().Text();
}

}  // namespace
}  // namespace pendulum::oracle
