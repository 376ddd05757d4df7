#include "harness/platform/json_reader.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

namespace pendulum::platform {
namespace {

// The text of the first error that `read` meets in `json`.
template <typename Read>
std::string ErrorOf(const std::string& json, Read read) {
  JsonErrors errors;
  const JsonDocument document(json, "a.json", &errors);
  read(document.root());
  return errors.ok() ? "" : errors.first().Text();
}

std::string ParseError(const std::string& json) {
  return ErrorOf(json, [](const JsonValue&) {});
}

TEST(JsonReader, GivesTypedValues) {
  JsonErrors errors;
  const JsonDocument document(
      R"({"s": "a\n\u00e4\ud83d\ude00\"", "i": -12, "n": 2.5e1, "b": true, "z": null, "a": [1, 2]})",
      "a.json", &errors);
  const JsonValue root = document.root();
  EXPECT_EQ(root.Required("s").String(), "a\nä😀\"");
  EXPECT_EQ(root.Required("i").Integer(), -12);
  EXPECT_DOUBLE_EQ(root.Required("n").Number(0, 100), 25);
  EXPECT_DOUBLE_EQ(root.Required("i").Number(-100, 100), -12);
  EXPECT_TRUE(root.Required("b").Boolean());
  EXPECT_TRUE(root.Required("z").Is(JsonKind::kNull));
  ASSERT_EQ(root.Required("a").Elements().size(), 2u);
  EXPECT_EQ(root.Required("a").Elements()[1].Integer(), 2);
  EXPECT_EQ(root.Members()[1].first, "i");
  EXPECT_TRUE(errors.ok());
}

TEST(JsonReader, AbsentValuesGiveDefaultsInSilence) {
  JsonErrors errors;
  const JsonDocument document("{}", "a.json", &errors);
  const JsonValue absent = document.root().Optional("x");
  EXPECT_FALSE(absent.present());
  EXPECT_EQ(absent.Integer(0, 10, 7), 7);
  EXPECT_EQ(absent.String("d"), "d");
  EXPECT_TRUE(absent.Boolean(true));
  EXPECT_EQ(absent.Choice({"a", "b"}, 1), 1);
  EXPECT_FALSE(absent.Optional("y").present());
  EXPECT_TRUE(absent.Elements().empty());
  EXPECT_TRUE(errors.ok());
}

TEST(JsonReader, SaysWhatWasExpectedAndWhereAndWhatWasFound) {
  EXPECT_EQ(ErrorOf("{\n  \"n\": \"x\"}", [](JsonValue v) { v.Required("n").Integer(0, 9); }),
            "a.json:2:8: /n: expected an integer from 0 to 9, got \"x\"");
  EXPECT_EQ(ErrorOf("{\"n\": 10}", [](JsonValue v) { v.Required("n").Integer(0, 9); }),
            "a.json:1:7: /n: expected an integer from 0 to 9, got 10");
  EXPECT_EQ(ErrorOf("{\"n\": 1.5}", [](JsonValue v) { v.Required("n").Integer(0); }),
            "a.json:1:7: /n: expected an integer of at least 0, got 1.5");
  EXPECT_EQ(
      ErrorOf("[{\"b/c\": 1}]", [](JsonValue v) { v.Elements()[0].Required("b/c").Boolean(); }),
      "a.json:1:10: /0/b~1c: expected true or false, got 1");
  EXPECT_EQ(ErrorOf("[]", [](JsonValue v) { v.Required("n"); }),
            "a.json:1:1: expected an object, got an array");
  EXPECT_EQ(ErrorOf("{\"a\": {}}", [](JsonValue v) { v.Required("a").Required("n"); }),
            "a.json:1:7: /a: \"n\" is missing here");
}

TEST(JsonReader, SuggestsForMisspeltNamesAndChoices) {
  EXPECT_EQ(ErrorOf("{\"requsts\": 1}",
                    [](JsonValue v) {
                      v.AllowOnly({"name", "requests"});
                    }),
            "a.json:1:13: /requsts: nothing by this name is known here; known are \"name\", "
            "\"requests\" (did you mean 'requests'?)");
  EXPECT_EQ(ErrorOf("{\"l\": \"mist\"}",
                    [](JsonValue v) {
                      v.Required("l").Choice({"must", "should"});
                    }),
            "a.json:1:7: /l: expected one of \"must\", \"should\", got \"mist\" (did you mean "
            "'must'?)");
}

TEST(JsonReader, PointsIntoStrings) {
  EXPECT_EQ(ErrorOf("{\"w\": \"a\\\"ä == b\"}",
                    [](JsonValue v) { v.Required("w").ReportWithin(8, "unknown name"); }),
            "a.json:1:16: /w: unknown name");
}

TEST(JsonReader, RefusesWhatIsNotJson) {
  EXPECT_EQ(ParseError(""), "a.json:1:1: expected a value, got the end of the file");
  EXPECT_EQ(ParseError("{\"a\": 1,}"), "a.json:1:9: expected a name in quotation marks, got '}'");
  EXPECT_EQ(ParseError("{\"a\" 1}"), "a.json:1:6: expected ':', got '1'");
  EXPECT_EQ(ParseError("[1 2]"), "a.json:1:4: expected ',' or ']', got '2'");
  EXPECT_EQ(ParseError("[1]\n x"), "a.json:2:2: expected the end of the document, got 'x'");
  EXPECT_EQ(ParseError("[\"a]"), "a.json:1:2: the string is never closed");
  EXPECT_EQ(ParseError("[01]"), "a.json:1:2: a number may not begin with 0");
  EXPECT_EQ(ParseError("[nul]"), "a.json:1:2: expected a value, got 'n'");
  EXPECT_EQ(ParseError("[\"\\x\"]"),
            "a.json:1:4: expected one of \" \\ / b f n r t u after \\, got 'x'");
  EXPECT_EQ(ParseError("[\"\\ud800\"]"), "a.json:1:3: half of a surrogate pair");
  EXPECT_EQ(ParseError("{\"a\": 1, \"a\": 2}"), "a.json:1:10: the name \"a\" stands here twice");
  EXPECT_EQ(ParseError(std::string(100, '[')),
            "a.json:1:66: more than 64 levels of arrays and objects");
  EXPECT_EQ(ParseError("[1e999]"), "a.json:1:2: the number is too large");
}

TEST(JsonReader, CountsLinesFromTheGivenOne) {
  JsonErrors errors;
  const JsonDocument document("{\"a\": 1}", "trace.jsonl", 12, &errors);
  document.root().Required("a").String();
  EXPECT_EQ(errors.first().place, "trace.jsonl:12:7");
  EXPECT_EQ(document.root().line(), 12);
}

TEST(JsonReader, LoadsFilesAndSaysWhyNot) {
  JsonErrors errors;
  const JsonDocument missing = JsonDocument::Load("/nonexistent/x.json", &errors);
  EXPECT_FALSE(missing.root().present());
  ASSERT_FALSE(errors.ok());
  EXPECT_EQ(errors.first().Text(),
            "/nonexistent/x.json: cannot be read: No such file or directory");

  const std::string path = testing::TempDir() + "json_reader_test.json";
  std::ofstream(path) << "[5]";
  JsonErrors none;
  const JsonDocument document = JsonDocument::Load(path, &none);
  EXPECT_EQ(document.root().Elements()[0].Integer(), 5);
  EXPECT_TRUE(none.ok());
  std::remove(path.c_str());
}

}  // namespace
}  // namespace pendulum::platform
