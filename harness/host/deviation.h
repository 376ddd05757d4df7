// Where mutants change what a call returns and what becomes of a completed operation. In the
// product's build these functions are empty.
#ifndef PENDULUM_HOST_DEVIATION_H_
#define PENDULUM_HOST_DEVIATION_H_

#include <cstdint>

#include "harness/host/mutant.h"
#include "harness/host/world.h"

namespace pendulum::host {

// What a call that starts an operation leaves behind.
struct OutParameters {
  HRESULT status = S_OK;
  uint32_t count = 0;
  bool count_written = false;
  bool flag = false;  // the pending flag
  bool flag_written = false;
};

// The call that returns.
struct ReturningCall {
  trace::OperationKind kind{};
  uint16_t id = trace::kNone16;
  bool async = false;
  bool pending = false;    // it has gone pending
  bool has_count = false;  // pointers that the module gave
  bool has_flag = false;
  uint32_t asked_bytes = 0;  // of the buffer, or of the chunks
};

#ifdef PENDULUM_MUTANTS

void DeviateReturn(const ReturningCall& call, OutParameters* out);
// Adds a completion that the call must not have.
void DeviateAfterReturn(Request* request, const ReturningCall& call, const OutParameters& out);
// Changes what a completion will say. Returns true when it is not to be delivered.
bool DeviateDelivery(Operation* operation);
// Delivers a completion for an IndicateCompletion.
void DeliverUnasked(Request* request, uint16_t id);
// What GetCompletionBytes said the last time; remembers `bytes` for the next.
uint32_t BytesOfLastCompletion(uint32_t bytes);
// Whether the operation is completed within the call that starts it, on the same worker.
bool CompletesWithinCall(trace::OperationKind kind);

#else

inline void DeviateReturn(const ReturningCall&, OutParameters*) {}
inline void DeviateAfterReturn(Request*, const ReturningCall&, const OutParameters&) {}
inline bool DeviateDelivery(Operation*) { return false; }
inline void DeliverUnasked(Request*, uint16_t) {}
inline uint32_t BytesOfLastCompletion(uint32_t bytes) { return bytes; }
inline bool CompletesWithinCall(trace::OperationKind) { return false; }

#endif

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_DEVIATION_H_
