// MODULE-SCHEDULE-DEPENDENT: the client gets another response than under the plainest schedule.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "harness/explore/verify.h"
#include "tests/explore/verify_modules.h"

namespace pendulum::explore {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Verdict = ReplayOutcome::Verdict;

constexpr const char* kRule = "MODULE-SCHEDULE-DEPENDENT";

// Writes `text`, and reads in the handler: what follows runs with `bytes` when the read completed
// at once, and otherwise when OnAsyncCompletion is called.
constexpr const char* kWrite =
    "static void Write(IHttpContext* context, const void* text, DWORD bytes) { HTTP_DATA_CHUNK "
    "chunk = {}; chunk.DataChunkType = HttpDataChunkFromMemory; chunk.FromMemory.pBuffer = "
    "(PVOID)text; chunk.FromMemory.BufferLength = bytes; DWORD sent = 0; "
    "context->GetResponse()->WriteEntityChunks(&chunk, 1, FALSE, TRUE, &sent); }";
std::string ReadThen(const std::string& at_once, const std::string& later) {
  return R"(
    DWORD bytes = 0;
    BOOL pending = FALSE;
    HRESULT result =
        context->GetRequest()->ReadEntityBody(buffer_, sizeof buffer_, TRUE, &bytes, &pending);
    if (SUCCEEDED(result) && pending) return RQ_NOTIFICATION_PENDING;
    if (FAILED(result)) bytes = 0;)" +
         at_once + R"(
    return RQ_NOTIFICATION_CONTINUE;
  }
  char buffer_[1024];
  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext* context, DWORD, BOOL,
      IHttpEventProvider*, IHttpCompletionInfo* info) override {
    DWORD bytes = FAILED(info->GetCompletionStatus()) ? 0 : info->GetCompletionBytes();
    (void)bytes;)" +
         later;
}

constexpr const char* kWriteOk = "\n    Write(context, \"ok\", 2);";
constexpr const char* kCountReads = R"(
    char buffer[300];
    DWORD bytes = 0;
    int reads = 0;
    while (SUCCEEDED(context->GetRequest()->ReadEntityBody(buffer, 300, FALSE, &bytes)) && bytes)
      ++reads, bytes = 0;
    std::string text = std::to_string(reads) + " reads";
    void* kept = context->AllocateRequestMemory(text.size());
    memcpy(kept, text.data(), text.size());
    Write(context, kept, text.size());)";

VerifyOptions PostOptions(const std::string& module, uint64_t runs = 300) {
  VerifyOptions options = OptionsFor(module, runs);
  options.scenarios = {Post()};
  return options;
}

std::string Compile(const std::string& name, const std::string& body) {
  return CompileHandler(name, body, std::string("#include <cstring>\n") + kWrite);
}

ReplayOutcome ReplayOf(const Finding& finding, bool in_process) {
  ReplayRequest request;
  request.modules = {finding.module};
  request.scenario = Post();
  request.schedule = finding.schedule;
  request.expected_clause = finding.clause;
  request.expected_trace_hash = finding.trace_hash;
  request.in_process = in_process;
  auto outcome = Replay(request, oracle::Specification::BuiltIn());
  EXPECT_TRUE(outcome.ok()) << outcome.error().Text();
  return outcome.ok() ? std::move(outcome).value() : ReplayOutcome{};
}

TEST(ScheduleDependentTest, FindsAHeaderThatIsSetAfterPendingReadsAlone) {
  const std::string module = Compile(
      "header_if_pending",
      ReadThen(kWriteOk, "\n    context->GetResponse()->SetHeader(\"X-Mode\", \"late\", 4, TRUE);" +
                             std::string(kWriteOk)));
  const Report report = VerifyOrDie(PostOptions(module));
  ASSERT_THAT(ClausesOf(report), ElementsAre(kRule));
  const Finding& finding = report.findings[0];
  EXPECT_EQ(finding.level, "must");
  EXPECT_THAT(finding.message, HasSubstr("headers"));
  EXPECT_EQ(finding.location.line, 0);
  ASSERT_EQ(finding.details.size(), 3U);
  EXPECT_THAT(finding.details[0], Not(HasSubstr("X-Mode")));
  EXPECT_THAT(finding.details[1], HasSubstr("X-Mode: late\\r\\n"));
  EXPECT_THAT(finding.details[2], HasSubstr("operation 0"));
  EXPECT_EQ(finding.trace.back().event.kind, trace::EventKind::kResponseDiffered);
  EXPECT_GT(finding.count, 50U);
  EXPECT_LT(finding.count, 250U);
}

TEST(ScheduleDependentTest, FindsBytesThatAreForgottenWhenTheyComeLater) {
  const std::string module =
      Compile("forgets_pending_bytes", ReadThen("\n    Write(context, buffer_, bytes);", ""));
  const Report report = VerifyOrDie(PostOptions(module));
  ASSERT_THAT(ClausesOf(report), ElementsAre(kRule));
  EXPECT_THAT(report.findings[0].message, HasSubstr("in the body at byte"));
}

