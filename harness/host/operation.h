// An asynchronous operation while it is outstanding, and the rules of its life: started by a call,
// completed by a transition, delivered on a worker of its own.
#ifndef PENDULUM_HOST_OPERATION_H_
#define PENDULUM_HOST_OPERATION_H_

#include <cstdint>
#include <vector>

#include "harness/host/guard.h"
#include "harness/sched/scheduler.h"
#include "harness/trace/event.h"
#include "httpserv.h"

namespace pendulum::host {

class World;
struct Request;

// Bytes of a response on their way to the client. Memory of the module is guarded while it waits,
// and `data` is then a copy: what is sent does not depend on what the module did to its memory.
struct Segment {
  const uint8_t* data = nullptr;
  uint32_t bytes = 0;
  uint16_t operation = trace::kNone16;  // the one that gave the memory
  Guard guard;
};

enum class OperationPhase : uint8_t {
  kFree,
  kPending,     // waits for its transition
  kQueued,      // has completed; waits for another delivery of its request to end
  kDelivering,  // has completed; a worker delivers it
};

struct Operation {
  World* world = nullptr;
  Request* request = nullptr;
  uint16_t id = trace::kNone16;
  trace::OperationKind kind = trace::OperationKind::kReadEntityBody;
  OperationPhase phase = OperationPhase::kFree;
  uint8_t slot = 0;
  bool cancelled = false;
  bool fill = false;       // reads: waits until the buffer can be filled
  bool null_flag = false;  // the call had no pending flag
  sched::TransitionId transition = sched::kNoTransition;

  // Where it was started: decides where its completion is delivered.
  uint8_t module = trace::kNone8;
  trace::Notification notification = trace::Notification::kBeginRequest;
  bool post = false;
  uint32_t delivery_serial = 0;

  uint8_t* buffer = nullptr;      // reads: where the bytes go
  uint32_t buffer_bytes = 0;      // reads: its size; writes: bytes of the call; posts: bytes given
  bool buffer_filled = false;     // reads: the bytes were put there
  Guard guard;                    // of the read's buffer, of the write's array of chunks
  std::vector<Segment> segments;  // writes and flushes: what is sent at completion
  uint32_t segment_bytes = 0;

  uint32_t completion_bytes = 0;
  HRESULT completion_status = S_OK;
  PFN_ASYNC_COMPLETION callback = nullptr;
  LPOVERLAPPED_COMPLETION_ROUTINE routine = nullptr;  // posts of version 3
  void* callback_context = nullptr;
  void* given_context = nullptr;  // what the call was given, to compare
};

// Outstanding at the same time, over all requests.
inline constexpr int kMaxOutstanding = 32;

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_OPERATION_H_
