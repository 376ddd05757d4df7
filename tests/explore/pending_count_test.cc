// What calls that go pending leave as their byte counts, which no page defines, is a decision: a
// module that believes it is found, and told with both responses.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "harness/explore/verify.h"
#include "tests/explore/verify_modules.h"

namespace pendulum::explore {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

// Flushes "hello", adds up what `sums` says and tells it to the client. Rubbish is not believed, so
// that the plainest answer shows nothing.
std::string Sums(const std::string& name, const std::string& sums) {
  return CompileHandler(name, R"(
    Write(context, "hello", 5);
    DWORD sent = 0;
    BOOL pending = FALSE;
    if (FAILED(context->GetResponse()->Flush(TRUE, TRUE, &sent, &pending)))
      return RQ_NOTIFICATION_CONTINUE;
    if (pending) {)" + sums + R"(
      return RQ_NOTIFICATION_PENDING;
    }
    Tell(context);
    return RQ_NOTIFICATION_CONTINUE;
  }
  DWORD sum_ = 0;
  char text_[16];
  static void Write(IHttpContext* context, const char* text, DWORD bytes) {
    HTTP_DATA_CHUNK chunk = {};
    chunk.DataChunkType = HttpDataChunkFromMemory;
    chunk.FromMemory.pBuffer = const_cast<char*>(text);
    chunk.FromMemory.BufferLength = bytes;
    DWORD sent = 0;
    context->GetResponse()->WriteEntityChunks(&chunk, 1, FALSE, TRUE, &sent);
  }
  void Tell(IHttpContext* context) {
    text_[0] = static_cast<char>('a' + sum_ % 26);
    Write(context, text_, 1);
  }
  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext* context, DWORD, BOOL,
      IHttpEventProvider*, IHttpCompletionInfo*) override {
    Tell(context);)");
}

TEST(PendingCount, AModuleThatAddsItUpWhilePendingIsFound) {
  const std::string module = Sums("pending_count_summed", "if (sent < 1000) sum_ += sent;");
  const Report report = VerifyOrDie(OptionsFor(module, 500));
  ASSERT_THAT(ClausesOf(report), Contains("MODULE-SCHEDULE-DEPENDENT"));
  const Finding& finding = report.findings[0];
  ASSERT_TRUE(finding.reduction.has_value());
  EXPECT_THAT(
      finding.reduction->rest,
      Contains(HasSubstr("counts of pending calls of request 0, which no page defines, are")));
}

TEST(PendingCount, AModuleThatDoesNotLookAtItIsClean) {
  const Report report = VerifyOrDie(OptionsFor(Sums("pending_count_unread", ""), 500));
  EXPECT_THAT(ClausesOf(report), Not(Contains("MODULE-SCHEDULE-DEPENDENT")));
}

// A search gives the plainest answer and says so, or tries all.
TEST(PendingCount, ASearchSaysWhetherItTriedThem) {
  VerifyOptions options = OptionsFor(Sums("pending_count_searched", ""), 20000);
  options.strategy = "exhaustive";
  const Report plain = VerifyOrDie(options);
  ASSERT_TRUE(plain.scenarios.at(0).search.has_value());
  EXPECT_THAT(plain.scenarios[0].search->proof,
              HasSubstr("; pending calls leave rubbish as their counts"));
  options.strategy = "exhaustive,counts";
  const Report all = VerifyOrDie(options);
  EXPECT_TRUE(all.scenarios.at(0).search->complete);
  EXPECT_THAT(all.scenarios[0].search->proof, Not(HasSubstr("leave rubbish")));
  EXPECT_GT(all.runs, plain.runs);
  EXPECT_LE(all.runs, 4 * plain.runs);
}

}  // namespace
}  // namespace pendulum::explore
