#include "harness/explore/supervisor.h"

#include <algorithm>
#include <cassert>
#include <cstdio>
#include <utility>

#include "harness/explore/crash.h"
#include "harness/platform/clock.h"
#include "harness/platform/signals.h"

namespace pendulum::explore {
namespace {

// How often the watchdog looks, in milliseconds.
constexpr int kLookEveryMs = 20;
// A batch that is not given the processor has not hung, until this many times the limit.
constexpr uint64_t kPatience = 4;

// Changes with each event and each run.
uint64_t ProgressOf(const BatchState& state) {
  // The trace is written by another process.
  const uint32_t events = *static_cast<const volatile uint32_t*>(&state.trace.count);
  const uint32_t decisions = *static_cast<const volatile uint32_t*>(&state.log.count);
  return (state.run.load() + 1) * (uint64_t{1} << 24) + events + decisions + state.phase.load();
}

// The batch's process has ended on its own, without writing a record.
void NoteEnd(const platform::ChildEnd& end, BatchState* state) {
  CrashRecord& crash = state->crash;
  crash.kind = CrashKind::kExit;
  if (end.signalled) {
    crash.signal = end.status;
    std::snprintf(crash.text, sizeof crash.text, "its process was ended by %s",
                  platform::SignalName(end.status));
  } else {
    std::snprintf(crash.text, sizeof crash.text, "it ended the process with exit status %d",
                  end.status);
  }
}

}  // namespace

platform::Result<std::unique_ptr<Supervisor>> Supervisor::Create(const Setup& setup, int jobs,
                                                                 bool in_process) {
  std::unique_ptr<Supervisor> supervisor(new Supervisor(setup));
  supervisor->in_process_ = in_process;
  supervisor->started_ms_ = platform::MonotonicMs();
  const int slots = in_process ? 1 : std::max(jobs, 1);
  for (int i = 0; i < slots; ++i) {
    auto memory = platform::SharedMemory::Create(sizeof(BatchState));
    if (!memory.ok()) return memory.error();
    Slot slot;
    slot.memory = std::make_unique<platform::SharedMemory>(std::move(memory).value());
    slot.state = static_cast<BatchState*>(slot.memory->data());
    supervisor->slots_.push_back(std::move(slot));
  }
  return supervisor;
}

bool Supervisor::IsFree(int slot) const {
  const Slot& asked = slots_[static_cast<size_t>(slot)];
  return !asked.child.has_value() && !asked.ended_in_process;
}

platform::Status Supervisor::Start(int slot_index, const Batch& batch) {
  assert(IsFree(slot_index));
  Slot& slot = slots_[static_cast<size_t>(slot_index)];
  ResetBatchState(slot.state);
  slot.batch = batch;
  if (in_process_) {
    RunBatch(setup_, slot.batch, true, slot.state);
    slot.ended_in_process = true;
    return platform::OkStatus();
  }
  auto child = platform::Child::Fork({}, [&] { RunBatch(setup_, slot.batch, false, slot.state); });
  if (!child.ok()) return child.error();
  slot.child = std::move(child).value();
  slot.progress = 0;
  slot.progress_ms = platform::MonotonicMs();
  slot.progress_processor_ms = 0;
  return platform::OkStatus();
}

BatchEnd Supervisor::EndOf(Slot* slot) {
  if (slot->child.has_value()) {
    const platform::ChildEnd end = slot->child->Reap();
    slot->child.reset();
    if (slot->state->crash.kind == CrashKind::kNone && slot->state->phase != BatchState::kDone &&
        slot->state->phase != BatchState::kFailed) {
      NoteEnd(end, slot->state);
    }
  }
  slot->ended_in_process = false;
  if (slot->state->phase == BatchState::kDone) return BatchEnd::kDone;
  if (slot->state->phase == BatchState::kFailed) return BatchEnd::kFailed;
  return BatchEnd::kCrashed;
}

bool Supervisor::HasHung(Slot* slot) {
  const uint64_t now_ms = platform::MonotonicMs();
  const uint64_t progress = ProgressOf(*slot->state);
  const uint64_t processor_ms = slot->child->ProcessorMs();
  if (progress != slot->progress) {
    slot->progress = progress;
    slot->progress_ms = now_ms;
    slot->progress_processor_ms = processor_ms;
    return false;
  }
  const uint64_t waited_ms = now_ms - slot->progress_ms;
  const uint64_t worked_ms = processor_ms - slot->progress_processor_ms;
  return (waited_ms >= watchdog_ms_ && worked_ms >= watchdog_ms_ / 2) ||
         waited_ms >= kPatience * watchdog_ms_;
}

std::optional<Supervisor::Ended> Supervisor::Wait(int timeout_ms) {
  const uint64_t until_ms = platform::MonotonicMs() + static_cast<uint64_t>(timeout_ms);
  for (;;) {
    std::vector<platform::Child*> children;
    std::vector<int> indexes;
    for (int i = 0; i < slots(); ++i) {
      Slot& slot = slots_[static_cast<size_t>(i)];
      if (slot.ended_in_process) return Ended{i, EndOf(&slot)};
      if (!slot.child.has_value()) continue;
      children.push_back(&*slot.child);
      indexes.push_back(i);
    }
    if (children.empty()) return std::nullopt;
    if (const int ended = platform::Child::WaitAny(children, kLookEveryMs); ended >= 0) {
      const int index = indexes[static_cast<size_t>(ended)];
      return Ended{index, EndOf(&slots_[static_cast<size_t>(index)])};
    }
    for (const int index : indexes) {
      Slot& slot = slots_[static_cast<size_t>(index)];
      if (!HasHung(&slot)) continue;
      slot.child->Kill();
      const BatchEnd end = EndOf(&slot);
      const bool killed = end == BatchEnd::kCrashed && slot.state->crash.kind == CrashKind::kExit;
      return Ended{index, killed ? BatchEnd::kHung : end};
    }
    if (platform::MonotonicMs() >= until_ms) return std::nullopt;
  }
}

void Supervisor::StopAll() {
  for (Slot& slot : slots_) slot.state->stop = 1;
}

uint64_t Supervisor::elapsed_ms() const { return platform::MonotonicMs() - started_ms_; }

}  // namespace pendulum::explore
