// That what the sanitizers see in a module becomes a finding, at its place and again in a replay.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "harness/platform/file.h"
#include "harness/platform/process.h"

namespace pendulum {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

constexpr const char* kProgram = PENDULUM_BINARY_DIR "/pendulum";

// A module whose handlers have these bodies; the first one's first line is kBodyLine.
constexpr int kBodyLine = 8;
std::string ModuleText(const std::string& more, const std::string& begin,
                       const std::string& completion) {
  return "#include <httpserv.h>\n#include <cstdlib>\n#include <cstring>\n" + more +
         "\nclass Module : public CHttpModule {\n public:\n"
         "  REQUEST_NOTIFICATION_STATUS OnBeginRequest(IHttpContext* context, IHttpEventProvider*) "
         "override {\n" +
         begin +
         "\n    (void)context;\n    return RQ_NOTIFICATION_CONTINUE;\n  }\n"
         "  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext* context, DWORD, BOOL,\n"
         "      IHttpEventProvider*, IHttpCompletionInfo*) override {\n" +
         completion +
         "\n    (void)context;\n    return RQ_NOTIFICATION_CONTINUE;\n  }\n"
         "  char buffer[64] = {};\n};\n"
         R"(
class Factory : public IHttpModuleFactory {
 public:
  HRESULT GetHttpModule(CHttpModule** module, IModuleAllocator*) override {
    *module = new Module;
    return S_OK;
  }
  void Terminate() override { delete this; }
};
HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  return info->SetRequestNotifications(new Factory, RQ_BEGIN_REQUEST, 0);
}
)";
}

class Sanitizers : public testing::Test {
 protected:
  Sanitizers() : folder_(testing::TempDir() + "sanitizers-" + std::to_string(getpid())) {
    fs::create_directories(folder_);
  }
  ~Sanitizers() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  platform::CommandResult Pendulum(const std::vector<std::string>& arguments,
                                   const std::string& program = kProgram) {
    std::vector<std::string> command = {program};
    command.insert(command.end(), arguments.begin(), arguments.end());
    auto result = platform::RunCommand(command);
    EXPECT_TRUE(result.ok());
    return result.ok() ? *result : platform::CommandResult{};
  }

  std::string Write(const std::string& text) {
    const std::string source = folder_ + "/module.cpp";
    EXPECT_TRUE(platform::WriteFile(source, text).ok());
    return source;
  }

  json Verify(const std::string& text, const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"verify", Write(text), "--runs", "200",
                                          "--json", "-",         "--out",  folder_ + "/out"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto result = Pendulum(arguments);
    json report = json::parse(result.output, nullptr, false);
    EXPECT_TRUE(report.is_object()) << result.output << result.errors;
    return report;
  }

  // The first finding; it comes back in a replay, in a child and in the process itself.
  json FindingOf(const std::string& text, const std::vector<std::string>& more) {
    const json report = Verify(text, more);
    EXPECT_FALSE(report["findings"].empty()) << report.dump(1);
    if (report["findings"].empty()) return {};
    const json finding = report["findings"][0];
    for (const char* where : {"", "--in-process"}) {
      std::vector<std::string> arguments = {"replay", finding["replay"], "--json", "-"};
      if (*where != '\0') arguments.emplace_back(where);
      const auto replayed = Pendulum(arguments);
      EXPECT_EQ(replayed.exit_status, 1) << replayed.output << replayed.errors;
      EXPECT_THAT(replayed.output, HasSubstr("same-finding"));
    }
    return finding;
  }

  std::string folder_;
};

TEST_F(Sanitizers, HeapOverflowNamesTheBlockAndWhoAllocatedIt) {
  const json finding = FindingOf(ModuleText("",
                                            "    volatile int twelve = 12;\n"
                                            "    auto* block = static_cast<char*>(malloc(12));\n"
                                            "    block[twelve] = 1;\n    free(block);",
                                            ""),
                                 {"-s", "get"});
  EXPECT_EQ(finding["clause"], "MODULE-CRASH");
  EXPECT_THAT(
      std::string(finding["message"]),
      HasSubstr("heap-buffer-overflow: it writes 1 byte 0 bytes behind a block of 12 bytes"));
  EXPECT_EQ(finding["location"]["line"], kBodyLine + 2);
  EXPECT_THAT(finding["details"].dump(), HasSubstr("module.cpp:9"));
}

