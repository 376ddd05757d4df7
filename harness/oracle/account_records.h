// What an account consists of: a structure for each operation, delivery, request, module, context
// and handler call of a run.
#ifndef PENDULUM_ORACLE_ACCOUNT_RECORDS_H_
#define PENDULUM_ORACLE_ACCOUNT_RECORDS_H_

#include <array>
#include <cstdint>

#include "harness/oracle/vocabulary.h"
#include "harness/trace/event.h"
#include "harness/trace/method.h"

namespace pendulum::oracle {

// Slots_operation, Slots_request …: the fields of vocabulary.inc by their names, all zero at first.
#define OBJECT(name, events, meaning) struct Slots_##name {
#define FIELD(object, name, type, events, meaning) int64_t name = 0;
#define END(object) \
  }                 \
  ;
#include "harness/oracle/vocabulary.inc"
#undef OBJECT
#undef FIELD
#undef END

// The timing class of an operation, for coverage.
enum class Timing : uint8_t { kInline = 0, kAfterReturn = 1, kBeforeReturn = 2, kNone = 3 };
inline constexpr int kTimings = 4;

struct DeliveryAccount {
  Slots_delivery slots;
  int32_t older = -1;  // the delivery of the same request before this one, or -1
  uint8_t request = 0;
};

struct OperationAccount {
  Slots_operation slots;
  int32_t delivery = -1;       // index of the delivery in which it was started, or -1
  uint32_t called_event = 0;   // index of the event that called it
  uint32_t execute_flags = 0;  // ExecuteRequest: dwExecuteFlags and trace::kUserGiven
  uint32_t frame_token = 0;    // of the handler call that called it; 0 for none
  uint8_t frame_depth = 0;
  uint8_t request = 0;
  uint32_t completions_over = 0;  // completions delivered whose handler call has returned
  bool late = false;              // called when its delivery had been given its final status
  int32_t outer = -1;  // the operation in whose call, on the same worker, it was called, or -1
  Timing timing = Timing::kNone;
};

// A header of the response, as the modules made it.
struct HeaderAccount {
  uint32_t name_digest = 0;
  uint32_t set_digest = 0;
  int32_t set_bytes = 0;
  int32_t parts = 0;
  bool set = false;
  bool cleared = false;
  bool server_by_id = false;
};
inline constexpr int kMaxHeaders = 16;
inline constexpr uint32_t kMaxModules = 64;

struct RequestAccount {
  Slots_request slots;
  uint64_t told = 0;          // the modules told of the notification at the last place, a bit each
  bool any_disabled = false;  // DisableNotifications was called
  uint8_t created[kMaxModules] = {};
  uint8_t disposed[kMaxModules] = {};
  int32_t newest_delivery = -1;       // or -1
  int32_t last_placed_delivery = -1;  // the last with a place in the pipeline, or -1
  uint64_t last_data_modules = 0;     // a bit for each module that announced the last data
  int32_t headers = 0;                // how many `header` has; more than kMaxHeaders: unknown
  HeaderAccount header[kMaxHeaders];
};

// A module, with the priorities that it set (-1: none) for events, post-events and global
// notifications.
struct ModuleAccount {
  Slots_registration slots;
  uint32_t id = 0;  // what GetId gave last
  std::array<std::array<int8_t, trace::kNotificationCount>, 3> priorities = NoPriorities();

  static constexpr std::array<std::array<int8_t, trace::kNotificationCount>, 3> NoPriorities() {
    std::array<std::array<int8_t, trace::kNotificationCount>, 3> none = {};
    for (auto& table : none) table.fill(-1);
    return none;
  }
};
static_assert(trace::kNotificationCount == trace::kGlobalNotificationCount);

// Whom a call on a worker has told of what it raises, by notification without a place.
struct Raised {
  uint32_t run = 0;
  uint32_t token = 0;  // of the frame in which the call is made
  uint64_t told[trace::kNotificationCount - trace::kDeterministicNotificationCount] = {};
};

// The same of global notifications.
struct GlobalRounds {
  uint32_t run = 0;
  uint32_t status = 0;   // what the last handler returned
  uint16_t handled = 0;  // a bit for each notification: GL_NOTIFICATION_HANDLED was returned
  uint64_t told[trace::kGlobalNotificationCount] = {};
};

struct StoredContext {
  uint32_t place = 0;
  bool known = false;
  bool dispensed = false;
  uint32_t cleanups = 0;
  uint32_t notifications = 0;
};

struct ContextPlace {
  uint32_t place = 0;
  uint32_t number = 0;  // of the context that it holds, or 0
  uint32_t before = 0;  // of the one that the last one took the place of
};

// A handler or OnAsyncCompletion on a worker's stack.
struct HandlerFrame {
  Slots_handler slots;
  int32_t delivery = -1;
  uint32_t token = 0;  // unique in the run, from 1
  uint8_t request = 0;
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_ACCOUNT_RECORDS_H_
