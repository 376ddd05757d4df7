#include "harness/oracle/oracle.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "harness/oracle/witness.h"
#include "harness/trace/names.h"
#include "tests/oracle/small_specification.h"

namespace {
uint64_t allocations = 0;
}  // namespace

// Counts what the whole test program allocates.
void* operator new(size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

namespace pendulum::oracle {
namespace {

// Two reads, the first inline, the second pending, and a flush that pends and completes before the
// handler has returned.
constexpr const char* kTwoReadsAndAFlush = R"(
    {"event": "request.began", "content_length_bytes": 768}
    {"event": "notification.entered"}
    {"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 512, "async": true}
    {"event": "operation.returned", "count_bytes": 512, "pending_flag": false}
    {"event": "operation.called", "kind": "ReadEntityBody", "buffer_bytes": 512, "async": true}
    {"event": "operation.returned", "pending_flag": true}
    {"event": "notification.returned", "status": "RQ_NOTIFICATION_PENDING"}
    {"event": "completion.delivered", "bytes": 256, "worker": 1}
    {"event": "operation.called", "kind": "Flush", "async": true, "worker": 1}
    {"event": "operation.returned", "pending_flag": true, "worker": 1}
    {"event": "completion.delivered", "bytes": 99, "worker": 2}
    {"event": "completion.returned", "worker": 2, "operation": 2, "returned_status": "RQ_NOTIFICATION_PENDING"}
    {"event": "completion.returned", "worker": 1, "operation": 1}
    {"event": "request.ended"}
    {"event": "run.ended"})";

std::vector<std::string> MessagesOf(const std::vector<SmallClause>& clauses,
                                    const std::string& lines = kTwoReadsAndAFlush) {
  const auto specification = LoadSmall(clauses);
  EXPECT_TRUE(specification.ok()) << specification.error().Text();
  if (!specification.ok()) return {};
  Oracle oracle(*specification);
  Feed(Events(lines), &oracle);
  std::vector<std::string> messages;
  for (const Violation& violation : oracle.violations()) {
    messages.push_back(oracle.Message(violation));
  }
  return messages;
}

using Messages = std::vector<std::string>;

TEST(Oracle, ReportsAViolationWithItsNumbers) {
  const auto specification = LoadSmall(
      {{.on = "completion.delivered",
        .when = "operation.kind == 'ReadEntityBody'",
        .require = "completion.bytes == operation.buffer_bytes",
        .message = "{operation.kind} in {completion.notification}: {completion.bytes} of "
                   "{operation.buffer_bytes} bytes, {completion.status}, post {completion.post}"}});
  Oracle oracle(*specification);
  Feed(Events(kTwoReadsAndAFlush), &oracle);
  ASSERT_EQ(oracle.violations().size(), 1u);
  const Violation& violation = oracle.violations()[0];
  EXPECT_EQ(violation.clause, 0);
  EXPECT_EQ(violation.event, 7u);
  EXPECT_EQ(violation.started_event, 4u);
  EXPECT_EQ(violation.operation, 1);
  EXPECT_EQ(violation.request, 0);
  EXPECT_EQ(oracle.Message(violation),
            "ReadEntityBody in RQ_EXECUTE_REQUEST_HANDLER: 256 of 512 bytes, S_OK, post FALSE");
}

TEST(Oracle, PrintsHresultsByNumberAndName) {
  EXPECT_EQ(MessagesOf({{.on = "operation.returned",
                         .require = "SUCCEEDED(operation.status)",
                         .message = "{operation.status}"}},
                       R"({"event": "request.began"}
                          {"event": "operation.called", "kind": "ReadEntityBody"}
                          {"event": "operation.returned", "status": "ERROR_HANDLE_EOF"}
                          {"event": "operation.called", "kind": "ReadEntityBody"}
                          {"event": "operation.returned", "status": "0x8007ABCD"})"),
            (Messages{"0x80070026 (ERROR_HANDLE_EOF)", "0x8007ABCD"}));
}

TEST(Oracle, JudgesEachAccountOfTheRequestOrTheRun) {
  EXPECT_EQ(
      MessagesOf({{.on = "request.ended",
                   .when = "operation.expects_completion",
                   .require = "operation.completions != 1",
                   .message = "{operation.ordinal} of request {request.index} in {delivery.serial}",
                   .for_each = "operation"}}),
      (Messages{"1 of request 0 in 0", "2 of request 0 in 0"}));
  const std::string two_requests = R"({"event": "request.began"}
      {"event": "notification.entered", "notification": "RQ_BEGIN_REQUEST"}
      {"event": "notification.returned"}
      {"event": "request.began", "request": 1}
      {"event": "notification.entered", "request": 1, "worker": 1, "notification": "RQ_LOG_REQUEST"}
      {"event": "request.ended"}
      {"event": "run.ended"})";
  EXPECT_EQ(MessagesOf({{.on = "run.ended",
                         .message = "{delivery.notification} of {request.index}",
                         .for_each = "delivery"}},
                       two_requests),
            (Messages{"RQ_BEGIN_REQUEST of 0", "RQ_LOG_REQUEST of 1"}));
  EXPECT_EQ(MessagesOf({{.on = "run.ended",
                         .require = "request.ended",
                         .message = "{request.index} of {run.requests}",
                         .for_each = "request"}},
                       two_requests),
            Messages{"1 of 2"});
}

TEST(Oracle, ClausesThatUseAnUnknownObjectAreNotReached) {
  const std::string stray = R"({"event": "request.began"}
      {"event": "completion.delivered", "operation": null})";
  EXPECT_EQ(MessagesOf({{.on = "completion.delivered", .require = "operation.returned"}}, stray),
            Messages{});
  EXPECT_EQ(MessagesOf({{.on = "completion.delivered", .require = "operation.known"}}, stray),
            Messages{"broken"});
  EXPECT_EQ(MessagesOf({{.on = "completion.delivered", .when = "!operation.known"}}, stray),
            Messages{"broken"});
}

TEST(Oracle, EveryProgramHoldsTheClausesOfItsKindOfOperation) {
  const SmallClause flush = {.on = "operation.called", .when = "operation.kind == 'Flush'"};
  const SmallClause not_flush = {.on = "operation.called", .when = "operation.kind != 'Flush'"};
  const SmallClause either = {.on = "operation.called",
                              .when = "operation.kind in ['Flush', 'ReadEntityBody']"};
  EXPECT_EQ(MessagesOf({flush}).size(), 1u);
  EXPECT_EQ(MessagesOf({not_flush}).size(), 2u);
  EXPECT_EQ(MessagesOf({either}).size(), 3u);
  EXPECT_EQ(MessagesOf({flush, not_flush, either}).size(), 6u);
  const std::string calls = R"({"event": "call", "method": "IHttpResponse::Clear", "request": 0}
      {"event": "call", "method": "SetEvent"})";
  const SmallClause clear = {.on = "call", .when = "call.method == 'IHttpResponse::Clear'"};
  const SmallClause others = {
      .on = "call", .when = "call.method != 'IHttpResponse::Clear'", .message = "{call.method}"};
  EXPECT_EQ(MessagesOf({clear, others}, calls), (Messages{"broken", "SetEvent"}));
}