TEST_F(Sanitizers, UseAfterFreeNamesWhoFreedIt) {
  const json finding =
      FindingOf(ModuleText("static int* volatile kept;",
                           "    kept = new int(1);\n    delete kept;\n    *kept = 2;", ""),
                {"-s", "get"});
  EXPECT_EQ(finding["clause"], "MODULE-CRASH");
  EXPECT_THAT(std::string(finding["message"]),
              HasSubstr("heap-use-after-free: it writes 4 bytes at byte 0 of a freed block of 4"));
  EXPECT_THAT(finding["details"].dump(), HasSubstr("the block was freed in"));
}

TEST_F(Sanitizers, UndefinedBehaviourIsNamedWithItsKind) {
  const json finding =
      FindingOf(ModuleText("static volatile int most = 0x7fffffff;", "    most = most + 1;", ""),
                {"-s", "get"});
  EXPECT_EQ(finding["clause"], "MODULE-CRASH");
  EXPECT_THAT(std::string(finding["message"]), HasSubstr("signed-integer-overflow"));
  EXPECT_EQ(finding["location"]["line"], kBodyLine);
}

TEST_F(Sanitizers, GlobalsAreWatchedAndPutBackBetweenRuns) {
  const json clean =
      Verify(ModuleText("static int numbers[4]; static int count; static int* block;",
                        "    if (count++ != 0 || block != nullptr) abort();\n"
                        "    block = new int(1);\n    numbers[3] = *block;",
                        ""),
             {"-s", "get"});
  EXPECT_TRUE(clean["findings"].empty()) << clean.dump(1);
  const json finding =
      FindingOf(ModuleText("static char numbers[4]; static volatile int place = 4;",
                           "    char* volatile first = numbers;\n    first[place] = 1;", ""),
                {"-s", "get"});
  EXPECT_THAT(std::string(finding["message"]), HasSubstr("global-buffer-overflow"));
}

constexpr const char* kRead =
    "    DWORD count = 0;\n    BOOL pending = FALSE;\n"
    "    context->GetRequest()->ReadEntityBody(buffer, sizeof buffer, TRUE, &count, &pending);\n";

TEST_F(Sanitizers, ThePendingReadsBufferMayNotBeTouched) {
  const json finding =
      FindingOf(ModuleText("",
                           std::string(kRead) + "    if (pending) {\n      buffer[5] = 'x';\n"
                                                "      return RQ_NOTIFICATION_PENDING;\n    }",
                           ""),
                {"-s", "post-pending-only"});
  EXPECT_EQ(finding["clause"], "MODULE-BUFFER-LIFETIME/touched");
  EXPECT_THAT(std::string(finding["message"]), HasSubstr("it writes 1 byte at byte 5 of 64"));
  EXPECT_EQ(finding["location"]["line"], kBodyLine + 4);
}

TEST_F(Sanitizers, WhatACompletedReadFilledIsTheModules) {
  const json report =
      Verify(ModuleText("", std::string(kRead) + "    if (pending) return RQ_NOTIFICATION_PENDING;",
                        "    buffer[0] ^= 1;"),
             {"-s", "post-pending-only"});
  EXPECT_TRUE(report["findings"].empty()) << report["findings"].dump(1);
}

TEST_F(Sanitizers, MemoryOfARequestEndsWithIt) {
  const json finding =
      FindingOf(ModuleText("static char* volatile kept;",
                           "    if (kept != nullptr) *kept = 1;\n"
                           "    kept = static_cast<char*>(context->AllocateRequestMemory(16));",
                           ""),
                {"-s", "keep-alive"});
  EXPECT_EQ(finding["clause"], "MODULE-USE-AFTER-END/memory");
  EXPECT_EQ(finding["location"]["line"], kBodyLine);
}

constexpr const char* kCount = "    counter = counter + 1;";

