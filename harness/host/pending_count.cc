#include "harness/host/pending_count.h"

#include "harness/host/world.h"

namespace pendulum::host {
namespace {

constexpr uint32_t kRubbish = 0xDEADBEEF;

}  // namespace

PendingCount ChoosePendingCount(Request* request, trace::OperationKind kind, bool has_count,
                                uint16_t operation) {
  World& world = *request->world;
  if (!has_count || !world.scenario.host.poison_out_parameters) return PendingCount::kUntouched;
  // The page of WriteEntityChunks says that the number of bytes inserted is not received.
  const bool can_be_most = kind != trace::OperationKind::kWriteEntityChunks;
  PendingCount& left = request->pending_count;
  if (left == PendingCount::kNotChosen) {
    left = static_cast<PendingCount>(
        world.Choose(sched::Question::kCount, can_be_most ? 4 : 3, request, operation));
  }
  return left == PendingCount::kMost && !can_be_most ? PendingCount::kRubbish : left;
}

uint32_t ValueOf(PendingCount left, uint32_t most) {
  if (left == PendingCount::kMost) return most;
  return left == PendingCount::kZero ? 0 : kRubbish;
}

}  // namespace pendulum::host
