// An arm of a verification: what answers the decisions of its runs, and how the modules are built
// for them.
#ifndef PENDULUM_EXPLORE_ARM_H_
#define PENDULUM_EXPLORE_ARM_H_

#include <cstdint>
#include <string>

namespace pendulum::explore {

// How the modules are built for a run. The order is part of no file format.
enum class Variant : uint8_t {
  kPlain,  // as the user's flags say, nothing added
};

struct Arm {
  std::string strategy = "default";  // as sched::MakeStrategy takes it
  Variant variant = Variant::kPlain;
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_ARM_H_