TEST_F(Sanitizers, ARaceIsFoundWithBothPlaces) {
  const json finding =
      FindingOf(ModuleText("static int counter;", kCount, ""), {"-s", "two-requests", "--races"});
  EXPECT_EQ(finding["clause"], "MODULE-DATA-RACE");
  EXPECT_THAT(std::string(finding["message"]), HasSubstr("nothing orders the two"));
  EXPECT_EQ(finding["location"]["line"], kBodyLine);
  EXPECT_THAT(finding["details"].dump(), HasSubstr("the other access in Module::OnBeginRequest"));
}

TEST_F(Sanitizers, ALockOrdersAndSoDoesTheStartOfAnOperation) {
  const json locked = Verify(ModuleText("static SRWLOCK lock = SRWLOCK_INIT; static int counter;",
                                        std::string("    AcquireSRWLockExclusive(&lock);\n") +
                                            kCount + "\n    ReleaseSRWLockExclusive(&lock);",
                                        ""),
                             {"-s", "two-requests", "--races"});
  EXPECT_TRUE(locked["findings"].empty()) << locked["findings"].dump(1);
  const json before = Verify(ModuleText("",
                                        "    buffer[0] = 1;\n    context->PostCompletion(0);\n"
                                        "    return RQ_NOTIFICATION_PENDING;",
                                        "    buffer[0] = 2;"),
                             {"-s", "get", "--races"});
  EXPECT_TRUE(before["findings"].empty()) << before["findings"].dump(1);
  const json after = FindingOf(ModuleText("",
                                          "    context->PostCompletion(0);\n    buffer[0] = 1;\n"
                                          "    return RQ_NOTIFICATION_PENDING;",
                                          "    buffer[0] = 2;"),
                               {"-s", "get", "--races"});
  EXPECT_EQ(after["clause"], "MODULE-DATA-RACE");
}

// A thread, a callback of the pool and one of a timer change `value` after the handler did, and
// signal an event. The handler changes it too: after it has waited, or before.
constexpr const char* kState =
    "struct State { HANDLE event; int value; };\n"
    "static DWORD WINAPI Run(void* argument) { auto* state = static_cast<State*>(argument);\n"
    "  ++state->value; SetEvent(state->event); return 0; }\n"
    "static VOID CALLBACK Fire(void* argument, BOOLEAN) { Run(argument); }\n";
std::string Waiting(const std::string& start, const std::string& before, const std::string& after) {
  return ModuleText(kState,
                    "    auto* state = new State{CreateEvent(nullptr, FALSE, FALSE, nullptr), 0};\n"
                    "    HANDLE other = nullptr; (void)other;\n    " +
                        start + ";\n    " + before + ";\n    " + after + ";\n",
                    "");
}

TEST_F(Sanitizers, WaitingForWhoChangesSomethingOrdersIt) {
  const std::string wait = "WaitForSingleObject(state->event, INFINITE)";
  const std::string change = "++state->value";
  for (const char* start : {
           "other = CreateThread(nullptr, 0, Run, state, 0, nullptr)",
           "QueueUserWorkItem(Run, state, WT_EXECUTEDEFAULT)",
           "CreateTimerQueueTimer(&other, nullptr, Fire, state, 5, 0, WT_EXECUTEDEFAULT)",
       }) {
    const std::vector<std::string> more = {"-s", "four-requests", "--races"};
    const json ordered = Verify(Waiting(start, wait, change), more);
    EXPECT_TRUE(ordered["findings"].empty()) << start << ordered["findings"].dump(1);
    const json finding = FindingOf(Waiting(start, change, wait), more);
    EXPECT_EQ(finding["clause"], "MODULE-DATA-RACE") << start;
  }
  const std::string thread = "other = CreateThread(nullptr, 0, Run, state, 0, nullptr)";
  const json ended = Verify(Waiting(thread, "WaitForSingleObject(other, INFINITE)", change),
                            {"-s", "get", "--races"});
  EXPECT_TRUE(ended["findings"].empty()) << ended["findings"].dump(1);
}

