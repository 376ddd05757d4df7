// A run that the module did not survive, in words and as the last event of its trace.
#ifndef PENDULUM_EXPLORE_INCIDENT_H_
#define PENDULUM_EXPLORE_INCIDENT_H_

#include <string>
#include <utility>
#include <vector>

#include "harness/explore/batch.h"
#include "harness/explore/supervisor.h"
#include "harness/trace/recorder.h"

namespace pendulum::explore {

struct Incident {
  std::string clause;   // MODULE-CRASH, MODULE-HANG
  std::string message;  // what happened, one sentence
  trace::Site site;
  trace::Site handler;  // the handler that was entered last, for when the site has no line
  std::vector<trace::Site> frames;  // of the module's code, innermost first
  // Further stacks of the module's code, each with what it shows: "freed".
  std::vector<std::pair<std::string, std::vector<trace::Site>>> stacks;
  // It was the harness that failed, with no code of the module involved: a mistake of ours.
  bool harness_failed = false;
};

// Describes how a batch ended (kCrashed or kHung) and appends the event that says so to its trace.
Incident DescribeIncident(const Setup& setup, BatchEnd end, BatchState* state);

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_INCIDENT_H_
