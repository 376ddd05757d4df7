// What is kept from night to night, in one SQLite file: nights, targets, findings with their life
// cycle and sightings, cells of clause and timing, canaries, and what lets a night that was broken
// off go on. docs/nightly.md describes the tables.
//
// As with Sqlite below it, the first error stays and later calls do nothing: ask TakeError when all
// is read, and write within Atomically.
#ifndef PENDULUM_NIGHTLY_DATABASE_H_
#define PENDULUM_NIGHTLY_DATABASE_H_

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/nightly/sqlite.h"
#include "harness/platform/result.h"
#include "harness/report/night.h"

namespace pendulum::nightly {

// How far a night is. A night that ended is kDone.
enum class Phase : uint8_t { kReplay, kCanaries, kTargets, kDone };

struct NightRow {
  uint32_t number = 0;
  std::string date;
  uint64_t alive_s = 0;  // when it was last known to go on, seconds since 1970
  uint64_t budget_ms = 0;
  uint64_t elapsed_ms = 0;
  Phase phase = Phase::kReplay;
  bool resumed = false;
  bool broken_off = false;  // it was never ended, and is not to go on any more
};

struct TargetRow {
  std::string name;
  std::string failure;  // the last reason why it could not run, or died
  uint64_t given_ms = 0;
  uint64_t executions = 0;
  uint64_t corpus_inputs = 0;
  uint64_t corpus_inputs_before = 0;
  uint32_t restarts = 0;
  uint32_t slices = 0;  // that were begun
};

struct FindingRow {
  report::NightFinding finding;  // without input and replay
  bool minimised = false;
  std::string note;  // what the last replay said, where it did not show the finding
};

// A child process that was begun and whose outcome has not been taken in.
struct JobRow {
  std::string id;       // the name of its folder
  std::string target;   // empty: of none
  std::string subject;  // a fingerprint, a rule
};

class Database {
 public:
  // Makes the file where there is none or an empty one. Errors name the file: it is damaged,
  // belongs to another program or a later version, or can't be read or written. Nothing in such a
  // file is changed.
  static platform::Result<Database> Open(const std::string& path);

  platform::Status Atomically(const std::function<void()>& body) {
    return connection_.Atomically(body);
  }
  platform::Status TakeError() { return connection_.TakeError(); }

  std::optional<NightRow> LastNight();
  void SaveNight(const NightRow& night);  // a new one, or as it stands now
  // What the night came to; `trend.night` says which.
  void SaveTrend(const report::NightTrend& trend);
  // Of the last `most` nights that came to an end or are going on, oldest first.
  std::vector<report::NightTrend> Trends(uint32_t most);

  std::vector<TargetRow> Targets(uint32_t night);
  void SaveTarget(uint32_t night, const TargetRow& target);

  std::vector<FindingRow> Findings();  // by fingerprint
  std::optional<FindingRow> Finding(const std::string& fingerprint);
  void SaveFinding(const FindingRow& row);
  void AddSighting(const std::string& fingerprint, uint32_t night, const std::string& target,
                   uint64_t count);
  void AddTransition(const std::string& fingerprint, uint32_t night, report::LifeCycle from,
                     report::LifeCycle to);

  using Timings = std::array<uint64_t, 4>;
  void AddCells(uint32_t night, const std::string& target, const std::string& clause,
                const Timings& reached);
  // By clause; of one target, or with an empty name of all together.
  std::map<std::string, Timings> Cells(uint32_t night, const std::string& target);
  // Forgets those of nights before this one.
  void DropCellsBefore(uint32_t night);

  void SaveCanary(uint32_t night, const report::NightCanary& canary);
  std::vector<report::NightCanary> Canaries(uint32_t night);

  // What was replayed in this night already: fingerprints and paths.
  void AddReplay(uint32_t night, const std::string& subject, const std::string& verdict);
  std::set<std::string> Replayed(uint32_t night);

  void AddFailure(uint32_t night, const std::string& text);  // once each
  std::vector<std::string> Failures(uint32_t night);

  void BeginJob(uint32_t night, const JobRow& job);
  void EndJob(const std::string& id);
  std::vector<JobRow> Jobs();  // in the order of their ids

 private:
  explicit Database(Sqlite connection) : connection_(std::move(connection)) {}
  Sqlite connection_;
};

// The cells that were reached.
uint64_t CountCells(const std::map<std::string, Database::Timings>& cells);

}  // namespace pendulum::nightly

#endif  // PENDULUM_NIGHTLY_DATABASE_H_
