// Folders of inputs: looked at, merged, pruned.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/cli/program_fixture.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Corpus : public ProgramTest {
 protected:
  static std::vector<std::string> Files(const std::string& folder) {
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
  }
  // By content: the names.
  static std::map<std::string, std::string> Contents(const std::string& folder) {
    std::map<std::string, std::string> contents;
    for (const std::string& file : Files(folder)) {
      contents[Read(file)] = fs::path(file).filename().string();
    }
    return contents;
  }
  static nlohmann::json Stats(const std::string& folder) {
    const auto run = Run({"corpus", "stats", folder, "--target", "pipeline", "--json", "-"});
    EXPECT_EQ(run.exit_status, 0) << run.errors;
    return nlohmann::json::parse(run.output, nullptr, false);
  }
  // Three of the seeds in a folder, under names of their own, and all others in another one.
  void Split() {
    const auto seeds = Files(Source("corpus/pipeline"));
    ASSERT_GT(seeds.size(), 6u);
    for (size_t i = 0; i < seeds.size(); ++i) {
      Write((i < 3 ? "one/a" : "two/b") + std::to_string(i), Read(seeds[i]));
    }
  }
};

TEST_F(Corpus, StatsSayWhatIsReached) {
  const nlohmann::json stats = Stats(Source("corpus/pipeline"));
  EXPECT_EQ(stats["inputs"], Files(Source("corpus/pipeline")).size());
  EXPECT_GT(stats["cells"], stats["clauses"]);
  EXPECT_GT(stats["empty_cells"].size(), 10u);
  const auto run = Run({"corpus", "stats", Source("corpus/pipeline"), "--cells"});
  EXPECT_THAT(run.output, HasSubstr("pipeline: "));
  EXPECT_THAT(run.output, HasSubstr(" cells reached\nempty cells\n  "));
  EXPECT_THAT(run.output, HasSubstr(": never reached\n"));
}

TEST_F(Corpus, MergingReachesAllAndKeepsWhatWasThere) {
  Split();
  Write("one/README.md", "kept");
  Write("two/same", Read(Below("two/b3")));
  const auto before = Contents(Below("one"));
  const auto others = Contents(Below("two"));
  Write("all/x", "");
  fs::remove_all(Below("all"));
  const auto run = Run({"corpus", "merge", Below("one"), Below("two"), "--target", "pipeline"});
  ASSERT_EQ(run.exit_status, 0) << run.errors;
  const auto after = Contents(Below("one"));
  for (const auto& [content, name] : before) EXPECT_TRUE(after.contains(content)) << name;
  EXPECT_EQ(Read(Below("one/README.md")), "kept");
  EXPECT_EQ(Contents(Below("two")), others);
  for (const auto& [content, name] : after) {
    if (name != "README.md") EXPECT_EQ(name.size(), 16u) << name;
  }
  EXPECT_EQ(Stats(Below("one"))["cells"], Stats(Source("corpus/pipeline"))["cells"]);
  EXPECT_EQ(Files(folder_).size(), 2u) << "nothing else is left";
}

TEST_F(Corpus, PruningLosesNoCell) {
  for (const std::string& seed : Files(Source("corpus/pipeline"))) {
    const std::string name = fs::path(seed).filename().string();
    Write("pipeline/" + name, Read(seed));
    // Zeros at the end mean nothing: the same input in other bytes.
    Write("pipeline/" + name + "-longer", Read(seed) + std::string(3, '\0'));
  }
  const auto before = Stats(Below("pipeline"));
  const auto run = Run({"corpus", "prune", Below("pipeline")});
  ASSERT_EQ(run.exit_status, 0) << run.errors;
  const auto after = Stats(Below("pipeline"));
  EXPECT_EQ(after["cells"], before["cells"]);
  EXPECT_LE(after["inputs"].get<size_t>(), before["inputs"].get<size_t>() / 2);
}

