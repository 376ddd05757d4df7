// Readings: what the documentation leaves open is counted, not judged.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/oracle/witness.h"
#include "tests/oracle/small_specification.h"

namespace pendulum::oracle {
namespace {

// Three reads: 512 bytes inline, none inline, and one that ends later with 256.
constexpr const char* kThreeReads = R"(
    {"event": "request.began", "content_length_bytes": 768}
    {"event": "notification.entered"}
    {"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 512, "async": true}
    {"event": "operation.returned", "count_bytes": 512}
    {"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 512, "async": true}
    {"event": "operation.returned", "count_bytes": 0}
    {"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 512, "async": true}
    {"event": "operation.returned", "pending_flag": true}
    {"event": "notification.returned", "status": "RQ_NOTIFICATION_PENDING"}
    {"event": "completion.delivered", "bytes": 256}
    {"event": "completion.returned"}
    {"event": "request.ended"})";

SmallClause ReadsEnd(std::string require = "TRUE") {
  return {.on = "operation.returned",
          .require = std::move(require),
          .readings = {
              {"bytes come inline", "operation.count_bytes > 0 && !operation.pending_flag"},
              {"the end comes inline", "operation.count_bytes == 0 && !operation.pending_flag"},
              {"a read ends inline", "!operation.pending_flag"}}};
}

using Counts = std::vector<uint64_t>;
Counts CountsOf(std::span<const uint64_t> counts) { return {counts.begin(), counts.end()}; }

std::string ErrorOf(const SmallClause& clause) {
  const auto specification = LoadSmall({clause});
  return specification.ok() ? "" : specification.error().Text();
}

TEST(Readings, AreCountedEachTimeTheirClauseIsReached) {
  const auto specification = LoadSmall({{.on = "operation.called", .require = "TRUE"}, ReadsEnd()});
  ASSERT_TRUE(specification.ok()) << specification.error().Text();
  Oracle oracle(*specification);
  Feed(Events(kThreeReads), &oracle);
  EXPECT_EQ(CountsOf(oracle.reading_counts()), (Counts{1, 1, 2}));
  EXPECT_TRUE(oracle.readings_seen() == 7);
  EXPECT_EQ(CountsOf(oracle.unread_counts()), (Counts{0, 1})) << "none tells of the pending read";
  EXPECT_TRUE(oracle.violations().empty());
  oracle.BeginRun();
  EXPECT_TRUE(oracle.readings_seen() == 0) << "they are those of the run";
  EXPECT_EQ(CountsOf(oracle.reading_counts()), (Counts{1, 1, 2})) << "counts add up over runs";
  oracle.ClearCoverage();
  EXPECT_EQ(CountsOf(oracle.reading_counts()), (Counts{0, 0, 0}));
  EXPECT_EQ(CountsOf(oracle.unread_counts()), (Counts{0, 0}));
}

TEST(Readings, ABrokenClauseNeedsNone) {
  const auto specification = LoadSmall({ReadsEnd("!operation.pending_flag")});
  Oracle oracle(*specification);
  Feed(Events(kThreeReads), &oracle);
  EXPECT_EQ(oracle.violations().size(), 1u);
  EXPECT_EQ(CountsOf(oracle.reading_counts()), (Counts{1, 1, 2}));
  EXPECT_EQ(CountsOf(oracle.unread_counts()), Counts{0});
}

TEST(Readings, ObjectsThatOnlyReadingsUseMustBeKnownToo) {
  const auto specification =
      LoadSmall({{.on = "completion.delivered",
                  .require = "TRUE",
                  .readings = {{"it is a read", "operation.kind == 'ReadEntityBody'"},
                               {"it is another", "operation.kind != 'ReadEntityBody'"}}}});
  Oracle oracle(*specification);
  Feed(Events(R"({"event": "request.began"}
                 {"event": "completion.delivered", "operation": null})"),
       &oracle);
  EXPECT_EQ(CountsOf(oracle.reading_counts()), (Counts{0, 0}));
  EXPECT_EQ(CountsOf(oracle.coverage()), (Counts{0, 0, 0, 0}));
}

TEST(Readings, AreKeptWithTheirPlaces) {
  const auto specification =
      LoadSmall({ReadsEnd(), {.on = "operation.called", .require = "TRUE"}, ReadsEnd()});
  ASSERT_EQ(specification->readings().size(), 6u);
  EXPECT_EQ(specification->readings()[2].clause, 0);
  EXPECT_EQ(specification->readings()[2].index, 2);
  EXPECT_EQ(specification->readings()[4].clause, 2);
  EXPECT_EQ(specification->readings()[4].index, 1);
  const Clause& clause = specification->clauses()[2];
  EXPECT_EQ(clause.readings[1].text, "the end comes inline");
  EXPECT_EQ(clause.readings[2].when, "!operation.pending_flag");
  EXPECT_EQ(clause.group, "t") << "the stem of t.json";
}

TEST(Readings, BelongToTheHash) {
  SmallClause other = ReadsEnd();
  other.readings[1].text = "the end comes later";
  EXPECT_NE(LoadSmall({ReadsEnd()})->hash(), LoadSmall({other})->hash());
}

TEST(Readings, MistakesAreReportedWithPlaceAndRemedy) {
  SmallClause clause = ReadsEnd();
  clause.readings.resize(1);
  EXPECT_EQ(ErrorOf(clause),
            "t.json:2:156: /clauses/0/readings: 2 to 8 readings are expected, got 1");
  clause = ReadsEnd();
  clause.readings.resize(9, clause.readings[0]);
  EXPECT_NE(ErrorOf(clause).find("/clauses/0/readings: 2 to 8 readings are expected, got 9"),
            std::string::npos);
  clause = ReadsEnd();
  clause.readings[1].when = "operation.pending_flg";
  EXPECT_NE(
      ErrorOf(clause).find("/clauses/0/readings/1/when: 'operation' has no field 'pending_flg' "
                           "(did you mean 'pending_flag'?)"),
      std::string::npos)
      << ErrorOf(clause);
  clause = ReadsEnd();
  clause.readings[0].text = "it ends inline.";
  EXPECT_NE(ErrorOf(clause).find("/clauses/0/readings/0/text: a reading completes"),
            std::string::npos)
      << ErrorOf(clause);
  clause = ReadsEnd();
  clause.level = "may";
  EXPECT_NE(ErrorOf(clause).find("is an option: it has no readings (write one such clause"),
            std::string::npos)
      << ErrorOf(clause);
}

TEST(Readings, AreAHundredAndTwentyEightAtMost) {
  SmallClause eight = ReadsEnd();
  eight.readings.resize(8, eight.readings[0]);
  std::vector<SmallClause> clauses(16, eight);
  ASSERT_TRUE(LoadSmall(clauses).ok());
  clauses.push_back(ReadsEnd());
  const auto specification = LoadSmall(clauses);
  ASSERT_FALSE(specification.ok());
  EXPECT_NE(specification.error().Text().find(
                "/clauses/16/readings/0: a specification has at most 128 readings in all"),
            std::string::npos)
      << specification.error().Text();
}

trace::TraceFile TraceOf(const std::string& lines) {
  auto file = trace::ReadTrace("{\"schema\": \"pendulum-trace/1\"}\n" + lines, "t");
  EXPECT_TRUE(file.ok()) << file.error().Text();
  return *file;
}

TEST(Readings, AWitnessShowsOneReadingAlone) {
  SmallClause clause = ReadsEnd("operation.count_bytes < 600");
  clause.readings.pop_back();
  const auto specification = LoadSmall({clause});
  const std::string call = R"({"event": "request.began"}
      {"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 512, "async": true}
)";
  const auto some = TraceOf(call + R"({"event": "operation.returned", "count_bytes": 512})");
  const auto none = TraceOf(call + R"({"event": "operation.returned", "count_bytes": 0})");
  const auto many = TraceOf(call + R"({"event": "operation.returned", "count_bytes": 600})");
  const auto pending = TraceOf(call + R"({"event": "operation.returned", "pending_flag": true})");
  EXPECT_TRUE(CheckReadingWitness(*specification, 0, 0, some).ok());
  EXPECT_TRUE(CheckReadingWitness(*specification, 0, 1, none).ok());
  EXPECT_EQ(CheckReadingWitness(*specification, 0, 1, some).error().Text(),
            "T-0: the trace shows the reading \"bytes come inline\" too");
  EXPECT_EQ(CheckReadingWitness(*specification, 0, 0, TraceOf(call)).error().Text(),
            "T-0: the trace does not show the reading \"bytes come inline\"");
  EXPECT_EQ(CheckReadingWitness(*specification, 0, 0, many).error().Text(),
            "T-0: the trace that meets the clause breaks a clause: it breaks\n"
            "  T-0 at line 4: broken");
  EXPECT_EQ(CheckWitnessPair(*specification, 0, pending, many).error().Text(),
            "T-0: the trace meets the clause where none of its readings holds (the requirement "
            "should imply one of them)");
  EXPECT_TRUE(CheckWitnessPair(*specification, 0, some, many).ok());
  EXPECT_EQ(ReadingFileName(specification->clauses()[0], 1), "T-0.reading-2.jsonl");
}

TEST(Witness, AnOptionIsMetByUsingItAndBrokenByNotUsingIt) {
  const auto specification = LoadSmall(
      {{.on = "operation.returned", .require = "operation.count_bytes == 0", .level = "may"}});
  const std::string call = R"({"event": "request.began"}
      {"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 512, "async": true}
)";
  const auto none = TraceOf(call + R"({"event": "operation.returned", "count_bytes": 0})");
  const auto some = TraceOf(call + R"({"event": "operation.returned", "count_bytes": 512})");
  EXPECT_TRUE(CheckWitnessPair(*specification, 0, none, some).ok());
  EXPECT_EQ(CheckWitnessPair(*specification, 0, some, some).error().Text(),
            "T-0: the trace that meets the clause does not reach it");
  EXPECT_EQ(CheckWitnessPair(*specification, 0, none, none).error().Text(),
            "T-0: the trace that breaks the clause exercises the option");
}

}  // namespace
}  // namespace pendulum::oracle
