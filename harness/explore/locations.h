// Source lines of sites, looked up for many at once: each look-up starts a program.
#ifndef PENDULUM_EXPLORE_LOCATIONS_H_
#define PENDULUM_EXPLORE_LOCATIONS_H_

#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "harness/explore/module_builds.h"
#include "harness/module/module.h"
#include "harness/trace/recorder.h"

namespace pendulum::explore {

class Locations {
 public:
  explicit Locations(ModuleBuilds modules) : modules_(std::move(modules)) {}

  // Notes a site of a variant that Of will be asked for.
  void Want(Variant variant, trace::Site site);
  // Looks up all that are wanted and not known yet.
  void Resolve();
  // The line of a site that was wanted and resolved; line 0 when it is not known.
  module::Location Of(Variant variant, trace::Site site) const;

 private:
  using Key = std::tuple<Variant, uint32_t, uint32_t>;  // image, offset
  ModuleBuilds modules_;
  std::map<Key, module::Location> known_;
  std::vector<Key> wanted_;
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_LOCATIONS_H_