TEST_F(Corpus, WhatDoesNotBelongThereIsNamedAndNothingChanges) {
  Split();
  const auto before = Contents(Below("one"));
  const std::string foreign = Write("two/foreign", std::string(1, '\1'));
  auto run = Run({"corpus", "merge", Below("one"), Below("two"), "--target", "pipeline"});
  EXPECT_EQ(run.exit_status, 3);
  EXPECT_THAT(run.errors,
              HasSubstr(foreign + ": is no input of the target pipeline, but of write"));
  run = Run({"corpus", "merge", Below("one"), Below("missing"), "--target", "pipeline"});
  EXPECT_EQ(run.exit_status, 3);
  EXPECT_THAT(run.errors, HasSubstr(Below("missing")));
  run = Run({"corpus", "stats", Source("corpus/module")});
  EXPECT_EQ(run.exit_status, 3);
  EXPECT_THAT(run.errors, HasSubstr("--module my_module.cpp"));
  EXPECT_EQ(Contents(Below("one")), before);
}

TEST_F(Corpus, AFullDiskChangesNothing) {
  Split();
  const auto before = Contents(Below("one"));
  Run({"corpus", "stats", Below("one"), "--target", "pipeline"});
  const auto run =
      RunOnFullDisk({"corpus", "merge", Below("one"), Below("two"), "--target", "pipeline"});
  EXPECT_EQ(run.exit_status, 3);
  EXPECT_THAT(run.errors, HasSubstr(Below("one.work.")));
  EXPECT_EQ(Contents(Below("one")), before);
}

// Whoever is killed leaves the old folder or the new one.
TEST_F(Corpus, AKilledMergeLosesNothing) {
  Split();
  const auto before = Contents(Below("one"));
  int killed = 0;
  for (const int moment_ms : {30, 100, 200, 400, 700}) {
    auto child = platform::Child::Start({{PENDULUM_BINARY_DIR "/pendulum", "corpus", "merge",
                                          Below("one"), Below("two"), "--target", "pipeline"},
                                         "",
                                         Below("log")});
    ASSERT_TRUE(child.ok());
    platform::Child* children[] = {&child.value()};
    if (platform::Child::WaitAny(children, moment_ms) < 0) ++killed;
    child->Kill();
    child->Reap();
    const auto now = Contents(Below("one"));
    for (const auto& [content, name] : before) EXPECT_TRUE(now.contains(content)) << name;
  }
  EXPECT_GE(killed, 1);
}

TEST_F(Corpus, AnInputThatEndsTheProcessIsToldAndKept) {
  const std::string module = Write("crashes.cpp", R"(#include <httpserv.h>
class Crashes : public CHttpModule {
 public:
  REQUEST_NOTIFICATION_STATUS OnBeginRequest(IHttpContext* context, IHttpEventProvider*) {
    if (context->GetRequest()->GetRemainingEntityBytes() > 100) *(volatile int*)nullptr = 1;
    return RQ_NOTIFICATION_CONTINUE;
  }
};
class Factory : public IHttpModuleFactory {
 public:
  HRESULT GetHttpModule(CHttpModule** module, IModuleAllocator*) {
    *module = new Crashes;
    return S_OK;
  }
  void Terminate() { delete this; }
};
HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  return info->SetRequestNotifications(new Factory, RQ_BEGIN_REQUEST, 0);
}
)");
  for (const char* name : {"get", "post-small"}) {
    fs::create_directories(Below("module"));
    const auto run = Run({"convert", Source(std::string("corpus/scenarios/") + name + ".json"),
                          Below(std::string("module/") + name)});
    ASSERT_EQ(run.exit_status, 0) << run.errors;
  }
  const std::string crash = Read(Below("module/post-small"));
  const auto run = Run({"corpus", "prune", Below("module"), "--module", module});
  ASSERT_EQ(run.exit_status, 0) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("ends the process, and is kept: "));
  EXPECT_TRUE(Contents(Below("module")).contains(crash)) << run.output;
}

}  // namespace
}  // namespace pendulum::cli
