// A recorded trace is judged as the oracle judges it; and what is taken away from it makes clauses
// inconclusive, and nothing else.
#include "harness/oracle/trace_judge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "harness/trace/fields.h"
#include "tests/spec/judge.h"

namespace pendulum::oracle {
namespace {

using trace::EventKind;
using trace::FieldSet;

std::vector<std::string> AllTraces() {
  std::vector<std::string> paths;
  for (std::string_view folder : {kWitnessFolder, kIdiomFolder}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) paths.push_back(entry.path().string());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

TraceJudgement JudgementOf(const trace::TraceFile& file, const std::string& name) {
  static TraceJudge& judge = *new TraceJudge(TheSpecification());
  auto judgement = judge.Judge(file, name);
  EXPECT_TRUE(judgement.ok()) << judgement.error().Text();
  return judgement.ok() ? std::move(judgement).value() : TraceJudgement();
}

TEST(TraceJudge, JudgesAsTheOracleDoesWhereEverythingIsKnown) {
  for (const std::string& path : AllTraces()) {
    const trace::TraceFile file = ReadTraceFile(path);
    const TraceJudgement judgement = JudgementOf(file, path);
    Oracle oracle(TheSpecification());
    for (size_t i = 0; i < file.events.size(); ++i) {
      oracle.OnEvent(file.events[i], static_cast<uint32_t>(i));
    }
    for (size_t i = 0; i < judgement.clauses.size(); ++i) {
      const std::string& id = TheSpecification().clauses()[i].id;
      for (size_t timing = 0; timing < Oracle::kTimingClasses; ++timing) {
        EXPECT_EQ(judgement.clauses[i].reached[timing],
                  oracle.coverage()[i * Oracle::kTimingClasses + timing])
            << path << " " << id << " " << timing;
      }
      EXPECT_EQ(judgement.clauses[i].missing, "") << path << " " << id;
    }
    ASSERT_EQ(judgement.findings.size(), oracle.violations().size()) << path;
    for (size_t i = 0; i < judgement.findings.size(); ++i) {
      const TraceFinding& finding = judgement.findings[i];
      const Violation& violation = oracle.violations()[i];
      EXPECT_EQ(finding.message, oracle.Message(violation)) << path;
      EXPECT_EQ(finding.clause, violation.clause) << path;
      EXPECT_EQ(finding.event, violation.event) << path;
      EXPECT_EQ(finding.started_event, violation.started_event) << path;
      EXPECT_EQ(finding.operation, violation.operation) << path;
      EXPECT_EQ(finding.request, violation.request) << path;
      EXPECT_EQ(finding.module, violation.module) << path;
    }
  }
}

// The trace as a recorder writes it that sees everything.
trace::TraceFile Recorded(const std::string& path) {
  trace::TraceFile file = ReadTraceFile(path);
  file.mode = trace::AbsentMode::kUnknown;
  file.lists_events = true;
  if (!file.events.empty() && file.events.front().kind == EventKind::kRunBegan) return file;
  const trace::Event began = {
      EventKind::kRunBegan, trace::kNone8, trace::kNone8, trace::kNone8, trace::kNone16, 0, 0, 0};
  file.events.insert(file.events.begin(), began);
  file.absent.insert(file.absent.begin(), FieldSet{0});
  file.lines.insert(file.lines.begin(), 1);
  return file;
}

// Whether less was seen, and nothing else.
bool IsWeaker(Verdict verdict, Verdict full) {
  return verdict == full || verdict == Verdict::kInconclusive;
}

void ExpectWeaker(const trace::TraceFile& file, const TraceJudgement& full,
                  const std::string& what) {
  const TraceJudgement judgement = JudgementOf(file, what);
  for (size_t i = 0; i < judgement.clauses.size(); ++i) {
    const ClauseVerdict& clause = judgement.clauses[i];
    EXPECT_TRUE(IsWeaker(clause.verdict, full.clauses[i].verdict))
        << what << ": " << TheSpecification().clauses()[i].id << " becomes "
        << VerdictName(clause.verdict) << " instead of " << VerdictName(full.clauses[i].verdict);
    EXPECT_EQ(clause.verdict == Verdict::kInconclusive && clause.missing.empty(), false) << what;
  }
}

class TakenAway : public testing::TestWithParam<int> {
 protected:
  // The traces, dealt out so that the tests can run side by side.
  template <typename Test>
  void ForEachTrace(Test test) {
    const std::vector<std::string> paths = AllTraces();
    for (size_t i = 0; i < paths.size(); ++i) {
      if (static_cast<int>(i) % kParts != GetParam()) continue;
      const trace::TraceFile file = Recorded(paths[i]);
      test(file, JudgementOf(file, paths[i]), std::filesystem::path(paths[i]).filename().string());
    }
  }

 public:
  static constexpr int kParts = 4;
};

TEST_P(TakenAway, AFieldThatIsNeverRecordedMakesClausesInconclusiveAtMost) {
  ForEachTrace(
      [](const trace::TraceFile& file, const TraceJudgement& full, const std::string& name) {
        std::set<std::pair<EventKind, FieldSet>> fields;
        for (const trace::Event& event : file.events) {
          FieldSet bit = 1;
          for (const trace::EventField& field : trace::FieldsOf(event.kind)) {
            if (field.name != "serial") fields.insert({event.kind, bit});
            bit <<= 1;
          }
          fields.insert({event.kind, trace::kWorkerField});
        }
        for (const auto& [kind, bit] : fields) {
          trace::TraceFile less = file;
          for (size_t i = 0; i < less.events.size(); ++i) {
            if (less.events[i].kind != kind) continue;
            less.absent[i] |= bit;
            // Whatever stands in the event's place for it, it does not count.
            if (bit == trace::kWorkerField) less.events[i].worker = 9;
            FieldSet other = 1;
            for (const trace::EventField& field : trace::FieldsOf(kind)) {
              const bool same_word = other == bit && trace::HasField(less.events[i], field);
              const int64_t value = trace::FieldValue(less.events[i], field);
              if (same_word) trace::SetFieldValue(field, value == 0 ? 1 : 0, &less.events[i]);
              other <<= 1;
            }
          }
          ExpectWeaker(less, full,
                       name + " without bit " + std::to_string(bit) + " of " +
                           std::string(trace::EventName(kind)));
        }
      });
}

TEST_P(TakenAway, AKindOfEventThatIsNotRecordedMakesClausesInconclusiveAtMost) {
  ForEachTrace(
      [](const trace::TraceFile& file, const TraceJudgement& full, const std::string& name) {
        std::set<EventKind> kinds;
        for (const trace::Event& event : file.events) kinds.insert(event.kind);
        for (EventKind kind : kinds) {
          trace::TraceFile less = file;
          less.recorded &= ~trace::KindBit(kind);
          for (size_t i = less.events.size(); i-- > 0;) {
            if (less.events[i].kind != kind) continue;
            less.events.erase(less.events.begin() + static_cast<ptrdiff_t>(i));
            less.absent.erase(less.absent.begin() + static_cast<ptrdiff_t>(i));
            less.lines.erase(less.lines.begin() + static_cast<ptrdiff_t>(i));
          }
          ExpectWeaker(less, full, name + " without " + std::string(trace::EventName(kind)));
        }
      });
}

// Clauses that the rest would have reached are not exercised by the beginning alone.
TEST_P(TakenAway, ATraceThatEndsEarlierShowsNoOtherViolation) {
  ForEachTrace(
      [](const trace::TraceFile& file, const TraceJudgement& full, const std::string& name) {
        for (size_t size = 0; size < file.events.size(); ++size) {
          trace::TraceFile less = file;
          less.events.resize(size);
          less.absent.resize(size);
          less.lines.resize(size);
          const TraceJudgement judgement = JudgementOf(less, name);
          for (size_t i = 0; i < judgement.clauses.size(); ++i) {
            EXPECT_LE(judgement.clauses[i].violations, full.clauses[i].violations) << name << size;
          }
        }
      });
}

TEST_P(TakenAway, ATraceThatBeginsLaterShowsNoOtherViolation) {
  ForEachTrace(
      [](const trace::TraceFile& file, const TraceJudgement& full, const std::string& name) {
        for (size_t first = 1; first < file.events.size(); ++first) {
          trace::TraceFile less = file;
          const auto end = static_cast<ptrdiff_t>(first);
          less.events.erase(less.events.begin(), less.events.begin() + end);
          less.absent.erase(less.absent.begin(), less.absent.begin() + end);
          less.lines.erase(less.lines.begin(), less.lines.begin() + end);
          const TraceJudgement judgement = JudgementOf(less, name);
          for (size_t i = 0; i < judgement.clauses.size(); ++i) {
            const bool more = judgement.clauses[i].violations > full.clauses[i].violations;
            EXPECT_FALSE(more) << name << " from its event " << first << " breaks "
                               << TheSpecification().clauses()[i].id;
          }
        }
      });
}

INSTANTIATE_TEST_SUITE_P(All, TakenAway, testing::Range(0, TakenAway::kParts));

}  // namespace
}  // namespace pendulum::oracle
