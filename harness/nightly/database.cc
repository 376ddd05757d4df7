#include "harness/nightly/database.h"

#include <algorithm>

namespace pendulum::nightly {
namespace {

int64_t Signed(uint64_t value) { return static_cast<int64_t>(value); }
uint64_t Unsigned(int64_t value) { return static_cast<uint64_t>(value); }
uint32_t Small(int64_t value) { return static_cast<uint32_t>(value); }

}  // namespace

std::optional<NightRow> Database::LastNight() {
  const auto rows = connection_.Query(
      "SELECT number, date, alive_s, budget_ms, elapsed_ms, phase, resumed, broken_off "
      "FROM nights ORDER BY number DESC LIMIT 1");
  if (rows.empty()) return std::nullopt;
  const SqlRow& row = rows.front();
  NightRow night;
  night.number = Small(row.Integer(0));
  night.date = row.Text(1);
  night.alive_s = Unsigned(row.Integer(2));
  night.budget_ms = Unsigned(row.Integer(3));
  night.elapsed_ms = Unsigned(row.Integer(4));
  night.phase = static_cast<Phase>(std::clamp<int64_t>(row.Integer(5), 0, 3));
  night.resumed = row.Integer(6) != 0;
  night.broken_off = row.Integer(7) != 0;
  return night;
}

void Database::SaveNight(const NightRow& night) {
  connection_.Run(
      "INSERT INTO nights(number, date, alive_s, budget_ms, elapsed_ms, phase, resumed, broken_off)"
      " VALUES(?,?,?,?,?,?,?,?) ON CONFLICT(number) DO UPDATE SET alive_s = excluded.alive_s,"
      " budget_ms = excluded.budget_ms, elapsed_ms = excluded.elapsed_ms, phase = excluded.phase,"
      " resumed = excluded.resumed, broken_off = excluded.broken_off",
      {Signed(night.number), night.date, Signed(night.alive_s), Signed(night.budget_ms),
       Signed(night.elapsed_ms), static_cast<int64_t>(night.phase), int64_t{night.resumed},
       int64_t{night.broken_off}});
}

void Database::SaveTrend(const report::NightTrend& trend) {
  connection_.Run(
      "UPDATE nights SET executions = ?, cells = ?, corpus_inputs = ?, open_findings = ?,"
      " new_findings = ? WHERE number = ?",
      {Signed(trend.executions), Signed(trend.cells), Signed(trend.corpus_inputs),
       Signed(trend.open_findings), Signed(trend.new_findings), Signed(trend.night)});
}

std::vector<report::NightTrend> Database::Trends(uint32_t most) {
  std::vector<report::NightTrend> trends;
  for (const SqlRow& row : connection_.Query(
           "SELECT number, date, executions, cells, corpus_inputs, open_findings, new_findings"
           " FROM nights WHERE NOT broken_off ORDER BY number DESC LIMIT ?",
           {Signed(most)})) {
    trends.push_back({Small(row.Integer(0)), row.Text(1), Unsigned(row.Integer(2)),
                      Unsigned(row.Integer(3)), Unsigned(row.Integer(4)), Unsigned(row.Integer(5)),
                      Unsigned(row.Integer(6))});
  }
  std::reverse(trends.begin(), trends.end());
  return trends;
}

std::vector<TargetRow> Database::Targets(uint32_t night) {
  std::vector<TargetRow> targets;
  for (const SqlRow& row : connection_.Query(
           "SELECT name, failure, given_ms, executions, corpus_inputs, corpus_inputs_before,"
           " restarts, slices FROM targets WHERE night = ? ORDER BY rowid",
           {Signed(night)})) {
    targets.push_back({row.Text(0), row.Text(1), Unsigned(row.Integer(2)), Unsigned(row.Integer(3)),
                       Unsigned(row.Integer(4)), Unsigned(row.Integer(5)), Small(row.Integer(6)),
                       Small(row.Integer(7))});
  }
  return targets;
}

void Database::SaveTarget(uint32_t night, const TargetRow& target) {
  connection_.Run(
      "INSERT OR REPLACE INTO targets(night, name, failure, given_ms, executions, corpus_inputs,"
      " corpus_inputs_before, restarts, slices) VALUES(?,?,?,?,?,?,?,?,?)",
      {Signed(night), target.name, target.failure, Signed(target.given_ms),
       Signed(target.executions), Signed(target.corpus_inputs), Signed(target.corpus_inputs_before),
       Signed(target.restarts), Signed(target.slices)});
}

void Database::AddCells(uint32_t night, const std::string& target, const std::string& clause,
                        const Timings& reached) {
  connection_.Run(
      "INSERT INTO cells VALUES(?,?,?,?,?,?,?) ON CONFLICT(night, target, clause) DO UPDATE SET"
      " inline = inline + excluded.inline, after_return = after_return + excluded.after_return,"
      " before_return = before_return + excluded.before_return, none = none + excluded.none",
      {Signed(night), target, clause, Signed(reached[0]), Signed(reached[1]), Signed(reached[2]),
       Signed(reached[3])});
}

std::map<std::string, Database::Timings> Database::Cells(uint32_t night,
                                                         const std::string& target) {
  std::map<std::string, Timings> cells;
  for (const SqlRow& row : connection_.Query(
           "SELECT clause, sum(inline), sum(after_return), sum(before_return), sum(none)"
           " FROM cells WHERE night = ?1 AND (?2 = '' OR target = ?2) GROUP BY clause",
           {Signed(night), target})) {
    Timings& timings = cells[row.Text(0)];
    for (size_t i = 0; i < timings.size(); ++i) timings[i] = Unsigned(row.Integer(i + 1));
  }
  return cells;
}

void Database::DropCellsBefore(uint32_t night) {
  connection_.Run("DELETE FROM cells WHERE night < ?", {Signed(night)});
}

void Database::SaveCanary(uint32_t night, const report::NightCanary& canary) {
  connection_.Run(
      "INSERT OR REPLACE INTO canaries VALUES(?,?,?,?,?)",
      {Signed(night), canary.rule, canary.module, int64_t{canary.found}, canary.seconds});
}

std::vector<report::NightCanary> Database::Canaries(uint32_t night) {
  std::vector<report::NightCanary> canaries;
  for (const SqlRow& row :
       connection_.Query("SELECT rule, module, found, seconds FROM canaries WHERE night = ?"
                         " ORDER BY rule, module",
                         {Signed(night)})) {
    canaries.push_back({row.Text(0), row.Text(1), row.Integer(2) != 0, row.Number(3)});
  }
  return canaries;
}

void Database::AddReplay(uint32_t night, const std::string& subject, const std::string& verdict) {
  connection_.Run("INSERT OR REPLACE INTO replays VALUES(?,?,?)",
                  {Signed(night), subject, verdict});
}

std::set<std::string> Database::Replayed(uint32_t night) {
  std::set<std::string> subjects;
  for (const SqlRow& row :
       connection_.Query("SELECT subject FROM replays WHERE night = ?", {Signed(night)})) {
    subjects.insert(row.Text(0));
  }
  return subjects;
}

void Database::AddFailure(uint32_t night, const std::string& text) {
  connection_.Run("INSERT OR IGNORE INTO failures VALUES(?,?)", {Signed(night), text});
}

std::vector<std::string> Database::Failures(uint32_t night) {
  std::vector<std::string> failures;
  for (const SqlRow& row : connection_.Query(
           "SELECT text FROM failures WHERE night = ? ORDER BY rowid", {Signed(night)})) {
    failures.push_back(row.Text(0));
  }
  return failures;
}

void Database::BeginJob(uint32_t night, const JobRow& job) {
  connection_.Run("INSERT OR REPLACE INTO jobs VALUES(?,?,?,?)",
                  {job.id, Signed(night), job.target, job.subject});
}

void Database::EndJob(const std::string& id) {
  connection_.Run("DELETE FROM jobs WHERE id = ?", {id});
}

std::vector<JobRow> Database::Jobs() {
  std::vector<JobRow> jobs;
  for (const SqlRow& row : connection_.Query("SELECT id, target, subject FROM jobs ORDER BY id")) {
    jobs.push_back({row.Text(0), row.Text(1), row.Text(2)});
  }
  return jobs;
}

uint64_t CountCells(const std::map<std::string, Database::Timings>& cells) {
  uint64_t count = 0;
  for (const auto& [clause, timings] : cells) {
    count += static_cast<uint64_t>(
        std::count_if(timings.begin(), timings.end(), [](uint64_t times) { return times != 0; }));
  }
  return count;
}

}  // namespace pendulum::nightly
