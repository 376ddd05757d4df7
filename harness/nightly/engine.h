// What a night's phases share: the database, the programs that run, and the time. Only the files of
// this folder that make a night use this.
#ifndef PENDULUM_NIGHTLY_ENGINE_H_
#define PENDULUM_NIGHTLY_ENGINE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "harness/nightly/commands.h"
#include "harness/nightly/crew.h"
#include "harness/nightly/database.h"
#include "harness/nightly/night.h"

namespace pendulum::nightly {

// A program that is to run in a folder of its own, and what becomes of its results.
struct WorkOutcome {
  CrewOutcome crew;
  std::string folder;
  std::string result;  // path of its results; there may be none
  std::string log;
  // Ended by a signal, or not started at all: what would be worth another try.
  bool Died() const { return crew.end.signalled || crew.end.status > 4; }
};
struct Work {
  std::string target;   // of a slice; empty for all else
  std::string subject;  // what it is about, otherwise
  std::function<Command(const std::string& folder)> command;
  uint64_t limit_ms = 0;
  // Takes in the outcome. What it writes to the database must include EndJob of this id.
  std::function<platform::Status(const WorkOutcome& outcome)> finish;
};

class Engine {
 public:
  // All are borrowed.
  Engine(const Config& config, const NightOptions& options, Database* database);

  const Config& config() const { return config_; }
  const NightOptions& options() const { return options_; }
  Database& database() { return database_; }
  const NightRow& night() const { return night_; }

  // Begins a night, or takes up one that was broken off.
  platform::Status Begin();
  platform::Status SetPhase(Phase phase);

  // Runs what `next` gives, until it gives nothing and all have ended. It is asked again whenever
  // there is room.
  platform::Status Drive(const std::function<std::optional<Work>()>& next);

  // Writes in one transaction that also ends the job.
  platform::Status TakeIn(const WorkOutcome& outcome, const std::function<void()>& body);

  // Writes a finding as it is now, with what the configuration knows of it.
  void SaveFinding(report::LifeCycle before, FindingRow* row);

  uint64_t ElapsedMs() const;
  uint64_t LeftMs() const;  // of the budget
  // How long something may go on that would take `wanted_ms`: hardly over the budget.
  uint64_t LimitMs(uint64_t wanted_ms) const;

  std::string FindingPath(const std::string& fingerprint) const;
  std::string WorkFolder(const std::string& id) const;
  void Say(const std::string& line) const {
    if (options_.say) options_.say(line);
  }

 private:
  platform::Status MakeFolders() const;
  platform::Status KeepAlive();
  platform::Status Start(Work work);
  platform::Status Finish(const CrewOutcome& crew);

  const Config& config_;
  const NightOptions& options_;
  Database& database_;
  Crew crew_;
  NightRow night_;
  uint64_t begun_ms_ = 0;           // of this process
  uint64_t elapsed_before_ms_ = 0;  // in processes before it
  uint64_t kept_alive_ms_ = 0;
  uint32_t serial_ = 0;
  std::map<std::string, Work> under_way_;
};

// "MODULE-HANG in echo, echo.cpp:12".
std::string FindingText(const report::NightFinding& finding);

// The phases. Each does what has not been done in this night.
platform::Status RunReplays(Engine* engine);
platform::Status RunCanaries(Engine* engine);
platform::Status RunTargets(Engine* engine);

// Takes in what programs have left behind whose night was broken off.
platform::Status TakeInLeftovers(Engine* engine);

// What the night has come to.
platform::Result<report::Night> MakeNight(Engine* engine,
                                          const oracle::Specification& specification);

}  // namespace pendulum::nightly

#endif  // PENDULUM_NIGHTLY_ENGINE_H_
