// An arm of a verification: what answers the decisions of its runs, and how the modules are built
// for them.
#ifndef PENDULUM_EXPLORE_ARM_H_
#define PENDULUM_EXPLORE_ARM_H_

#include <string>

#include "harness/module/module.h"

namespace pendulum::explore {

// How the modules are built for a run.
using Variant = module::Instrumentation;

struct Arm {
  std::string strategy = "default";  // as sched::MakeStrategy takes it
  Variant variant = Variant::kNone;
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_ARM_H_
