#include "harness/oracle/trace_limits.h"

#include <map>
#include <set>

#include "harness/oracle/account.h"

namespace pendulum::oracle {
namespace {

using trace::Event;
using trace::EventKind;

bool Opens(EventKind kind) {
  return kind == EventKind::kNotificationEntered || kind == EventKind::kCompletionDelivered;
}
bool Closes(EventKind kind) {
  return kind == EventKind::kNotificationReturned || kind == EventKind::kCompletionReturned;
}

// What has been counted so far.
class Limits {
 public:
  // What the event is one too many of, or an empty string.
  std::string TooMany(const Event& event) {
    if (event.request != trace::kNone8 && event.request >= Account::kMaxRequests) {
      return std::to_string(Account::kMaxRequests) + " requests";
    }
    if (event.operation != trace::kNone16 && event.operation >= Account::kMaxOperations) {
      return std::to_string(Account::kMaxOperations) + " operations";
    }
    if (event.kind == EventKind::kNotificationEntered && ++deliveries_ > Account::kMaxDeliveries) {
      return std::to_string(Account::kMaxDeliveries) + " deliveries of notifications";
    }
    uint32_t& depth = depths_[event.worker];
    if (Opens(event.kind) && ++depth > Account::kMaxDepth) {
      return std::to_string(Account::kMaxDepth) + " handlers inside each other on one worker";
    }
    if (Closes(event.kind) && depth > 0) --depth;
    return "";
  }

  bool BeginsAgain(const Event& event) {
    const bool known = event.request == trace::kNone8 || !requests_.insert(event.request).second;
    return known && event.kind == EventKind::kRequestBegan;
  }

 private:
  uint32_t deliveries_ = 0;
  std::map<uint8_t, uint32_t> depths_;  // by worker
  std::set<uint8_t> requests_;
};

}  // namespace

platform::Status CheckTraceLimits(const trace::TraceFile& trace, const std::string& name) {
  Limits limits;
  for (size_t i = 0; i < trace.events.size(); ++i) {
    const Event& event = trace.events[i];
    const std::string place = name + ":" + std::to_string(trace.lines[i]) + ":1";
    if (const std::string most = limits.TooMany(event); !most.empty()) {
      return platform::Error{"a trace has " + most + " at most", place,
                             "record fewer requests in one file, all numbered from 0"};
    }
    if (limits.BeginsAgain(event) && trace.mode == trace::AbsentMode::kUnknown) {
      return platform::Error{
          "request " + std::to_string(event.request) + " begins, but an earlier line is of it",
          place, "give each request a number of its own, and let request.began come first"};
    }
  }
  return platform::OkStatus();
}

}  // namespace pendulum::oracle
