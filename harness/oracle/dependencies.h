// From what of a trace each field of the vocabulary is computed: so that the oracle can tell which
// clauses it can't judge by a trace in which something was not recorded. One table,
// dependencies.inc; a test changes every field of every event and compares.
#ifndef PENDULUM_ORACLE_DEPENDENCIES_H_
#define PENDULUM_ORACLE_DEPENDENCIES_H_

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>

#include "harness/oracle/vocabulary.h"
#include "harness/trace/absence.h"

namespace pendulum::oracle {

// A set of sources: for each kind of event its fields, that it happened at all, its worker, and
// which operation it concerns.
inline constexpr int kSourcesOfKind = 32;
inline constexpr int kHappened = 29;
inline constexpr int kItsOperation = 30;
inline constexpr int kItsWorker = 31;
using SourceSet = std::bitset<64 * kSourcesOfKind>;

// The number of a source: that of a field in FieldsOf(kind), or one of the above.
constexpr size_t SourceOf(trace::EventKind kind, int which) {
  return static_cast<size_t>(kind) * kSourcesOfKind + static_cast<size_t>(which);
}

// What `fields` of an event of `kind` are as sources.
SourceSet SourcesOf(trace::EventKind kind, trace::FieldSet fields);
// All that events of a kind are a source of.
SourceSet EverySourceOf(trace::EventKind kind);

// How far one looks for sources: what other objects did makes no difference.
enum class Reach : uint8_t {
  kStructure,  // follows from the order and the numbers of the events: always known
  kEvent,      // the event itself
  kOperation,  // the events of the operation
  kRequest,    // the events of the request
  kRun,        // all events
};

struct Dependencies {
  Reach reach = Reach::kRun;
  SourceSet sources;
};

// Of a field of the vocabulary.
const Dependencies& DependenciesOf(const FieldInfo& field);

// What is wrong with the table: a field without an entry, a name that does not exist. Empty when
// nothing is; the program does not start with a wrong table.
std::string CheckDependencies();

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_DEPENDENCIES_H_
