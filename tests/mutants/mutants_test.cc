// The mechanism of the mutants, the host as it is, and some mutants of each kind; `./x mutants`
// tries all of them.
#include "harness/host/mutants.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "harness/platform/file.h"
#include "tests/mutants/hunt.h"
#include "tests/mutants/probes/probe.h"
#include "tests/mutants/summary.h"

namespace pendulum::mutants {
namespace {

int IndexOf(const std::string& name) {
  const auto mutants = host::Mutants();
  for (size_t i = 0; i < mutants.size(); ++i) {
    if (mutants[i].name == name) return static_cast<int>(i);
  }
  ADD_FAILURE() << "there is no mutant " << name;
  return kNoMutantIndex;
}

std::string FileText(const std::string& path) {
  auto text = platform::ReadFile(path);
  EXPECT_TRUE(text.ok()) << path;
  return text.ok() ? *text : std::string();
}

// All of the host's code but the table of the mutants.
std::string HostCode() {
  std::string code;
  for (const auto& entry :
       std::filesystem::directory_iterator(PENDULUM_SOURCE_DIR "/harness/host")) {
    const std::string extension = entry.path().extension();
    if (extension == ".cc" || extension == ".h") code += FileText(entry.path());
  }
  return code;
}

bool HasWord(const std::string& text, const std::string& word) {
  const auto in_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const size_t end = at + word.size();
    if (!in_word(text[at - 1]) && (end == text.size() || !in_word(text[end]))) return true;
  }
  return false;
}

std::map<int, Catch> Try(const std::vector<int>& mutants, const TrialPlan& plan) {
  std::map<int, Catch> caught;
  HuntOptions options;
  options.plan = plan;
  const auto status = Hunt(oracle::Specification::BuiltIn(), mutants, options,
                           [&](const Catch& seen) { caught[seen.mutant] = seen; });
  EXPECT_TRUE(status.ok());
  return caught;
}

std::string ClauseOf(const Seen& seen) {
  return seen.clause == 0 ? "" : oracle::Specification::BuiltIn().clauses()[seen.clause - 1].id;
}

// That the table names all mutants that the code asks for is the compiler's to see.
TEST(Mutants, EachOfTheTableHasAPlaceInTheHost) {
  const std::string code = HostCode();
  EXPECT_FALSE(HasWord(code, "kAnythingElse"));
  EXPECT_GE(host::Mutants().size(), 80u);
  for (const host::MutantDescription& mutant : host::Mutants()) {
    EXPECT_TRUE(HasWord(code, std::string("k") + mutant.name)) << mutant.name;
  }
}

TEST(Mutants, NamesAndMeaningsAreUnique) {
  std::map<std::string, int> seen;
  for (const host::MutantDescription& mutant : host::Mutants()) {
    EXPECT_EQ(++seen[mutant.name], 1) << mutant.name;
    EXPECT_EQ(++seen[mutant.meaning], 1) << mutant.meaning;
  }
}

// The host of the product has no trace of them, and this program has the other one's objects.
TEST(Mutants, AreInTheObjectsOfTheTestAndNotInTheProduct) {
  const std::string archive = FileText(PENDULUM_BINARY_DIR "/harness/host/libpendulum_host.a");
  EXPECT_NE(archive.find("WriteEntityChunks"), std::string::npos);
  EXPECT_EQ(archive.find("mutant_visits"), std::string::npos);
  host::ChooseMutant(IndexOf("DisposeMissed"));
  EXPECT_EQ(host::MutantVisits(), 0u);
  TrialState state{};
  RunTrial(oracle::Specification::BuiltIn(), {.runs = 1}, &state);
  EXPECT_GT(host::MutantVisits(), 0u);
  host::ChooseMutant(kNoMutantIndex);
  TrialState unmutated{};
  RunTrial(oracle::Specification::BuiltIn(), {.runs = 1}, &unmutated);
  EXPECT_EQ(host::MutantVisits(), 0u);
}

TEST(Mutants, TheHostAsItIsBreaksNoClause) {
  const auto caught = Try({kNoMutantIndex}, {.runs = 12, .goes_on = true, .counts_should = true});
  const Catch& seen = caught.at(kNoMutantIndex);
  EXPECT_EQ(seen.crashes, 0u);
  EXPECT_EQ(seen.state.runs_done, 12 * Probes().size() * ScenarioNames().size());
  EXPECT_FALSE(seen.killed()) << ClauseOf(seen.state.first) << ": " << seen.state.first.text
                              << "; mutants --trace " << Probes()[seen.state.first.probe].name
                              << " " << ScenarioNames()[seen.state.first.scenario] << " "
                              << seen.state.first.run;
}

// Those whose clause no other mutant's kind can reach first.
TEST(Mutants, SomeAreNoticedByTheClauseThatIsMeant) {
  const std::map<std::string, std::string> expected = {
      {"ReadSaysWrite", "READ-13"},    {"WriteCompletionTwice", "WRITE-07"},
      {"PostBytesLost", "POST-04"},    {"OrderSwapped", "PIPELINE-11"},
      {"DisposeTwice", "PIPELINE-06"}, {"InfoStatusLost", "COMPLETION-05"}};
  std::vector<int> mutants;
  for (const auto& [name, clause] : expected) mutants.push_back(IndexOf(name));
  const auto caught = Try(mutants, {.runs = 40});
  for (const auto& [name, clause] : expected) {
    EXPECT_EQ(ClauseOf(caught.at(IndexOf(name)).state.first), clause) << name;
  }
}

// What a mutant does to modules alone is not the specification's merit.
TEST(Mutants, OnesThatNothingForbidsSurvive) {
  const int index = IndexOf("CancelWithoutEffect");
  const auto caught = Try({index}, {.runs = 12});
  EXPECT_FALSE(caught.at(index).killed()) << ClauseOf(caught.at(index).state.first);
}

TEST(Mutants, ASurvivorThatBreaksARuleIsReported) {
  std::ostringstream out;
  Summary summary(oracle::Specification::BuiltIn(), false, &out);
  Catch unmutated;
  summary.AddUnmutated(unmutated);
  EXPECT_TRUE(summary.clean());
  Catch survivor;
  survivor.mutant = IndexOf("ReadByteChanged");
  summary.Add(survivor);
  summary.Finish(false);
  EXPECT_FALSE(summary.clean());
  EXPECT_NE(out.str().find("1 that break a rule are not: ReadByteChanged"), std::string::npos);
}

TEST(Mutants, ACrashOfTheHostAsItIsIsNotClean) {
  std::ostringstream out;
  Summary summary(oracle::Specification::BuiltIn(), false, &out);
  Catch crashed;
  crashed.crashes = 1;
  summary.AddUnmutated(crashed);
  EXPECT_FALSE(summary.clean());
}

}  // namespace
}  // namespace pendulum::mutants
