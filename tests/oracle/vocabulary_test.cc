#include "harness/oracle/vocabulary.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace pendulum::oracle {
namespace {

std::string Readme() {
  std::ifstream file(PENDULUM_SOURCE_DIR "/spec/README.md");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Leaves what the README should say beside the build, for whoever changed the table.
std::string Keep(const std::string& name, const std::string& text) {
  const std::string path = std::string(PENDULUM_BINARY_DIR) + "/" + name;
  std::ofstream(path) << text;
  return path;
}

TEST(Vocabulary, ReadmeListsObjectsAndFieldsAsTheTableDoes) {
  const std::string path = Keep("vocabulary.md", VocabularyMarkdown());
  EXPECT_NE(Readme().find(VocabularyMarkdown()), std::string::npos)
      << "spec/README.md must contain the text of " << path;
}

TEST(Vocabulary, ReadmeListsNamedValuesAsTheTableDoes) {
  const std::string path = Keep("named_values.md", NamedValuesMarkdown());
  EXPECT_NE(Readme().find(NamedValuesMarkdown()), std::string::npos)
      << "spec/README.md must contain the text of " << path;
}

TEST(Vocabulary, FieldsHaveUniqueNamesAndSlotsWithinTheirObject) {
  std::set<std::pair<Object, std::string_view>> names;
  std::set<std::pair<Object, int>> slots;
  for (const FieldInfo& field : Fields()) {
    EXPECT_TRUE(names.insert({field.object, field.name}).second) << field.name;
    EXPECT_TRUE(slots.insert({field.object, field.slot}).second) << field.name;
  }
}

TEST(Vocabulary, FieldsExistOnlyWhereTheirObjectDoes) {
  for (const FieldInfo& field : Fields()) {
    const EventSet object_events = Objects()[static_cast<int>(field.object)].events;
    EXPECT_NE(field.events, 0u) << field.name;
    EXPECT_EQ(field.events & ~object_events, 0u) << field.name;
  }
}

TEST(Vocabulary, FindsByName) {
  ASSERT_NE(FindObject("operation"), nullptr);
  EXPECT_EQ(FindObject("operation")->object, Object::operation);
  EXPECT_EQ(FindObject("operations"), nullptr);
  ASSERT_NE(FindField(Object::completion, "bytes"), nullptr);
  EXPECT_EQ(FindField(Object::completion, "bytes")->type, trace::ValueType::kInteger);
  EXPECT_EQ(FindField(Object::completion, "buffer_bytes"), nullptr);
}

TEST(Vocabulary, QuantitiesCarryTheirUnit) {
  for (const FieldInfo& field : Fields()) {
    const bool says_bytes = field.meaning.find("how many bytes") != std::string_view::npos;
    if (says_bytes) EXPECT_TRUE(field.name.ends_with("_bytes")) << field.name;
  }
}

}  // namespace
}  // namespace pendulum::oracle