TEST(ScheduleDependentTest, FindsACountOfReads) {
  const Report report = VerifyOrDie(PostOptions(Compile("counts_reads", kCountReads)));
  ASSERT_THAT(ClausesOf(report), ElementsAre(kRule));
  EXPECT_THAT(report.findings[0].details[0], HasSubstr("body at byte 0: \"3 reads\""));
  VerifyOptions full = PostOptions(report.findings[0].module);
  full.scenarios[0].host.partial_reads = false;
  EXPECT_THAT(VerifyOrDie(full).findings, IsEmpty());
}

TEST(ScheduleDependentTest, ReplayFindsItAgain) {
  const Report report = VerifyOrDie(PostOptions(Compile("counts_reads", kCountReads)));
  ASSERT_FALSE(report.findings.empty());
  for (const bool in_process : {false, true}) {
    const ReplayOutcome outcome = ReplayOf(report.findings[0], in_process);
    EXPECT_EQ(outcome.verdict, Verdict::kSameFinding) << outcome.explanation;
    EXPECT_EQ(outcome.trace_hash, report.findings[0].trace_hash);
    ASSERT_EQ(outcome.findings.size(), 1U);
    EXPECT_EQ(outcome.findings[0].details, report.findings[0].details);
  }
}

TEST(ScheduleDependentTest, JobsAndRepetitionChangeNothing) {
  VerifyOptions options = PostOptions(Compile("counts_reads", kCountReads), 9000);
  const Report alone = VerifyOrDie(options);
  options.jobs = 3;
  options.check_determinism = true;
  const Report together = VerifyOrDie(options);
  EXPECT_FALSE(together.diverged) << together.divergence;
  ASSERT_THAT(ClausesOf(together), ElementsAre(kRule));
  EXPECT_EQ(together.findings[0].count, alone.findings[0].count);
  EXPECT_EQ(together.findings[0].run, alone.findings[0].run);
  EXPECT_EQ(together.findings[0].details, alone.findings[0].details);
  EXPECT_EQ(together.findings[0].trace_hash, alone.findings[0].trace_hash);
  ASSERT_EQ(together.clauses.size(), alone.clauses.size());
  for (size_t i = 0; i < alone.clauses.size(); ++i) {
    EXPECT_THAT(together.clauses[i].reached, testing::ElementsAreArray(alone.clauses[i].reached));
  }
}

TEST(ScheduleDependentTest, AModuleThatBringsThePathsTogetherIsClean) {
  const std::string module = Compile("same_either_way", ReadThen(kWriteOk, kWriteOk));
  EXPECT_THAT(VerifyOrDie(PostOptions(module, 2000)).findings, IsEmpty());
}

TEST(ScheduleDependentTest, TheFormOfTheEndOfTheBodyIsNoSchedule) {
  const std::string module = Compile("names_the_end", R"(
    char buffer[1024];
    DWORD bytes = 0;
    HRESULT result = S_OK;
    do {
      bytes = 0;
      result = context->GetRequest()->ReadEntityBody(buffer, 1024, FALSE, &bytes);
    } while (SUCCEEDED(result) && bytes != 0);
    Write(context, FAILED(result) ? "error" : "empty", 5);)");
  VerifyOptions options = PostOptions(module);
  EXPECT_THAT(VerifyOrDie(options).findings, IsEmpty());
}

TEST(ScheduleDependentTest, ScenariosWithSeveralResponsesAreNotCompared) {
  VerifyOptions options = PostOptions(Compile("counts_reads", kCountReads));
  options.scenarios[0].requests.resize(2);
  EXPECT_THAT(ClausesOf(VerifyOrDie(options)), Not(Contains(kRule)));
  options.scenarios[0] = Post();
  options.scenarios[0].requests[0].client.disconnect = host::DisconnectWhen::kAnyTime;
  EXPECT_THAT(ClausesOf(VerifyOrDie(options)), Not(Contains(kRule)));
}

TEST(ScheduleDependentTest, RunsThatBreakAnotherRuleAreNotCompared) {
  const std::string module = Compile("throws_later", ReadThen(kWriteOk, "\n    throw 3;"));
  const auto clauses = ClausesOf(VerifyOrDie(PostOptions(module)));
  EXPECT_THAT(clauses, Contains("MODULE-EXCEPTION"));
  EXPECT_THAT(clauses, Not(Contains(kRule)));
}

TEST(ScheduleDependentTest, APlainestScheduleThatIsNotSurvivedIsNoReference) {
  const std::string crashes = Compile("crashes_at_once", ReadThen("\n    abort();", kWriteOk));
  const Report crashed = VerifyOrDie(PostOptions(crashes));
  EXPECT_THAT(ClausesOf(crashed), ElementsAre("MODULE-CRASH"));
  EXPECT_NE(crashed.findings[0].schedule, sched::Schedule{});
  EXPECT_GT(crashed.runs, 3U);

  const std::string hangs = Compile(
      "hangs_at_once", ReadThen("\n    for (volatile int i = 0;; i = 1) bytes += i;", kWriteOk));
  const Report hung = VerifyOrDie(PostOptions(hangs));
  ASSERT_FALSE(hung.findings.empty());
  EXPECT_THAT(hung.findings[0].clause, testing::StartsWith("MODULE-HANG"));
  EXPECT_THAT(ClausesOf(hung), Not(Contains(kRule)));
}

}  // namespace
}  // namespace pendulum::explore
