// The samples of README.md against what the program prints now: the same words in the same order.
// Numbers (counts, times, lines) may move.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cctype>
#include <filesystem>
#include <string>

#include "harness/platform/file.h"
#include "harness/platform/process.h"

namespace pendulum {
namespace {

// One blank for all white space, and one 0 for each number.
std::string Words(const std::string& text) {
  std::string words;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool in_number = c == ',' && i + 1 < text.size() && std::isdigit(text[i + 1]) != 0 &&
                           !words.empty() && words.back() == '0';
    const bool is_blank = std::isspace(static_cast<unsigned char>(c)) != 0;
    const bool is_digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
    if (in_number || (is_digit && !words.empty() && words.back() == '0')) continue;
    if (is_blank && (words.empty() || words.back() == ' ')) continue;
    words += is_digit ? '0' : is_blank ? ' ' : c;
  }
  return words;
}

void ExpectSampleOf(const std::string& module) {
  const auto readme = platform::ReadFile(PENDULUM_SOURCE_DIR "/README.md");
  ASSERT_TRUE(readme.ok());
  const std::string command = "$ ./x verify " + module + "\n";
  const size_t begin = readme->find(command);
  ASSERT_NE(begin, std::string::npos);
  const size_t text = begin + command.size();
  const std::string sample = readme->substr(text, readme->find("```", text) - text);
  const std::string folder = testing::TempDir() + "readme-" + std::to_string(getpid());
  const auto result =
      platform::RunCommand({PENDULUM_BINARY_DIR "/pendulum", "verify",
                            PENDULUM_SOURCE_DIR "/" + module, "--out", folder, "--width", "100"});
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  ASSERT_TRUE(result.ok());
  std::string output = result->output;
  for (const auto& [from, to] : {std::pair<std::string, std::string>{folder, "pendulum-findings"},
                                 {PENDULUM_SOURCE_DIR "/", ""}}) {
    for (size_t at; (at = output.find(from)) != std::string::npos;) {
      output.replace(at, from.size(), to);
    }
  }
  EXPECT_EQ(Words(sample), Words(output)) << "Put this into README.md:\n" << output;
}

TEST(Readme, ShowsTheFindingAsItIsPrinted) { ExpectSampleOf("examples/faulty_worker.cpp"); }
TEST(Readme, ShowsTheCleanModuleAsItIsPrinted) { ExpectSampleOf("examples/echo.cpp"); }

}  // namespace
}  // namespace pendulum
