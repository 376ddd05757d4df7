#include "harness/host/steps.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "harness/host/mutant.h"

namespace pendulum::host {
namespace {

using trace::Notification;

// Whether the modules registered what they registered in the run before, as they nearly always do;
// remembers what they registered now.
bool SameRegistrations(World* world) {
  bool same = world->registered.size() == world->modules.size();
  world->registered.resize(world->modules.size());
  for (size_t i = 0; i < world->modules.size(); ++i) {
    const LoadedModule& module = world->modules[i];
    Registered now;
    now.has_factory = module.factory != nullptr;
    now.notifications = module.notifications;
    now.post_notifications = module.post_notifications;
    std::copy(std::begin(module.priority), std::end(module.priority), now.priorities.begin());
    std::copy(std::begin(module.post_priority), std::end(module.post_priority),
              now.priorities.begin() + trace::kNotificationCount);
    same = same && now == world->registered[i];
    world->registered[i] = now;
  }
  return same;
}

bool Before(uint8_t priority, uint8_t other) {
  return priority < other || (priority == other && Mutant(kSamePriorityReversed));
}

}  // namespace

void BuildSteps(World* world) {
  const auto add = [world](std::vector<Step>* steps, Notification notification, bool post) {
    const auto index = static_cast<size_t>(notification);
    const size_t first = steps->size();
    for (size_t m = 0; m < world->modules.size(); ++m) {
      const LoadedModule& module = world->modules[m];
      const uint32_t mask = post ? module.post_notifications : module.notifications;
      const bool wanted = (mask & trace::BitOf(notification)) != 0 || Mutant(kNotificationUnasked);
      if (!wanted || module.factory == nullptr) continue;
      steps->push_back({notification, post, static_cast<uint8_t>(m)});
    }
    const auto priority = [&](const Step& step) {
      const LoadedModule& module = world->modules[step.module];
      if (Mutant(kPriorityIgnored)) return uint8_t{0};
      return (post ? module.post_priority : module.priority)[index];
    };
    // Few elements, in place: std::stable_sort would allocate.
    for (size_t i = first + 1; i < steps->size(); ++i) {
      for (size_t j = i; j > first && Before(priority((*steps)[j]), priority((*steps)[j - 1]));
           --j) {
        std::swap((*steps)[j], (*steps)[j - 1]);
      }
    }
  };
  if (SameRegistrations(world)) return;
  world->steps.clear();
  for (int i = 0; i < trace::kDeterministicNotificationCount; ++i) {
    const auto notification = static_cast<Notification>(i);
    if (Mutant(kPostBeforeNotification)) add(&world->steps, notification, true);
    add(&world->steps, notification, false);
    if (!Mutant(kPostBeforeNotification)) add(&world->steps, notification, true);
  }
  if (Mutant(kOrderSwapped)) std::swap(world->steps.front(), world->steps.back());
  world->send_steps.clear();
  add(&world->send_steps, Notification::kSendResponse, false);
  // Priorities are inverted for RQ_SEND_RESPONSE: the highest is called last.
  if (!Mutant(kSendPriorityUpright)) {
    std::reverse(world->send_steps.begin(), world->send_steps.end());
  }
  world->read_steps.clear();
  add(&world->read_steps, Notification::kReadEntity, false);
  world->map_path_steps.clear();
  add(&world->map_path_steps, Notification::kMapPath, false);
  world->custom_steps.clear();
  add(&world->custom_steps, Notification::kCustomNotification, false);
}

}  // namespace pendulum::host
