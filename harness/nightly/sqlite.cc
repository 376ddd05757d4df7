#include "harness/nightly/sqlite.h"

#include <sqlite3.h>

#include <utility>

namespace pendulum::nightly {

using platform::Error;
using platform::Status;

namespace {

constexpr int kBusyMs = 5000;

// What a person can do about an error of SQLite.
std::string RemedyFor(int code) {
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return "the disk is full, or the file may not grow: make room, then start again";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return "let this user write the file and its folder, or name another place";
    case SQLITE_NOTADB:
      return "it is no SQLite database and is left as it is: move it away, or name another file";
    case SQLITE_CORRUPT:
      return "it is damaged and left as it is: put a copy in its place, or move it away and begin "
             "anew; `sqlite3 FILE .recover` shows what can still be read";
    case SQLITE_BUSY:
      return "another process uses it: wait for its end";
    case SQLITE_IOERR:
      return "the disk is full or failing, or the file may not grow";
    default:
      return "";
  }
}

Error ErrorOf(int code, const char* message, const std::string& path) {
  return Error{std::string("the database can't be used: ") + message, path, RemedyFor(code)};
}

class Statement {
 public:
  Statement(sqlite3* connection, std::string_view sql) {
    code_ = sqlite3_prepare_v2(connection, sql.data(), static_cast<int>(sql.size()), &statement_,
                               nullptr);
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  int code() const { return code_; }

  void Bind(int index, const SqlValue& value) {
    if (code_ != SQLITE_OK) return;
    if (const auto* integer = std::get_if<int64_t>(&value)) {
      code_ = sqlite3_bind_int64(statement_, index, *integer);
    } else if (const auto* number = std::get_if<double>(&value)) {
      code_ = sqlite3_bind_double(statement_, index, *number);
    } else {
      const std::string& text = *std::get_if<std::string>(&value);
      code_ = sqlite3_bind_text(statement_, index, text.data(), static_cast<int>(text.size()),
                                SQLITE_TRANSIENT);
    }
  }

  // Whether there is another row.
  bool Step() {
    if (code_ != SQLITE_OK) return false;
    const int stepped = sqlite3_step(statement_);
    if (stepped != SQLITE_ROW && stepped != SQLITE_DONE) code_ = stepped;
    return stepped == SQLITE_ROW;
  }

  SqlRow Row() const {
    std::vector<SqlValue> columns;
    for (int i = 0; i < sqlite3_column_count(statement_); ++i) columns.push_back(Column(i));
    return SqlRow(std::move(columns));
  }

 private:
  SqlValue Column(int i) const {
    switch (sqlite3_column_type(statement_, i)) {
      case SQLITE_INTEGER:
        return static_cast<int64_t>(sqlite3_column_int64(statement_, i));
      case SQLITE_FLOAT:
        return sqlite3_column_double(statement_, i);
      case SQLITE_NULL:
        return std::string();
      default: {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, i));
        const auto bytes = static_cast<size_t>(sqlite3_column_bytes(statement_, i));
        return text == nullptr ? std::string() : std::string(text, bytes);
      }
    }
  }

  sqlite3_stmt* statement_ = nullptr;
  int code_ = SQLITE_OK;
};

}  // namespace

int64_t SqlRow::Integer(size_t column) const {
  const auto* integer = std::get_if<int64_t>(&columns_.at(column));
  return integer == nullptr ? 0 : *integer;
}

double SqlRow::Number(size_t column) const {
  const auto* number = std::get_if<double>(&columns_.at(column));
  return number == nullptr ? static_cast<double>(Integer(column)) : *number;
}

std::string SqlRow::Text(size_t column) const {
  const auto* text = std::get_if<std::string>(&columns_.at(column));
  return text == nullptr ? "" : *text;
}

void Sqlite::Close::operator()(sqlite3* connection) const { sqlite3_close(connection); }

Sqlite::Sqlite(Sqlite&&) noexcept = default;
Sqlite& Sqlite::operator=(Sqlite&&) noexcept = default;
Sqlite::~Sqlite() = default;

platform::Result<Sqlite> Sqlite::Open(const std::string& path, bool create) {
  sqlite3* connection = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(path.c_str(), &connection, flags, nullptr);
  Sqlite opened(path, connection);
  if (connection == nullptr) return Error{"the database can't be opened: no memory", path, ""};
  if (code != SQLITE_OK) return ErrorOf(code, sqlite3_errmsg(connection), path);
  sqlite3_busy_timeout(connection, kBusyMs);
  // Files that are not writable are opened for reading only, and would fail at the first change.
  if (sqlite3_db_readonly(connection, "main") == 1) {
    return ErrorOf(SQLITE_READONLY, "it can't be written", path);
  }
  return opened;
}

void Sqlite::Fail(int code) {
  if (!error_.has_value()) error_ = ErrorOf(code, sqlite3_errmsg(connection_.get()), path_);
}

void Sqlite::Run(std::string_view sql, std::initializer_list<SqlValue> values) {
  Query(sql, values);
}

std::vector<SqlRow> Sqlite::Query(std::string_view sql, std::initializer_list<SqlValue> values) {
  std::vector<SqlRow> rows;
  if (error_.has_value()) return rows;
  Statement statement(connection_.get(), sql);
  int index = 0;
  for (const SqlValue& value : values) statement.Bind(++index, value);
  while (statement.Step()) rows.push_back(statement.Row());
  if (statement.code() != SQLITE_OK) Fail(statement.code());
  return rows;
}

Status Sqlite::Atomically(const std::function<void()>& body) {
  Run("BEGIN IMMEDIATE");
  body();
  Run("COMMIT");
  Status status = TakeError();
  // SQLite has ended the transaction itself after some errors.
  if (!status.ok() && sqlite3_get_autocommit(connection_.get()) == 0) {
    Run("ROLLBACK");
    (void)TakeError();
  }
  return status;
}

Status Sqlite::TakeError() {
  if (!error_.has_value()) return platform::OkStatus();
  Error error = *std::exchange(error_, std::nullopt);
  return error;
}

}  // namespace pendulum::nightly
