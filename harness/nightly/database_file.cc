// Opening the file: whose it is, whether it is whole, and the tables of a new one.
#include <filesystem>

#include "harness/nightly/database.h"

namespace pendulum::nightly {
namespace {

using platform::Error;
using platform::Status;

constexpr int64_t kApplicationId = 0x50454E44;  // "PEND"
constexpr int64_t kVersion = 1;

constexpr const char* kTables[] = {
    R"(CREATE TABLE nights(
  number INTEGER PRIMARY KEY, date TEXT NOT NULL, alive_s INTEGER NOT NULL,
  budget_ms INTEGER NOT NULL, elapsed_ms INTEGER NOT NULL, phase INTEGER NOT NULL,
  resumed INTEGER NOT NULL, broken_off INTEGER NOT NULL, executions INTEGER NOT NULL DEFAULT 0,
  cells INTEGER NOT NULL DEFAULT 0, corpus_inputs INTEGER NOT NULL DEFAULT 0,
  open_findings INTEGER NOT NULL DEFAULT 0, new_findings INTEGER NOT NULL DEFAULT 0))",
    R"(CREATE TABLE targets(
  night INTEGER NOT NULL, name TEXT NOT NULL, failure TEXT NOT NULL, given_ms INTEGER NOT NULL,
  executions INTEGER NOT NULL, corpus_inputs INTEGER NOT NULL,
  corpus_inputs_before INTEGER NOT NULL, restarts INTEGER NOT NULL, slices INTEGER NOT NULL,
  PRIMARY KEY(night, name)))",
    R"(CREATE TABLE findings(
  fingerprint TEXT PRIMARY KEY, rule TEXT NOT NULL, level TEXT NOT NULL, title TEXT NOT NULL,
  message TEXT NOT NULL, fix TEXT NOT NULL, target TEXT NOT NULL, operation TEXT NOT NULL,
  timing TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, function TEXT NOT NULL,
  life_cycle TEXT NOT NULL, first_night INTEGER NOT NULL, last_night INTEGER NOT NULL,
  count INTEGER NOT NULL, owner TEXT NOT NULL, expires TEXT NOT NULL, reason TEXT NOT NULL,
  minimised INTEGER NOT NULL, note TEXT NOT NULL, shown TEXT NOT NULL))",
    R"(CREATE TABLE sightings(
  fingerprint TEXT NOT NULL, night INTEGER NOT NULL, target TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY(fingerprint, night, target)))",
    R"(CREATE TABLE transitions(
  fingerprint TEXT NOT NULL, night INTEGER NOT NULL, came_from TEXT NOT NULL,
  went_to TEXT NOT NULL))",
    R"(CREATE TABLE cells(
  night INTEGER NOT NULL, target TEXT NOT NULL, clause TEXT NOT NULL, inline INTEGER NOT NULL,
  after_return INTEGER NOT NULL, before_return INTEGER NOT NULL, none INTEGER NOT NULL,
  PRIMARY KEY(night, target, clause)))",
    R"(CREATE TABLE canaries(
  night INTEGER NOT NULL, rule TEXT NOT NULL, module TEXT NOT NULL, found INTEGER NOT NULL,
  seconds REAL NOT NULL, PRIMARY KEY(night, rule, module)))",
    R"(CREATE TABLE replays(
  night INTEGER NOT NULL, subject TEXT NOT NULL, verdict TEXT NOT NULL,
  PRIMARY KEY(night, subject)))",
    R"(CREATE TABLE failures(
  night INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY(night, text)))",
    R"(CREATE TABLE jobs(
  id TEXT PRIMARY KEY, night INTEGER NOT NULL, target TEXT NOT NULL, subject TEXT NOT NULL))",
};

int64_t Number(Sqlite* connection, const char* sql) {
  const std::vector<SqlRow> rows = connection->Query(sql);
  return rows.empty() ? 0 : rows.front().Integer(0);
}

Status MakeTables(Sqlite* connection) {
  return connection->Atomically([&] {
    for (const char* table : kTables) connection->Run(table);
    connection->Run("PRAGMA application_id = " + std::to_string(kApplicationId));
    connection->Run("PRAGMA user_version = " + std::to_string(kVersion));
  });
}

// Whether it is ours and whole.
Status Check(Sqlite* connection, const std::string& path) {
  const int64_t application = Number(connection, "PRAGMA application_id");
  const int64_t version = Number(connection, "PRAGMA user_version");
  if (auto read = connection->TakeError(); !read.ok()) return read;
  if (application != kApplicationId) {
    return Error{"this SQLite database belongs to another program", path,
                 "it is left as it is: name another file"};
  }
  if (version != kVersion) {
    return Error{"the database is of version " + std::to_string(version) +
                     ", and this program reads version " + std::to_string(kVersion),
                 path, "use the program that wrote it, or move it away and begin anew"};
  }
  const std::vector<SqlRow> rows = connection->Query("PRAGMA quick_check(1)");
  if (auto read = connection->TakeError(); !read.ok()) return read;
  if (rows.empty() || rows.front().Text(0) != "ok") {
    return Error{"the database is damaged: " + (rows.empty() ? "" : rows.front().Text(0)), path,
                 "it is left as it is: put a copy in its place, or move it away and begin anew; "
                 "`sqlite3 FILE .recover` shows what can still be read"};
  }
  return platform::OkStatus();
}

}  // namespace

platform::Result<Database> Database::Open(const std::string& path) {
  auto opened = Sqlite::Open(path, true);
  if (!opened.ok()) return opened.error();
  Sqlite& connection = *opened;
  // A process that was killed at once leaves a file without tables.
  const int64_t tables = Number(&connection, "SELECT count(*) FROM sqlite_master");
  if (auto read = connection.TakeError(); !read.ok()) return read.error();
  const bool is_new = tables == 0 && Number(&connection, "PRAGMA application_id") == 0 &&
                      Number(&connection, "PRAGMA user_version") == 0;
  if (!is_new) {
    if (auto checked = Check(&connection, path); !checked.ok()) return checked.error();
  }
  connection.Run("PRAGMA journal_mode = WAL");
  connection.Run("PRAGMA synchronous = FULL");
  if (auto set = connection.TakeError(); !set.ok()) return set.error();
  if (is_new) {
    if (auto made = MakeTables(&connection); !made.ok()) return made.error();
  }
  return Database(std::move(connection));
}

}  // namespace pendulum::nightly
