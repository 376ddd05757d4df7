// The specification: the clauses of spec/*.json, type-checked and compiled when they are loaded.
#ifndef PENDULUM_ORACLE_SPECIFICATION_H_
#define PENDULUM_ORACLE_SPECIFICATION_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/platform/result.h"

namespace pendulum::oracle {

enum class Subject : uint8_t { kHost, kModule };
enum class Level : uint8_t { kMust, kShould, kMay };
enum class Basis : uint8_t { kDocumented, kDerived, kObserved };

// "host", "module"; "must", "should", "may"; "documented", "derived", "observed".
std::string_view SubjectName(Subject subject);
std::string_view LevelName(Level level);
std::string_view BasisName(Basis basis);

struct Source {
  std::string page;                     // "ihttprequest-readentitybody-method.md"
  std::string section;                  // "Remarks"
  std::vector<std::string> statements;  // "READ-07"
};

// One of the readings that the documentation leaves open, or contradicts itself about.
struct Reading {
  std::string text;  // completes "passes only if …": "the end of the body arrives inline"
  std::string when;  // the expression that holds where this reading is seen
};

// What a clause says to a person. Its compiled form is the oracle's own business.
struct Clause {
  std::string id;     // "READ-07", "MODULE-PENDING-NOTHING"
  std::string title;  // one sentence, without a full stop
  Subject subject = Subject::kHost;
  Level level = Level::kMust;
  Basis basis = Basis::kDocumented;
  std::vector<Source> sources;
  std::string rationale;
  std::string fix;       // for module clauses: the shortest change that mends it
  std::string on;        // event names, joined by ", "
  std::string for_each;  // "operation", "request", "delivery" or empty
  std::string when, require, message;
  std::vector<Reading> readings;  // none, or two to eight
  std::string file;               // that it came from, as errors name it: "spec/write.json"
  std::string group;              // the stem of its name: "write"
};

// A reading of a clause.
struct ReadingPlace {
  uint16_t clause = 0;  // index in the specification
  uint16_t index = 0;   // in Clause::readings
};

// As many readings as a specification can have.
inline constexpr int kMaxReadings = 128;
// A bit for each reading.
using ReadingSet = unsigned __int128;

// As many bytes as a file of a specification can have: eighty times the longest built-in one.
inline constexpr size_t kMaxSpecificationBytes = size_t{4} << 20;

// The text of a specification file, and the name that errors give it.
struct SpecificationText {
  std::string_view name;
  std::string_view text;
};

class Specification {
 public:
  // Reads every *.json file of `folder` (not of its subfolders) but statements.json,
  // not-checked.json and documentation.json in the order of their names, then those of each of
  // `more`, which are folders or files. The error names file, line, column, what was expected, and
  // a suggestion for a misspelt name.
  static platform::Result<Specification> Load(const std::string& folder,
                                              std::span<const std::string> more = {});
  // The same from texts in memory.
  static platform::Result<Specification> FromTexts(std::span<const SpecificationText> texts);
  // The specification built into the program (spec/*.json at build time).
  static const Specification& BuiltIn();
  // The built-in clauses, then those of each of `more`, which are folders or files as for Load. A
  // clause may not have the id of another.
  static platform::Result<Specification> BuiltInWith(std::span<const std::string> more);

  Specification(Specification&&) noexcept;
  Specification& operator=(Specification&&) noexcept;
  ~Specification();

  std::span<const Clause> clauses() const;
  // The index of the clause with this id, or -1.
  int Find(std::string_view id) const;
  // The readings of all clauses, in the order of the clauses; at most kMaxReadings.
  std::span<const ReadingPlace> readings() const;
  // A hash of the text of all clauses: names the version of the specification in replay files.
  uint64_t hash() const;

  struct Compiled;
  const Compiled& compiled() const { return *compiled_; }

 private:
  Specification();
  platform::Status ReadTexts(std::span<const SpecificationText> texts);
  platform::Status ReadPaths(std::span<const std::string> paths);
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_SPECIFICATION_H_
