#include "harness/nightly/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace pendulum::nightly {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// A configuration with `more` in its object, read as the file of that name.
platform::Result<Config> Read(const std::string& targets, const std::string& more = "") {
  return ReadConfig(R"({"schema": "pendulum-nightly/1", "folders": {"output": "out"},
 "targets": [)" + targets +
                        "]" + more + "}",
                    "/project/nightly.json");
}

const char* const kEcho = R"({"name": "echo", "sources": ["echo.cpp"]})";

std::string ErrorOf(const std::string& targets, const std::string& more = "") {
  const auto config = Read(targets, more);
  return config.ok() ? "no error" : config.error().Text();
}

TEST(NightlyConfig, ReadsAllOfIt) {
  const auto config = ReadConfig(R"({
    "schema": "pendulum-nightly/1",
    "folders": {"output": "out", "database": "/var/night.db", "corpora": "corpus",
                "regressions": ["corpus/regressions"]},
    "targets": [
      {"name": "echo", "sources": ["a.cpp", "b.cpp"], "flags": ["-DX"], "scenarios": ["get"],
       "share": 2.5, "sanitizers": ["address", "thread"]},
      {"fuzz": "pipeline"}],
    "known": [{"rule": "MODULE-HANG", "target": "echo", "owner": "a.b", "expires": "2026-12-31",
               "reason": "mended in 2.0"}],
    "must_find": ["MODULE-HANG"],
    "canaries": [{"rule": "MODULE-HANG", "sources": ["hang.cpp"], "sanitizer": "none"}]})",
                                 "/project/nightly.json");
  ASSERT_TRUE(config.ok()) << config.error().Text();
  EXPECT_EQ(config->folder, "/project");
  EXPECT_EQ(config->output, "/project/out");
  EXPECT_EQ(config->database, "/var/night.db");
  EXPECT_EQ(config->corpora, "/project/corpus");
  EXPECT_THAT(config->regressions, ElementsAre("/project/corpus/regressions"));
  ASSERT_EQ(config->targets.size(), 2u);
  EXPECT_THAT(config->targets[0].module.files, ElementsAre("a.cpp", "b.cpp"));
  EXPECT_THAT(config->targets[0].module.flags, ElementsAre("-DX"));
  EXPECT_THAT(config->targets[0].sanitizers, ElementsAre("address", "thread"));
  EXPECT_EQ(config->targets[0].share, 2.5);
  EXPECT_TRUE(config->targets[1].is_fuzz_target);
  EXPECT_EQ(config->targets[1].name, "pipeline");
  EXPECT_EQ(config->known[0].expires, "2026-12-31");
  EXPECT_FALSE(config->must_find_all);
  EXPECT_EQ(config->canaries[0].sanitizer, "none");
}

TEST(NightlyConfig, HasDefaults) {
  const auto config = Read(kEcho);
  ASSERT_TRUE(config.ok()) << config.error().Text();
  EXPECT_EQ(config->database, "/project/out/night.sqlite");
  EXPECT_EQ(config->targets[0].share, 1);
  EXPECT_THAT(config->targets[0].sanitizers, ElementsAre("address"));
  EXPECT_TRUE(config->must_find_all);
}

TEST(NightlyConfig, MistakesHaveTheirPlace) {
  EXPECT_THAT(ErrorOf(R"({"name": "echo", "source": ["a.cpp"], "sources": ["a.cpp"]})"),
              HasSubstr("/project/nightly.json:2:41"));
  EXPECT_THAT(ErrorOf(R"({"name": "echo", "source": ["a.cpp"], "sources": ["a.cpp"]})"),
              HasSubstr("did you mean"));
  EXPECT_THAT(ErrorOf(""), HasSubstr("no target is declared"));
  EXPECT_THAT(ErrorOf(std::string(kEcho) + "," + kEcho), HasSubstr("two targets echo"));
  EXPECT_THAT(ErrorOf(R"({"name": "a/b", "sources": ["a.cpp"]})"), HasSubstr("is no name"));
  EXPECT_THAT(ErrorOf(R"({"name": "a", "sources": []})"), HasSubstr("needs a source"));
  EXPECT_THAT(ErrorOf(R"({"name": "a", "sources": ["--out"]})"), HasSubstr("write ./--out"));
  EXPECT_THAT(ErrorOf(R"({"name": "a", "sources": ["a.cpp"], "share": 0})"),
              HasSubstr("a share above 0"));
  EXPECT_THAT(ErrorOf(kEcho, R"(, "must_find": "all")"), HasSubstr("an array"));
}

TEST(NightlyConfig, KnownFindingsNeedAnOwnerAnEndAndAReason) {
  const auto known = [](const std::string& text) {
    return ErrorOf(kEcho, R"(, "known": [{)" + text + "}]");
  };
  const std::string rest = R"("owner": "a.b", "expires": "2026-12-31", "reason": "later")";
  EXPECT_EQ(known(R"("rule": "MODULE-HANG", "target": "echo", )" + rest), "no error");
  EXPECT_EQ(known(R"("fingerprint": "0123456789abcdef", )" + rest), "no error");
  EXPECT_THAT(known(rest), HasSubstr("named either by"));
  EXPECT_THAT(known(R"("rule": "MODULE-HANG", )" + rest), HasSubstr("named either by"));
  EXPECT_THAT(known(R"("fingerprint": "0123", )" + rest), HasSubstr("16 hexadecimal digits"));
  EXPECT_THAT(known(R"("rule": "MODULE-HANG", "target": "eco", )" + rest),
              HasSubstr("no target is called eco"));
  EXPECT_THAT(known(R"("fingerprint": "0123456789abcdef", "owner": "a", "reason": "b",
                       "expires": "31.12.2026")"),
              HasSubstr("write 2026-12-31"));
  EXPECT_THAT(known(R"("fingerprint": "0123456789abcdef", "expires": "2026-12-31", "owner": "a")"),
              HasSubstr("reason"));
}

TEST(NightlyConfig, DaysThatThereAre) {
  EXPECT_TRUE(IsDate("2024-02-29"));
  EXPECT_FALSE(IsDate("2026-02-29"));
  EXPECT_FALSE(IsDate("2026-13-01"));
  EXPECT_FALSE(IsDate("2026-1-01"));
}

TEST(NightlyConfig, AFileThatIsMissing) {
  const auto config = LoadConfig("/no/such/nightly.json");
  ASSERT_FALSE(config.ok());
  EXPECT_THAT(config.error().Text(), HasSubstr("/no/such/nightly.json: cannot be opened"));
}

}  // namespace
}  // namespace pendulum::nightly
