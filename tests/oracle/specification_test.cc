#include "harness/oracle/specification.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/oracle/small_specification.h"

namespace pendulum::oracle {
namespace {

std::string ErrorOfText(std::string_view text) {
  const SpecificationText texts[] = {{"t.json", text}};
  const auto specification = Specification::FromTexts(texts);
  return specification.ok() ? "" : specification.error().Text();
}

std::string ErrorOf(const SmallClause& clause) { return ErrorOfText(SmallText({clause})); }

TEST(Specification, KeepsWhatAClauseSays) {
  const SpecificationText texts[] = {
      {"t.json", R"({"schema": "pendulum-specification/1", "clauses": [
    {"id": "MODULE-X/a-1", "title": "A thing", "subject": "module", "level": "should",
     "basis": "observed", "rationale": "why", "fix": "do", "on": ["call", "request.ended"],
     "source": [{"page": "a.md", "section": "Remarks", "statements": ["A-1", "A-2"]},
                {"page": "b.md"}],
     "require": "request.ended", "message": "m"}]})"}};
  const auto specification = Specification::FromTexts(texts);
  ASSERT_TRUE(specification.ok()) << specification.error().Text();
  ASSERT_EQ(specification->clauses().size(), 1u);
  const Clause& clause = specification->clauses()[0];
  EXPECT_EQ(clause.id, "MODULE-X/a-1");
  EXPECT_EQ(clause.subject, Subject::kModule);
  EXPECT_EQ(clause.level, Level::kShould);
  EXPECT_EQ(clause.basis, Basis::kObserved);
  ASSERT_EQ(clause.sources.size(), 2u);
  EXPECT_EQ(clause.sources[0].statements, (std::vector<std::string>{"A-1", "A-2"}));
  EXPECT_EQ(clause.sources[1].page, "b.md");
  EXPECT_EQ(clause.on, "call, request.ended");
  EXPECT_EQ(clause.when, "TRUE");
  EXPECT_EQ(specification->Find("MODULE-X/a-1"), 0);
  EXPECT_EQ(specification->Find("MODULE-X"), -1);
}

TEST(Specification, PointsIntoExpressions) {
  EXPECT_EQ(ErrorOf({.on = "completion.delivered", .when = "operation.kind == 'Flsh'"}),
            "t.json:3:28: /clauses/0/when: 'Flsh' is not an operation kind (did you mean "
            "'Flush'?)");
  EXPECT_EQ(ErrorOf({.on = "call", .require = "request.endet"}),
            "t.json:4:21: /clauses/0/require: 'request' has no field 'endet' (did you mean "
            "'ended'?)");
  EXPECT_EQ(ErrorOf({.on = "call", .message = "{request.readbytes} bytes"}),
            "t.json:5:22: /clauses/0/message: 'request' has no field 'readbytes' (did you mean "
            "'read_bytes'?)");
  EXPECT_EQ(ErrorOf({.on = "call", .message = "{call.value"}),
            "t.json:5:13: /clauses/0/message: the '{' is never closed");
  EXPECT_EQ(ErrorOf({.on = "call",
                     .message = "{call.value}{call.value}{call.value}{call.value}{call.value}"
                                "{call.value}{call.value}"}),
            "t.json:5:85: /clauses/0/message: a message has at most 6 fields");
}

TEST(Specification, ChecksTheShapeOfAClause) {
  EXPECT_EQ(ErrorOf({.on = "completion.deliverd"}),
            "t.json:2:122: /clauses/0/on: no event has the name 'completion.deliverd' (did you "
            "mean 'completion.delivered'?)");
  EXPECT_EQ(ErrorOf({.on = "call", .for_each = "operations"}),
            "t.json:2:142: /clauses/0/for_each: expected one of \"operation\", \"request\", "
            "\"delivery\", got \"operations\" (did you mean 'operation'?)");
  EXPECT_EQ(ErrorOf({.on = "call", .level = "most"}),
            "t.json:2:108: /clauses/0/level: expected one of \"must\", \"should\", \"may\", got "
            "\"most\" (did you mean 'must'?)");
  EXPECT_EQ(ErrorOfText(R"({"schema": "pendulum-specification/1", "clauses": [{"id": "A"}]})"),
            "t.json:1:52: /clauses/0: \"title\" is missing here");
  EXPECT_EQ(ErrorOfText(R"({"schema": "pendulum-specification/1", "clauses": [{"ID": "A"}]})"),
            "t.json:1:59: /clauses/0/ID: nothing by this name is known here; known are \"id\", "
            "\"title\", \"subject\", \"level\", \"basis\", \"source\", \"rationale\", \"fix\", "
            "\"on\", \"for_each\", \"when\", \"require\", \"readings\", \"message\" (did you mean "
            "'id'?)");
}

TEST(Specification, ModuleClausesSayHowToMendAndOthersWhy) {
  std::string text = SmallText({{.on = "call"}});
  const auto replace = [&](std::string from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace("\"subject\": \"host\"", "\"subject\": \"module\"");
  EXPECT_EQ(ErrorOfText(text), "t.json:2:1: /clauses/0: \"fix\" is missing here");
  replace("\"subject\": \"module\"", "\"subject\": \"host\"");
  replace("\"basis\": \"documented\"", "\"basis\": \"derived\"");
  EXPECT_EQ(ErrorOfText(text), "t.json:2:1: /clauses/0: \"rationale\" is missing here");
}

TEST(Specification, IdsAreUniqueAndWellFormed) {
  const std::string text = SmallText({{.on = "call"}});
  const SpecificationText twice[] = {{"a.json", text}, {"b.json", text}};
  const auto specification = Specification::FromTexts(twice);
  ASSERT_FALSE(specification.ok());
  EXPECT_EQ(specification.error().Text(),
            "b.json:2:8: /clauses/0/id: another clause, of a.json, has the id T-0");
  for (std::string id : {"t-0", "T_0", "T/", "/t", "T/A"}) {
    std::string bad = text;
    bad.replace(bad.find("T-0"), 3, id);
    EXPECT_NE(ErrorOfText(bad).find("/clauses/0/id: an id has"), std::string::npos) << id;
  }
}

TEST(Specification, RefusesWhatIsTooMuchForAProgram) {
  std::string list;
  for (int i = 0; i < 400; ++i) list += (i == 0 ? "" : ", ") + std::to_string(i + 64);
  // One jump over all of them, for the guard that they share, would be too far.
  const std::vector<SmallClause> long_lists(
      200, SmallClause{.on = "run.began",
                       .when = "run.requests == 1",
                       .require = "run.requests in [" + list + "]"});
  EXPECT_EQ(ErrorOfText(SmallText(long_lists)),
            "the clauses of one event are too many or too long to be compiled (shorten lists, or "
            "judge by fewer clauses at a time)");
  const std::vector<SmallClause> many(4097, SmallClause{.on = "run.began"});
  EXPECT_NE(ErrorOfText(SmallText(many))
                .find("/clauses/4096: a specification has at most 4096 clauses in all"),
            std::string::npos);
  EXPECT_EQ(ErrorOfText(SmallText({many.begin(), many.end() - 1})), "");
}

TEST(Specification, HashFollowsTheText) {
  const auto one = LoadSmall({{.on = "call"}});
  const auto same = LoadSmall({{.on = "call"}});
  const auto other = LoadSmall({{.on = "call", .message = "broken!"}});
  EXPECT_EQ(one->hash(), same->hash());
  EXPECT_NE(one->hash(), other->hash());
}

TEST(Specification, LoadsFoldersInTheOrderOfNames) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "spec_order";
  std::filesystem::create_directories(folder);
  std::string second = SmallText({{.on = "call"}});
  second.replace(second.find("T-0"), 3, "B-0");
  std::ofstream(folder / "b.json") << second;
  std::ofstream(folder / "a.json") << SmallText({{.on = "call"}});
  std::ofstream(folder / "statements.json") << "[]";
  std::ofstream(folder / "not-checked.json") << "{}";
  const auto specification = Specification::Load(folder.string());
  ASSERT_TRUE(specification.ok()) << specification.error().Text();
  ASSERT_EQ(specification->clauses().size(), 2u);
  EXPECT_EQ(specification->clauses()[0].id, "T-0");
  EXPECT_EQ(specification->clauses()[1].id, "B-0");
  std::filesystem::remove_all(folder);
  EXPECT_FALSE(Specification::Load(folder.string()).ok());
}

class OwnClauses : public testing::Test {
 protected:
  OwnClauses() { std::filesystem::create_directories(folder_); }
  ~OwnClauses() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  // Writes a file of the clause `id`, and returns its path.
  std::string File(const std::string& name, const std::string& id) {
    std::string text = SmallText({{.on = "call"}});
    text.replace(text.find("T-0"), 3, id);
    const std::string path = (folder_ / name).string();
    std::ofstream(path) << text;
    return path;
  }
  std::filesystem::path folder_ = std::filesystem::path(testing::TempDir()) / "own_clauses";
};

TEST_F(OwnClauses, ComeAfterTheBuiltInOnes) {
  File("b.json", "OWN-2");
  File("a.json", "OWN-1");
  const size_t built_in = Specification::BuiltIn().clauses().size();
  const std::string more[] = {folder_.string()};
  const auto both = Specification::BuiltInWith(more);
  ASSERT_TRUE(both.ok()) << both.error().Text();
  ASSERT_EQ(both->clauses().size(), built_in + 2);
  EXPECT_EQ(both->clauses()[built_in].id, "OWN-1");
  EXPECT_EQ(both->clauses()[built_in].group, "a");
  EXPECT_EQ(both->clauses()[built_in].file, (folder_ / "a.json").string());
  EXPECT_EQ(both->clauses()[0].id, Specification::BuiltIn().clauses()[0].id);
  EXPECT_NE(both->hash(), Specification::BuiltIn().hash());
  const auto none = Specification::BuiltInWith({});
  ASSERT_TRUE(none.ok());
  EXPECT_EQ(none->hash(), Specification::BuiltIn().hash());
}

TEST_F(OwnClauses, MayNotTakeAnotherClausesId) {
  const Clause& taken = Specification::BuiltIn().clauses()[0];
  const std::string built_in[] = {File("a.json", taken.id)};
  EXPECT_EQ(Specification::BuiltInWith(built_in).error().Text(),
            built_in[0] + ":2:8: /clauses/0/id: another clause, of " + taken.file +
                ", has the id " + taken.id);
  const std::string own[] = {File("a.json", "OWN-1"), File("b.json", "OWN-1")};
  EXPECT_EQ(Specification::BuiltInWith(own).error().Text(),
            own[1] + ":2:8: /clauses/0/id: another clause, of " + own[0] + ", has the id OWN-1");
}

TEST_F(OwnClauses, MustBeThere) {
  const std::string missing[] = {(folder_ / "no-such.json").string()};
  const auto none = Specification::BuiltInWith(missing);
  ASSERT_FALSE(none.ok());
  EXPECT_NE(none.error().Text().find("no-such.json"), std::string::npos) << none.error().Text();
  const std::string empty[] = {folder_.string()};
  EXPECT_EQ(Specification::BuiltInWith(empty).error().Text(),
            folder_.string() + ": there is no *.json file in this folder");
}

TEST(Specification, BuiltInIsTheSpecificationOfTheSourceTree) {
  const auto loaded = Specification::Load(PENDULUM_SOURCE_DIR "/spec");
  ASSERT_TRUE(loaded.ok()) << loaded.error().Text();
  EXPECT_EQ(Specification::BuiltIn().hash(), loaded->hash());
  EXPECT_EQ(Specification::BuiltIn().clauses().size(), loaded->clauses().size());
  EXPECT_GT(loaded->clauses().size(), 0u);
}

}  // namespace
}  // namespace pendulum::oracle
