#include "tests/spec/judge.h"

#include <gtest/gtest.h>

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

}  // namespace pendulum::oracle
