// Judges the traces that this folder keeps.
#ifndef PENDULUM_TESTS_SPEC_JUDGE_H_
#define PENDULUM_TESTS_SPEC_JUDGE_H_

#include <set>
#include <string>
#include <string_view>

#include "harness/oracle/specification.h"
#include "harness/oracle/witness.h"
#include "harness/trace/json_lines.h"

namespace pendulum::oracle {

// The specification as it stands in spec/. Loaded at the first call; ends the program with the
// reason when it cannot be.
const Specification& TheSpecification();

// The trace of a file, or an empty one after a failure of the test.
trace::TraceFile ReadTraceFile(const std::string& path);

// The ids of the clauses that a trace breaks.
std::set<std::string> Broken(const Specification& specification, const trace::TraceFile& file);

// The ids of the clauses that it should break: `id`, if it is not empty, and those that the note
// lists after "; breaks as well: ".
std::set<std::string> BrokenAsNoted(const trace::TraceFile& file, const std::string& id = "");

inline constexpr std::string_view kWitnessFolder = PENDULUM_SOURCE_DIR "/tests/spec/witness/";
inline constexpr std::string_view kIdiomFolder = PENDULUM_SOURCE_DIR "/tests/spec/idioms/";

}  // namespace pendulum::oracle

#endif  // PENDULUM_TESTS_SPEC_JUDGE_H_