TEST(Oracle, CountsCoverageByTiming) {
  const auto specification =
      LoadSmall({{.on = "request.ended", .require = "TRUE", .for_each = "operation"},
                 {.on = "request.ended", .require = "TRUE"},
                 {.on = "call", .require = "TRUE"}});
  Oracle oracle(*specification);
  Feed(Events(kTwoReadsAndAFlush), &oracle);
  // inline: the first read; after the handler returned: the second; before: the flush.
  const std::vector<uint64_t> expected = {1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0};
  EXPECT_EQ(std::vector<uint64_t>(oracle.coverage().begin(), oracle.coverage().end()), expected);
  oracle.BeginRun();
  EXPECT_EQ(oracle.coverage()[0], 1u) << "coverage adds up over runs";
  oracle.ClearCoverage();
  EXPECT_EQ(oracle.coverage()[0], 0u);
}

TEST(Oracle, TheOutcomesOfEventsAddUpToTheCoverage) {
  const auto specification =
      LoadSmall({{.on = "request.ended", .require = "TRUE", .for_each = "operation"},
                 {.on = "request.ended", .require = "TRUE"},
                 {.on = "call", .require = "TRUE"}});
  Oracle oracle(*specification);
  for (uint64_t run = 0; run < 2; ++run) {
    oracle.ClearCoverage();
    oracle.BeginRun();
    Feed(Events(kTwoReadsAndAFlush), &oracle);
    std::vector<Oracle::Outcome> outcomes;
    ASSERT_TRUE(oracle.ListOutcomes(&outcomes));
    std::vector<uint64_t> sum(12, 0);
    for (const Oracle::Outcome& outcome : outcomes) {
      for (const uint32_t cell : oracle.CellsOf(outcome.number)) sum[cell] += outcome.times;
    }
    EXPECT_EQ(sum, (std::vector<uint64_t>{1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0}));
    EXPECT_EQ(std::vector<uint64_t>(oracle.coverage().begin(), oracle.coverage().end()), sum);
    EXPECT_FALSE(oracle.ListOutcomes(&outcomes)) << "they are in coverage() now";
  }
}