// Many accesses to few places: which of them ThreadSanitizer remembers hangs on the runs before.
TEST_F(Sanitizers, EachOfManyRacesComesBack) {
  const auto found =
      Pendulum({"verify", PENDULUM_SOURCE_DIR "/examples/faulty_streamer.cpp", "--races", "-s",
                "get", "--runs", "440", "--json", "-", "--out", folder_ + "/out"});
  const json report = json::parse(found.output, nullptr, false);
  ASSERT_TRUE(report.is_object()) << found.output << found.errors;
  EXPECT_FALSE(report["diverged"]) << report["divergence"];
  EXPECT_GE(report["findings"].size(), 3u);
  for (const json& finding : report["findings"]) {
    const auto replayed = Pendulum({"replay", finding["replay"], "--json", "-"});
    EXPECT_EQ(replayed.exit_status, 1) << finding["replay"] << replayed.output << replayed.errors;
    EXPECT_THAT(replayed.output, HasSubstr("same-finding"));
  }
}

// The second comes after the first in every run, with nothing between the two. (Of what lies within
// the same eight bytes ThreadSanitizer reports one.)
TEST_F(Sanitizers, ARaceThatComesAfterAnotherIsFoundToo) {
  const json report =
      Verify(ModuleText("alignas(8) static int counter; alignas(8) static int other;",
                        std::string(kCount) + "\n    other = other + 1;", ""),
             {"-s", "two-requests", "--races"});
  std::set<int> lines;
  for (const json& finding : report["findings"]) {
    EXPECT_EQ(finding["clause"], "MODULE-DATA-RACE");
    lines.insert(finding["location"]["line"].get<int>());
    for (const std::vector<std::string>& more :
         std::vector<std::vector<std::string>>{{}, {"--in-process"}}) {
      std::vector<std::string> arguments = {"replay", finding["replay"], "--json", "-"};
      arguments.insert(arguments.end(), more.begin(), more.end());
      const auto replayed = Pendulum(arguments);
      EXPECT_EQ(replayed.exit_status, 1) << replayed.output << replayed.errors;
      const json outcome = json::parse(replayed.output, nullptr, false);
      ASSERT_TRUE(outcome.is_object());
      EXPECT_EQ(outcome["replays"][0]["verdict"], "same-finding");
      EXPECT_EQ(outcome["replays"][0]["findings"][0]["location"], finding["location"]);
    }
  }
  EXPECT_EQ(lines, (std::set<int>{kBodyLine, kBodyLine + 1})) << report.dump(1);
}

TEST_F(Sanitizers, TheSameOptionsGiveTheSameReport) {
  const std::string text = ModuleText("static int counter;", kCount, "");
  json one = Verify(text, {"-s", "four-requests", "--races", "--check-determinism"});
  json other = Verify(text, {"-s", "four-requests", "--races", "--check-determinism"});
  one.erase("timing");
  other.erase("timing");
  EXPECT_EQ(one.dump(1), other.dump(1));
  EXPECT_FALSE(one["findings"].empty());
}

TEST_F(Sanitizers, ProgramsThatLieTogetherFindEachOther) {
  const std::string source = Write(ModuleText("static int counter;", kCount, ""));
  const std::string alone = folder_ + "/elsewhere/pendulum";
  fs::create_directories(folder_ + "/elsewhere");
  fs::copy_file(kProgram, alone);
  const std::vector<std::string> arguments = {
      "verify", source, "--races", "-s", "two-requests", "--quiet", "--out", folder_ + "/out"};
  const auto missing = Pendulum(arguments, alone);
  EXPECT_EQ(missing.exit_status, 3);
  EXPECT_THAT(missing.errors, HasSubstr("elsewhere/pendulum-tsan"));
  EXPECT_THAT(missing.errors, HasSubstr("--sanitize none"));
  fs::copy_file(PENDULUM_BINARY_DIR "/pendulum-tsan", alone + "-tsan");
  const auto found = Pendulum(arguments, alone);
  EXPECT_EQ(found.exit_status, 1) << found.errors;
  EXPECT_THAT(found.output, HasSubstr("MODULE-DATA-RACE"));
}

}  // namespace
}  // namespace pendulum
