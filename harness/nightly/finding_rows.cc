// Findings in the database.
#include <utility>

#include "harness/explore/json_text.h"
#include "harness/nightly/database.h"
#include "harness/nightly/life_cycle.h"
#include "harness/nightly/shown.h"

namespace pendulum::nightly {
namespace {

using report::LifeCycle;

constexpr const char* kSelect =
    "SELECT fingerprint, rule, level, title, message, fix, target, operation, timing, file, line,"
    " function, life_cycle, first_night, last_night, count, owner, expires, reason, minimised,"
    " note, shown FROM findings";

FindingRow FromRow(const SqlRow& row) {
  FindingRow found;
  report::NightFinding& finding = found.finding;
  size_t column = 0;
  for (std::string* text : {&finding.fingerprint, &finding.rule, &finding.level, &finding.title,
                            &finding.message, &finding.fix, &finding.target, &finding.operation,
                            &finding.timing, &finding.location.file}) {
    *text = row.Text(column++);
  }
  finding.location.line = static_cast<int>(row.Integer(column++));
  finding.location.function = row.Text(column++);
  finding.life_cycle = FindLifeCycle(row.Text(column++)).value_or(LifeCycle::kNew);
  finding.first_night = static_cast<uint32_t>(row.Integer(column++));
  finding.last_night = static_cast<uint32_t>(row.Integer(column++));
  finding.count = static_cast<uint64_t>(row.Integer(column++));
  for (std::string* text : {&finding.owner, &finding.expires, &finding.reason}) {
    *text = row.Text(column++);
  }
  found.minimised = row.Integer(column++) != 0;
  found.note = row.Text(column++);
  ReadShown(row.Text(column++), &finding);
  return found;
}

}  // namespace

std::vector<FindingRow> Database::Findings() {
  std::vector<FindingRow> findings;
  for (const SqlRow& row : connection_.Query(std::string(kSelect) + " ORDER BY fingerprint")) {
    findings.push_back(FromRow(row));
  }
  return findings;
}

std::optional<FindingRow> Database::Finding(const std::string& fingerprint) {
  const auto rows =
      connection_.Query(std::string(kSelect) + " WHERE fingerprint = ?", {fingerprint});
  if (rows.empty()) return std::nullopt;
  return FromRow(rows.front());
}

void Database::SaveFinding(const FindingRow& row) {
  const report::NightFinding& finding = row.finding;
  connection_.Run(
      "INSERT OR REPLACE INTO findings VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      {finding.fingerprint,
       finding.rule,
       finding.level,
       finding.title,
       finding.message,
       finding.fix,
       finding.target,
       finding.operation,
       finding.timing,
       finding.location.file,
       int64_t{finding.location.line},
       finding.location.function,
       std::string(report::LifeCycleName(finding.life_cycle)),
       int64_t{finding.first_night},
       int64_t{finding.last_night},
       static_cast<int64_t>(finding.count),
       finding.owner,
       finding.expires,
       finding.reason,
       int64_t{row.minimised},
       row.note,
       WriteShown(finding)});
}

void Database::AddSighting(const std::string& fingerprint, uint32_t night,
                           const std::string& target, uint64_t count) {
  connection_.Run(
      "INSERT INTO sightings VALUES(?,?,?,?) ON CONFLICT(fingerprint, night, target) DO UPDATE SET"
      " count = count + excluded.count",
      {fingerprint, int64_t{night}, target, static_cast<int64_t>(count)});
}

void Database::AddTransition(const std::string& fingerprint, uint32_t night, LifeCycle from,
                             LifeCycle to) {
  if (from == to) return;
  connection_.Run("INSERT INTO transitions VALUES(?,?,?,?)",
                  {fingerprint, int64_t{night}, std::string(report::LifeCycleName(from)),
                   std::string(report::LifeCycleName(to))});
}

}  // namespace pendulum::nightly
