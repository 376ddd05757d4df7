// A small part of SQLite: statements with values, rows, transactions.
#ifndef PENDULUM_NIGHTLY_SQLITE_H_
#define PENDULUM_NIGHTLY_SQLITE_H_

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "harness/platform/result.h"

struct sqlite3;

namespace pendulum::nightly {

// What is bound to a "?" of a statement.
using SqlValue = std::variant<int64_t, double, std::string>;

// A column is empty text and 0 where it is NULL.
class SqlRow {
 public:
  explicit SqlRow(std::vector<SqlValue> columns) : columns_(std::move(columns)) {}
  int64_t Integer(size_t column) const;
  double Number(size_t column) const;
  std::string Text(size_t column) const;

 private:
  std::vector<SqlValue> columns_;
};

// A connection. The first error stays: later statements do nothing, so that code writes everything
// first and asks once, at the end.
class Sqlite {
 public:
  // Errors name the file: it is no database, is damaged, or can't be read or written. Nothing of an
  // existing file is changed by opening it. With `create` one is made where there is none.
  static platform::Result<Sqlite> Open(const std::string& path, bool create);

  Sqlite(Sqlite&&) noexcept;
  Sqlite& operator=(Sqlite&&) noexcept;
  ~Sqlite();

  void Run(std::string_view sql, std::initializer_list<SqlValue> values = {});
  std::vector<SqlRow> Query(std::string_view sql, std::initializer_list<SqlValue> values = {});

  // Runs `body` in one transaction: all of its statements count, or none, even when the process is
  // killed. The error is the first of its statements', and clears.
  platform::Status Atomically(const std::function<void()>& body);

  // The first error since the last call, which clears it.
  platform::Status TakeError();

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  Sqlite(std::string path, sqlite3* connection) : path_(std::move(path)), connection_(connection) {}
  void Fail(int code);

  std::string path_;
  std::unique_ptr<sqlite3, Close> connection_;
  std::optional<platform::Error> error_;
};

}  // namespace pendulum::nightly

#endif  // PENDULUM_NIGHTLY_SQLITE_H_