TEST(Oracle, CountsAGuardOnceWhateverItsRequirementBeginsWith) {
  const std::vector<std::string> requirements = {"operation.chunks == 0",
                                                 "operation.chunks < operation.ordinal",
                                                 "operation.kind in ['ReadEntityBody', 'Flush']",
                                                 "!(operation.kind in ['ReadEntityBody', 'Flush'])",
                                                 "operation.ordinal + 1 > operation.chunks",
                                                 "operation.async || operation.chunks == 0",
                                                 "TRUE",
                                                 "FALSE"};
  std::vector<SmallClause> clauses;
  for (const std::string& requirement : requirements) {
    clauses.push_back({.on = "operation.called", .require = requirement});
  }
  const auto specification = LoadSmall(clauses);
  ASSERT_TRUE(specification.ok()) << specification.error().Text();
  Oracle oracle(*specification);
  Feed(Events(kTwoReadsAndAFlush), &oracle);
  const auto none = static_cast<size_t>(Oracle::kTimingClasses) - 1;
  for (size_t i = 0; i < requirements.size(); ++i) {
    EXPECT_EQ(oracle.coverage()[i * Oracle::kTimingClasses + none], 3u) << requirements[i];
  }
}

TEST(Oracle, AnOptionIsExercisedWhenItsRequirementHoldsAndIsNeverBroken) {
  const auto specification = LoadSmall(
      {{.on = "completion.delivered", .require = "completion.bytes == 256", .level = "may"},
       {.on = "completion.delivered", .require = "completion.bytes == 1", .level = "may"}});
  Oracle oracle(*specification);
  Feed(Events(kTwoReadsAndAFlush), &oracle);
  EXPECT_TRUE(oracle.violations().empty());
  uint64_t reached[2] = {};
  for (int i = 0; i < 8; ++i) reached[i / 4] += oracle.coverage()[i];
  EXPECT_EQ(reached[0], 1u);
  EXPECT_EQ(reached[1], 0u);
}

TEST(Oracle, ReportsAClauseOncePerOperationAndKeepsTheOrderOfClausesAtOneEvent) {
  EXPECT_EQ(MessagesOf({{.on = R"(["operation.called", "operation.returned"])",
                         .when = "operation.kind == 'ReadEntityBody'",
                         .message = "a {operation.ordinal}"},
                        {.on = "operation.called", .message = "b {operation.ordinal}"}}),
            (Messages{"a 0", "b 0", "a 1", "b 1", "b 2"}));
}

TEST(Oracle, DropsViolationsBeyondItsBudgetAndCountsThem) {
  const auto specification = LoadSmall({{.on = "operation.called"}});
  Oracle oracle(*specification);
  std::string lines = "{\"event\": \"request.began\"}\n";
  for (int i = 0; i < Oracle::kMaxViolations + 5; ++i) {
    lines += "{\"event\": \"operation.called\", \"kind\": \"Flush\"}\n";
  }
  Feed(Events(lines), &oracle);
  EXPECT_EQ(oracle.violations().size(), static_cast<size_t>(Oracle::kMaxViolations));
  EXPECT_EQ(oracle.violations_dropped(), 5u);
  oracle.BeginRun();
  EXPECT_TRUE(oracle.violations().empty());
  EXPECT_EQ(oracle.violations_dropped(), 0u);
}

