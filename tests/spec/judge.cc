#include "tests/spec/judge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace pendulum::oracle {

const Specification& TheSpecification() {
  static const Specification* const specification = [] {
    auto loaded = Specification::Load(PENDULUM_SOURCE_DIR "/spec");
    if (!loaded.ok()) {
      std::fprintf(stderr, "%s\n", loaded.error().Text().c_str());
      std::exit(1);
    }
    return new Specification(std::move(loaded).value());
  }();
  return *specification;
}

trace::TraceFile ReadTraceFile(const std::string& path) {
  auto file = trace::LoadTrace(path);
  if (file.ok()) return std::move(file).value();
  ADD_FAILURE() << file.error().Text();
  return {};
}

std::set<std::string> Broken(const Specification& specification, const trace::TraceFile& file) {
  std::set<std::string> ids;
  for (const Violation& violation : JudgeTrace(specification, file).violations) {
    ids.insert(specification.clauses()[violation.clause].id);
  }
  return ids;
}

std::set<std::string> BrokenAsNoted(const trace::TraceFile& file, const std::string& id) {
  constexpr std::string_view kAlso = "; breaks as well: ";
  const std::string& note = file.note;
  std::set<std::string> ids;
  if (!id.empty()) ids.insert(id);
  size_t start = note.find(kAlso);
  if (start == std::string::npos) return ids;
  for (start += kAlso.size(); start < note.size();) {
    const size_t end = std::min(note.find(", ", start), note.size());
    ids.insert(note.substr(start, end - start));
    start = end + 2;
  }
  return ids;
}

}  // namespace pendulum::oracle
