#include "tests/spec/the_specification.h"

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

}  // namespace pendulum::oracle
