// The same modules as shared objects, once for each variant that runs ask for.
#ifndef PENDULUM_EXPLORE_MODULE_BUILDS_H_
#define PENDULUM_EXPLORE_MODULE_BUILDS_H_

#include <array>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "harness/explore/arm.h"
#include "harness/module/module.h"

namespace pendulum::explore {

class ModuleBuilds {
 public:
  using Paths = std::vector<std::string>;  // in the order of the server's module list

  ModuleBuilds() = default;
  // Modules without instrumentation.
  ModuleBuilds(std::initializer_list<std::string> plain) : ModuleBuilds(Paths(plain)) {}
  ModuleBuilds(Paths plain) { Set(Variant::kNone, std::move(plain)); }

  void Set(Variant variant, Paths paths) {
    paths_[static_cast<size_t>(variant)] = std::move(paths);
  }
  bool Has(Variant variant) const { return !paths_[static_cast<size_t>(variant)].empty(); }
  // Empty when there is no such build.
  const Paths& operator[](Variant variant) const { return paths_[static_cast<size_t>(variant)]; }
  // How the first build there is was made, for all that is the same in each.
  Variant first() const {
    for (size_t i = 0; i < paths_.size(); ++i) {
      if (!paths_[i].empty()) return static_cast<Variant>(i);
    }
    return Variant::kNone;
  }
  const Paths& any() const { return (*this)[first()]; }
  bool empty() const { return any().empty(); }

 private:
  std::array<Paths, module::kInstrumentations> paths_;
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_MODULE_BUILDS_H_
