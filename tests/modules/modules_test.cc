// Verifies the modules of this folder as a user would: each faulty one is found by the rule that is
// about its fault, at the line that breaks it, and its repaired twin is clean.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "harness/platform/file.h"
#include "harness/platform/process.h"

namespace pendulum
{
namespace
{

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;
using testing::IsSubsetOf;

constexpr const char *kProgram = PENDULUM_BINARY_DIR "/pendulum";
constexpr const char *kFolder = PENDULUM_SOURCE_DIR "/tests/modules/";

struct Mechanism
{
    const char *name;   // faulty_NAME.cpp, and NAME.cpp for the twin
    std::string clause; // what the fault breaks
    const char *place;  // what stands in the line, or is called like its function; nullptr: none
    std::vector<std::string> further = {}; // what comes of it in other schedules
    // Scenarios in which even the plainest schedule has the fault: there no send is inline.
    std::vector<std::string> plainly_found = {};
};

const std::vector<Mechanism> &Mechanisms()
{
    static const std::vector<Mechanism> kMechanisms = {
        {"cancel_without_waiting",
         "MODULE-LEFT-PENDING",
         "pHttpContext->IndicateCompletion(",
         {"MODULE-BUFFER-LIFETIME"}},
        {"check_then_act", "MODULE-CRASH", "g_pFree = pBuffer->m_pNext;"},
        {"completion_before_return", "MODULE-PENDING-NOTHING",
         "CDigestModule::OnExecuteRequestHandler"},
        {"context_reuse", "MODULE-USE-AFTER-END", "m_pHttpContext->GetRequest()"},
        {"disconnect_against_completion",
         "MODULE-DOUBLE-COMPLETION",
         "CPollModule::OnAsyncCompletion",
         {"MODULE-LEFT-PENDING", "MODULE-USE-AFTER-END", "MODULE-CRASH"}},
        {"double_post",
         "MODULE-DOUBLE-COMPLETION",
         "->PostCompletion(pJoin->m_dwSum);",
         {"MODULE-LEFT-PENDING", "MODULE-USE-AFTER-END", "MODULE-CRASH"}},
        {"end_of_body_through_completion", "MODULE-SCHEDULE-DEPENDENT", nullptr},
        {"finishing_twice",
         "MODULE-DOUBLE-COMPLETION",
         "->IndicateCompletion(RQ_NOTIFICATION_FINISH_REQUEST);",
         {"MODULE-USE-AFTER-END"}},
        {"lock_inversion",
         "MODULE-HANG",
         "AcquireSRWLockExclusive(&g_statisticsLock)",
         {"MODULE-LOCK-ORDER"},
         // Opposite orders of locks need not meet.
         {"four-requests"}},
        // A wake-up that another request had, of the same variable, is not known to be lost.
        {"lost_wakeup", "MODULE-LOST-WAKEUP", "SleepConditionVariableCS(", {"MODULE-HANG"}},
        {"more_data_false_too_early",
         "MODULE-WRITE-AFTER-LAST",
         "pHttpResponse->WriteEntityChunks(",
         {},
         {"get-slow-client", "post-pending-only"}},
        {"partial_read_assumed_whole", "MODULE-SCHEDULE-DEPENDENT", nullptr},
        {"polling_for_ever", "MODULE-NO-PROGRESS", nullptr},
        {"recursion_on_inline_completions", "MODULE-CRASH", "sprintf_s(szLine"},
        {"reference_missing_on_retry",
         "MODULE-CRASH",
         "pReport->m_pHttpContext->GetRequest()",
         {"MODULE-SCHEDULE-DEPENDENT", "MODULE-USE-AFTER-END"}},
        {"stale_out_parameter", "MODULE-SCHEDULE-DEPENDENT", nullptr},
        {"timer_after_end", "MODULE-USE-AFTER-END", "pHttpContext->GetRequest()"},
    };
    return kMechanisms;
}

void PrintTo(const Mechanism &mechanism, std::ostream *out)
{
    *out << mechanism.name;
}

// What stands before the slash is what users see.
std::string RuleOf(const json &finding)
{
    const std::string clause = finding["clause"];
    return clause.substr(0, clause.find('/'));
}

class Modules : public testing::TestWithParam<Mechanism>
{
  protected:
    Modules() : folder_(testing::TempDir() + "modules-" + std::to_string(getpid()))
    {
        fs::create_directories(folder_);
    }
    ~Modules() override
    {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }

    // The report on `module`, with nothing but defaults where `more` says nothing else.
    json Verify(const std::string &module, const std::vector<std::string> &more = {})
    {
        std::vector<std::string> command = {
            kProgram, "verify", kFolder + module + ".cpp", "--out", folder_, "--json", "-"};
        command.insert(command.end(), more.begin(), more.end());
        const auto result = platform::RunCommand(command);
        if (!result.ok())
            return {};
        json report = json::parse(result->output, nullptr, false);
        EXPECT_TRUE(report.is_object()) << result->output << result->errors;
        return report;
    }

