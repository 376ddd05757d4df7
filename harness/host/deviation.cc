#include "harness/host/deviation.h"

#include <utility>

#include "harness/host/body.h"
#include "harness/host/pipeline.h"

namespace pendulum::host {
namespace {

using trace::OperationKind;

// By kind of operation: read, write, flush.
constexpr MutantOf kOddSuccess = {kReadOddSuccess, kWriteOddSuccess, kFlushOddSuccess};
constexpr MutantOf kSyncFlagged = {kReadSyncFlagged, kWriteSyncFlagged, kFlushSyncFlagged};
constexpr MutantOf kFailureFlagged = {kReadFailureFlagged, kWriteFailureFlagged,
                                      kFlushFailureFlagged};
constexpr MutantOf kInlineFlagged = {kReadInlineFlagged, kWriteInlineFlagged, kFlushInlineFlagged};
constexpr MutantOf kPendingUnflagged = {kReadPendingUnflagged, kWritePendingUnflagged,
                                        kFlushPendingUnflagged};
constexpr MutantOf kPendingFails = {kReadPendingFails, kWritePendingFails, kFlushPendingFails};
constexpr MutantOf kFailureHidden = {kReadFailureHidden, kWriteFailureHidden, kFlushFailureHidden};
constexpr MutantOf kCountUntouched = {kReadCountUntouched, kWriteCountUntouched,
                                      kFlushCountUntouched};
constexpr MutantOf kCountTooFew = {kReadCountTooFew, kWriteCountTooFew, kFlushCountTooFew};
constexpr MutantOf kCountTooMany = {kReadCountTooMany, kWriteCountTooMany, kFlushCountTooMany};
constexpr MutantOf kCountWhilePending = {kReadCountWhilePending, kWriteCountWhilePending,
                                         kFlushCountWhilePending};
constexpr MutantOf kSyncCompletes = {kReadSyncCompletes, kWriteSyncCompletes, kFlushSyncCompletes};
constexpr MutantOf kInlineCompletes = {kReadInlineCompletes, kWriteInlineCompletes,
                                       kFlushInlineCompletes};
constexpr MutantOf kFailureCompletes = {kReadFailureCompletes, kWriteFailureCompletes,
                                        kFlushFailureCompletes};

constexpr MutantOf kTwice = {kReadCompletionTwice, kWriteCompletionTwice, kFlushCompletionTwice};
constexpr MutantOf kNever = {kReadCompletionNever, kWriteCompletionNever, kFlushCompletionNever};
constexpr MutantOf kNeverNullFlag = {kReadNullFlagNever, kWriteNullFlagNever, kFlushNullFlagNever};
constexpr MutantOf kElsewhere = {kReadCompletionElsewhere, kWriteCompletionElsewhere,
                                 kFlushCompletionElsewhere};
constexpr MutantOf kPostInverted = {kReadCompletionPostInverted, kWriteCompletionPostInverted,
                                    kFlushCompletionPostInverted};
constexpr MutantOf kOddCompletion = {kReadCompletionOddSuccess, kWriteCompletionOddSuccess,
                                     kFlushCompletionOddSuccess};
constexpr MutantOf kStatusLost = {kReadCompletionStatusLost, kWriteCompletionStatusLost,
                                  kFlushCompletionStatusLost};
constexpr MutantOf kBytesTooFew = {kReadCompletionTooFew, kWriteCompletionTooFew,
                                   kFlushCompletionTooFew};
constexpr MutantOf kBytesTooMany = {kReadCompletionTooMany, kWriteCompletionTooMany,
                                    kFlushCompletionTooMany};
constexpr MutantOf kAbortedUnasked = {kReadAbortedUnasked, kWriteAbortedUnasked,
                                      kFlushAbortedUnasked};
constexpr MutantOf kCancelledOther = {kReadCancelledOther, kWriteCancelledOther,
                                      kFlushCancelledOther};
constexpr MutantOf kWithinCall = {kReadCompletionWithinCall, kWriteCompletionWithinCall,
                                  kFlushCompletionWithinCall};

bool IsPost(const Operation& operation) { return operation.kind == OperationKind::kPostCompletion; }

void DeliverCopy(const Operation& operation) {
  Operation* copy = operation.world->FreeSlot();
  if (copy == nullptr) return;
  const uint8_t slot = copy->slot;
  *copy = operation;
  copy->slot = slot;
  copy->segments.clear();
  copy->phase = OperationPhase::kDelivering;
  ++copy->request->deliveries;
  copy->world->StartWorker(
      "completion", [](void* argument) { DeliverCompletion(static_cast<Operation*>(argument)); },
      copy, copy->request);
}

void DeviateInformation(Operation* operation) {
  const OperationKind kind = operation->kind;
  const HRESULT aborted = kErrorAborted;
  if (kElsewhere(kind) || (IsPost(*operation) && Mutant(kPostElsewhere))) {
    operation->notification = operation->notification == trace::Notification::kBeginRequest
                                  ? trace::Notification::kEndRequest
                                  : trace::Notification::kBeginRequest;
  }
  if (kPostInverted(kind) || (IsPost(*operation) && Mutant(kPostPostInverted))) {
    operation->post = !operation->post;
  }
  if (kCancelledOther(kind) && operation->cancelled) operation->completion_status = E_FAIL;
  if (kStatusLost(kind)) operation->completion_status = S_OK;
  if (kOddCompletion(kind)) operation->completion_status = S_FALSE;
  if (kAbortedUnasked(kind)) operation->completion_status = aborted;
  if (kBytesTooFew(kind) && operation->completion_bytes > 0) --operation->completion_bytes;
  if (kBytesTooMany(kind)) ++operation->completion_bytes;
  if (!IsPost(*operation)) return;
  if (Mutant(kPostBytesLost)) operation->completion_bytes = 0;
  if (Mutant(kPostBytesTooMany)) ++operation->completion_bytes;
  if (Mutant(kPostStatusFailure)) operation->completion_status = aborted;
}

}  // namespace

void DeviateReturn(const ReturningCall& call, OutParameters* out) {
  const OperationKind kind = call.kind;
  const bool failed = FAILED(out->status);
  if (kFailureHidden(kind) && failed) {
    out->status = S_OK;
    out->count = call.asked_bytes;
    out->count_written = true;
  }
  if (kOddSuccess(kind) && !failed) out->status = S_FALSE;
  if (kPendingFails(kind) && call.pending) out->status = HRESULT_FROM_WIN32(ERROR_IO_PENDING);
  if (kSyncFlagged(kind) && !call.async) out->flag = true;
  if (kFailureFlagged(kind) && failed) out->flag = true;
  if (kInlineFlagged(kind) && call.async && !failed) out->flag = true;
  if (kPendingUnflagged(kind) && call.pending) out->flag = out->flag_written = false;
  if (kCountUntouched(kind)) out->count_written = false;
  if (kCountTooFew(kind) && !call.pending && out->count > 0) --out->count;
  if (kCountTooMany(kind) && !call.pending) ++out->count;
  if (kCountWhilePending(kind) && call.pending) {
    out->count = call.asked_bytes;
    out->count_written = true;
  }
}

void DeviateAfterReturn(Request* request, const ReturningCall& call, const OutParameters& out) {
  const bool failed = FAILED(out.status);
  const bool completes = (kSyncCompletes(call.kind) && !call.async && !failed) ||
                         (kInlineCompletes(call.kind) && call.async && !call.pending && !failed) ||
                         (kFailureCompletes(call.kind) && failed);
  const bool by_reference = call.kind == OperationKind::kWriteEntityChunkByReference;
  if (!completes && !(by_reference && Mutant(kReferenceCompletes))) return;
  Operation* operation = request->world->NewOperation(request, call.kind, call.id);
  if (operation == nullptr) return;
  operation->completion_status = out.status;
  operation->completion_bytes = out.count;
  StartDelivery(operation);
}

bool DeviateDelivery(Operation* operation) {
  const OperationKind kind = operation->kind;
  DeviateInformation(operation);
  if (kTwice(kind) || (IsPost(*operation) && Mutant(kPostTwice))) DeliverCopy(*operation);
  const bool post_lost =
      IsPost(*operation) && (Mutant(kPostNever) || (!operation->request->client.connected &&
                                                    Mutant(kPostNeverDisconnected)));
  const bool read_lost = kind == OperationKind::kReadEntityBody &&
                         !operation->request->client.connected && Mutant(kReadNeverDisconnected);
  const bool never = kNever(kind) || (operation->null_flag && kNeverNullFlag(kind));
  if (!never && !post_lost && !read_lost) return false;
  operation->world->FreeOperation(operation);
  return true;
}

void DeliverUnasked(Request* request, uint16_t id) {
  Operation* operation =
      request->world->NewOperation(request, OperationKind::kIndicateCompletion, id);
  if (operation != nullptr) StartDelivery(operation);
}

uint32_t BytesOfLastCompletion(uint32_t bytes) {
  static uint32_t last = 0;
  return std::exchange(last, bytes);
}

bool CompletesWithinCall(OperationKind kind) {
  return kWithinCall(kind) || (kind == OperationKind::kPostCompletion && Mutant(kPostWithinCall));
}

}  // namespace pendulum::host
