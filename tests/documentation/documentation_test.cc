// Verifies the modules of examples/documentation/ with the program itself: as they were written
// from the pages, and put right as its README says.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harness/platform/file.h"
#include "harness/platform/process.h"

namespace pendulum {
namespace {

namespace fs = std::filesystem;

constexpr const char* kProgram = PENDULUM_BINARY_DIR "/pendulum";
constexpr const char* kFolder = PENDULUM_SOURCE_DIR "/examples/documentation/";

using Replacement = std::pair<std::string, std::string>;

struct Page {
  const char* name;      // of the page, without .md
  const char* module;    // without .cpp
  const char* clause;    // the only one that is broken
  const char* level;     // "must" (a finding) or "should" (a warning)
  const char* function;  // where the finding lies
  std::vector<Replacement> correction;
};

const Page kPages[] = {
    {"ihttpcompletioninfo-getcompletionbytes-method",
     "completion_bytes",
     "MODULE-BUFFER-LIFETIME/descriptors",
     "should",
     "CCompletionBytesModule::OnBeginRequest",
     {{"        HTTP_DATA_CHUNK chunk;\n", "        HTTP_DATA_CHUNK &chunk = m_chunk;\n"},
      {"    HANDLE m_hEventLog;\n", "    HANDLE m_hEventLog;\n    HTTP_DATA_CHUNK m_chunk;\n"}}},
    {"ihttprequest-readentitybody-method",
     "read_entity_body",
     "MODULE-BUFFER-LIFETIME",
     "must",
     "CReadEntityBodyModule::OnBeginRequest",
     {{"        BYTE buffer[1024];\n", ""},
      {"  private:\n", "  private:\n    BYTE buffer[1024];\n"},
      {"hr == ERROR_HANDLE_EOF", "hr == HRESULT_FROM_WIN32(ERROR_HANDLE_EOF)"}}},
    {"ihttpcontext-indicatecompletion-method",
     "indicate_completion",
     "MODULE-DOUBLE-COMPLETION/second-completion-status",
     "must",
     "CIndicateCompletionModule::OnAsyncCompletion",
     {{"        return RQ_NOTIFICATION_CONTINUE;\n", "        return RQ_NOTIFICATION_PENDING;\n"}}},
};

class Documentation : public testing::TestWithParam<Page> {
 protected:
  Documentation() : folder_(testing::TempDir() + "documentation-" + std::to_string(getpid())) {
    fs::create_directories(folder_);
  }
  ~Documentation() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  platform::CommandResult Verify(const std::string& source) {
    auto result = platform::RunCommand(
        {kProgram, "verify", source, "--out", folder_ + "/findings", "--json", "-"});
    EXPECT_TRUE(result.ok());
    return result.ok() ? *result : platform::CommandResult{};
  }

  std::string folder_;
};

TEST_P(Documentation, GetsTheVerdictOfTheReadme) {
  const Page& page = GetParam();
  const auto result = Verify(std::string(kFolder) + page.module + ".cpp");
  EXPECT_EQ(result.exit_status, std::string_view(page.level) == "must" ? 1 : 0);
  const auto report = nlohmann::json::parse(result.output, nullptr, false);
  ASSERT_TRUE(report.is_object()) << result.output << result.errors;
  ASSERT_EQ(report["findings"].size(), 1u) << report["findings"].dump(2);
  const auto& finding = report["findings"][0];
  EXPECT_EQ(finding["clause"], page.clause);
  EXPECT_EQ(finding["level"], page.level);
  const std::string function = finding["location"]["function"];
  EXPECT_EQ(function.substr(0, function.find('(')), page.function);
}

TEST_P(Documentation, IsCleanOnceThatIsPutRight) {
  const Page& page = GetParam();
  auto source = platform::ReadFile(std::string(kFolder) + page.module + ".cpp");
  ASSERT_TRUE(source.ok());
  std::string text = *source;
  for (const auto& [wrong, right] : page.correction) {
    const size_t at = text.find(wrong);
    ASSERT_NE(at, std::string::npos) << wrong;
    ASSERT_EQ(text.find(wrong, at + 1), std::string::npos) << wrong << " stands there twice";
    text.replace(at, wrong.size(), right);
  }
  const std::string corrected = folder_ + "/" + page.module + ".cpp";
  ASSERT_TRUE(platform::WriteFile(corrected, text).ok());
  const auto result = Verify(corrected);
  EXPECT_EQ(result.exit_status, 0) << result.output << result.errors;
  const auto report = nlohmann::json::parse(result.output, nullptr, false);
  ASSERT_TRUE(report.is_object()) << result.output << result.errors;
  EXPECT_TRUE(report["findings"].empty()) << report["findings"].dump(2);
}

TEST_P(Documentation, IsInTheReadme) {
  const Page& page = GetParam();
  auto readme = platform::ReadFile(std::string(kFolder) + "README.md");
  ASSERT_TRUE(readme.ok());
  const std::string row = std::string("| `") + page.name + ".md` | `" + page.module + ".cpp` | ";
  const size_t at = readme->find(row);
  ASSERT_NE(at, std::string::npos) << row;
  const std::string rest = readme->substr(at, readme->find('\n', at) - at);
  EXPECT_NE(rest.find(std::string("`") + page.clause + "`"), std::string::npos) << rest;
}

TEST(DocumentationFolder, HasNoOther) {
  std::set<std::string> listed, there;
  for (const Page& page : kPages) listed.insert(page.module);
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".cpp") there.insert(entry.path().stem());
  }
  EXPECT_EQ(listed, there);
}

INSTANTIATE_TEST_SUITE_P(All, Documentation, testing::ValuesIn(kPages),
                         [](const auto& page) { return std::string(page.param.module); });

}  // namespace
}  // namespace pendulum
