// What public modules do and are right to do. No clause may report any of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/spec/judge.h"

namespace pendulum::oracle {
namespace {

std::vector<std::string> AllIdioms() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kIdiomFolder)) {
    names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class LegalIdiom : public testing::TestWithParam<std::string> {};

TEST_P(LegalIdiom, BreaksNoClause) {
  const trace::TraceFile file = ReadTraceFile(std::string(kIdiomFolder) + GetParam() + ".jsonl");
  ASSERT_FALSE(file.events.empty());
  const WitnessResult result = JudgeTrace(TheSpecification(), file);
  EXPECT_THAT(result.messages, testing::IsEmpty()) << file.note;
  EXPECT_TRUE(std::find(result.reached.begin(), result.reached.end(), true) != result.reached.end())
      << "nothing was judged";
}

INSTANTIATE_TEST_SUITE_P(All, LegalIdiom, testing::ValuesIn(AllIdioms()), [](const auto& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace pendulum::oracle
