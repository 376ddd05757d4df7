// The operation that a finding concerns, and how it completed: by these findings of different runs
// are told apart.
#ifndef PENDULUM_REPORT_CONCERN_H_
#define PENDULUM_REPORT_CONCERN_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "harness/explore/finding.h"

namespace pendulum::report {

struct Concern {
  std::string operation;    // "ReadEntityBody"; empty: none
  std::string_view timing;  // "inline", "after return", "before return"; empty: it did not complete
};

// `started_event` is the index of the event that started the operation, as a finding names it.
Concern ConcernOf(std::span<const explore::TracedEvent> trace, uint32_t started_event);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_CONCERN_H_