TEST(Oracle, ForgetsTheLastRun) {
  const auto specification =
      LoadSmall({{.on = "run.ended", .require = "run.operations == 3 && run.completions == 2"},
                 {.on = "request.ended", .require = "request.read_bytes == 768"}});
  Oracle oracle(*specification);
  for (int run = 0; run < 3; ++run) {
    oracle.BeginRun();
    Feed(Events(kTwoReadsAndAFlush), &oracle);
    EXPECT_TRUE(oracle.violations().empty()) << run;
  }
}

TEST(Oracle, AllocatesNothingDuringRuns) {
  const std::vector<trace::Event> events = Events(kTwoReadsAndAFlush);
  Oracle oracle(Specification::BuiltIn());
  const uint64_t before = allocations;
  for (int run = 0; run < 3; ++run) {
    oracle.BeginRun();
    Feed(events, &oracle);
  }
  EXPECT_EQ(allocations, before);
}

TEST(Oracle, SurvivesAnyTrace) {
  // A plain generator of numbers: every event kind with every kind of nonsense in its fields.
  uint32_t state = 1;
  const auto next = [&] { return (state = state * 1664525 + 1013904223) >> 8; };
  Oracle oracle(Specification::BuiltIn());
  for (int run = 0; run < 50; ++run) {
    oracle.BeginRun();
    for (uint32_t i = 0; i < 400; ++i) {
      trace::Event event = {};
      event.kind = static_cast<trace::EventKind>(next() % trace::kEventKindCount);
      event.worker = static_cast<uint8_t>(next() % 8 == 0 ? 255 : next() % 3);
      event.request = static_cast<uint8_t>(next() % 8 == 0 ? next() : next() % 2);
      event.module = static_cast<uint8_t>(next());
      event.operation = static_cast<uint16_t>(next() % 16 == 0 ? next() : next() % 20);
      event.d = static_cast<uint16_t>(next());
      event.a = next() % 4 == 0 ? next() * 2654435761u : next() % 5;
      event.b = next() % 4 == 0 ? next() * 2654435761u : next() % 3;
      oracle.OnEvent(event, i);
    }
  }
  EXPECT_LE(oracle.violations().size(), static_cast<size_t>(Oracle::kMaxViolations));
  for (const Violation& violation : oracle.violations()) {
    EXPECT_FALSE(oracle.Message(violation).empty());
  }
}

TEST(Witness, TellsAPairThatProvesItsClauseFromOneThatDoesNot) {
  const auto specification = LoadSmall(
      {{.on = "request.ended", .require = "request.ends == 1", .message = "{request.ends} ends"}});
  const std::string header = "{\"schema\": \"pendulum-trace/1\"}\n{\"event\": \"request.began\"}\n";
  const std::string end = "{\"event\": \"request.ended\"}\n";
  const auto none = trace::ReadTrace(header, "n");
  const auto once = trace::ReadTrace(header + end, "o");
  const auto twice = trace::ReadTrace(header + end + end, "t");
  EXPECT_TRUE(CheckWitnessPair(*specification, 0, *once, *twice).ok());
  EXPECT_EQ(CheckWitnessPair(*specification, 0, *none, *twice).error().Text(),
            "T-0: the trace that meets the clause does not reach it");
  EXPECT_EQ(CheckWitnessPair(*specification, 0, *twice, *twice).error().Text(),
            "T-0: the trace that meets the clause breaks a clause: it breaks\n"
            "  T-0 at line 4: 2 ends");
  EXPECT_EQ(CheckWitnessPair(*specification, 0, *once, *once).error().Text(),
            "T-0: the trace that breaks the clause does not break it; it breaks no clause");
}

}  // namespace
}  // namespace pendulum::oracle
