// Violations as exploration tells them apart, and events in words.
#ifndef PENDULUM_EXPLORE_SIGHTING_H_
#define PENDULUM_EXPLORE_SIGHTING_H_

#include <cstdint>
#include <span>
#include <string>

#include "harness/explore/batch.h"
#include "harness/oracle/oracle.h"
#include "harness/trace/event.h"
#include "harness/trace/recorder.h"

namespace pendulum::explore {

// The clause, the kind of operation and the place in the module of a violation. Counts are 0.
Sighting SightingOf(const oracle::Violation& violation, std::span<const trace::Event> events,
                    std::span<const trace::Site> sites);

inline bool SamePlace(const Sighting& left, const Sighting& right) {
  return left.clause == right.clause && left.operation_kind == right.operation_kind &&
         left.site.offset == right.site.offset && left.site.image == right.site.image;
}

// Names a run for messages: "scenario get, run 7", and its strategy where there are several arms.
std::string RunName(const Setup& setup, const std::string& scenario, size_t arm, uint64_t run);

// Where two runs that should be the same first differ, in one sentence. nullptr: that run has
// ended.
std::string DescribeDifference(uint32_t index, const trace::Event* first,
                               const trace::Event* second);

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_SIGHTING_H_