    // The text of a line of a module, from 1.
    static std::string Line(const std::string &module, int number)
    {
        const auto text = platform::ReadFile(kFolder + module + ".cpp");
        if (!text.ok())
            return {};
        std::istringstream lines(*text);
        std::string line;
        for (int i = 0; i < number; ++i)
            std::getline(lines, line);
        return line;
    }

    std::string folder_;
};

TEST_P(Modules, AFaultyOneIsFoundByItsRuleAtItsLine)
{
    const Mechanism &mechanism = GetParam();
    const std::string module = std::string("faulty_") + mechanism.name;
    const json report = Verify(module);
    ASSERT_TRUE(report.is_object());
    std::set<std::string> rules;
    std::vector<std::string> places;
    std::set<json> told;
    for (const json &finding : report["findings"])
    {
        rules.insert(RuleOf(finding));
        const json same = {finding["clause"], finding["operation"], finding["location"]};
        EXPECT_TRUE(told.insert(same).second) << "told twice: " << same.dump(2);
        if (RuleOf(finding) != mechanism.clause || finding["location"].is_null())
            continue;
        if (fs::path(finding["location"]["file"].get<std::string>()).stem() != module)
            continue;
        const std::string function = finding["location"]["function"];
        places.push_back(Line(module, finding["location"]["line"]) + " in " + function);
    }
    EXPECT_TRUE(rules.contains(mechanism.clause)) << report["findings"].dump(2);
    if (mechanism.place != nullptr)
    {
        EXPECT_THAT(places, testing::Contains(HasSubstr(mechanism.place)));
    }
    std::vector<std::string> expected = mechanism.further;
    expected.push_back(mechanism.clause);
    // AddressSanitizer, which verify compiles modules with, sees what each does to freed memory.
    expected.emplace_back("MODULE-CRASH");
    EXPECT_THAT(rules, IsSubsetOf(expected)) << report["findings"].dump(2);
}

// A mechanism that the happy path shows would need no search.
TEST_P(Modules, TheHappyPathOfAFaultyOnePasses)
{
    const Mechanism &mechanism = GetParam();
    const json report = Verify(std::string("faulty_") + mechanism.name, {"--strategy", "default"});
    ASSERT_TRUE(report.is_object());
    EXPECT_EQ(report["totals"]["runs"], report["totals"]["scenarios"]);
    std::set<std::string> scenarios;
    for (const json &finding : report["findings"])
        scenarios.insert(finding["scenario"]);
    EXPECT_THAT(scenarios, IsSubsetOf(mechanism.plainly_found)) << report["findings"].dump(2);
}

TEST_P(Modules, TheRepairedTwinIsClean)
{
    const json report = Verify(GetParam().name);
    ASSERT_TRUE(report.is_object());
    EXPECT_EQ(report["verdict"], "pass");
    EXPECT_TRUE(report["findings"].empty()) << report["findings"].dump(2);
}

TEST_P(Modules, TheRepairedTwinHasNoRace)
{
    const json report = Verify(GetParam().name, {"--races", "--runs", "440"});
    ASSERT_TRUE(report.is_object());
    EXPECT_GE(report["totals"]["runs"], 10000);
    EXPECT_TRUE(report["findings"].empty()) << report["findings"].dump(2);
}

TEST_P(Modules, TheFileSaysWhatItIs)
{
    const Mechanism &mechanism = GetParam();
    const auto text =
        platform::ReadFile(std::string(kFolder) + "faulty_" + mechanism.name + ".cpp");
    ASSERT_TRUE(text.ok());
    std::string head = text->substr(0, text->find("#include"));
    for (size_t at; (at = head.find("\n// ")) != std::string::npos;)
        head.replace(at, 4, " ");
    EXPECT_THAT(head, HasSubstr(mechanism.clause));
    EXPECT_THAT(head, HasSubstr("Ordinary tests pass"));
    const auto readme = platform::ReadFile(std::string(kFolder) + "README.md");
    ASSERT_TRUE(readme.ok());
    EXPECT_THAT(*readme,
                HasSubstr("| `" + std::string(mechanism.name) + "` | " + mechanism.clause));
}

TEST(ModulesFolder, HasNoOther)
{
    std::set<std::string> listed, there;
    for (const Mechanism &mechanism : Mechanisms())
    {
        listed.insert(mechanism.name);
        listed.insert(std::string("faulty_") + mechanism.name);
    }
    for (const auto &entry : fs::directory_iterator(kFolder))
    {
        if (entry.path().extension() == ".cpp")
            there.insert(entry.path().stem().string());
    }
    EXPECT_EQ(listed, there);
}

INSTANTIATE_TEST_SUITE_P(All, Modules, testing::ValuesIn(Mechanisms()),
                         [](const auto &mechanism) { return std::string(mechanism.param.name); });

} // namespace
} // namespace pendulum
