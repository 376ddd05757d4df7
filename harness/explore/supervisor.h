// Runs batches in child processes and watches them: whatever the module does to its process, what
// was found until then is kept, and the others go on.
#ifndef PENDULUM_EXPLORE_SUPERVISOR_H_
#define PENDULUM_EXPLORE_SUPERVISOR_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "harness/explore/batch.h"
#include "harness/platform/process.h"
#include "harness/platform/result.h"
#include "harness/platform/shared_memory.h"

namespace pendulum::explore {

enum class BatchEnd : uint8_t {
  kDone,
  kCrashed,  // the module ended the process; BatchState::crash says how
  kHung,     // it made no progress until the watchdog ended it
  kFailed,   // it could not be done; BatchState::error says why
};

class Supervisor {
 public:
  // `jobs` batches at the same time. With `in_process` each is done in this process, one at a time.
  // `setup` is borrowed. Errors: no shared memory.
  static platform::Result<std::unique_ptr<Supervisor>> Create(const Setup& setup, int jobs,
                                                              bool in_process);

  int slots() const { return static_cast<int>(slots_.size()); }
  bool in_process() const { return in_process_; }
  bool IsFree(int slot) const;
  // Starts a batch in a free slot. What `batch` points to must stay until it has ended. Errors: no
  // process can be made.
  platform::Status Start(int slot, const Batch& batch);

  struct Ended {
    int slot;
    BatchEnd end;
  };
  // The first batch that has ended, after at most `timeout_ms`. Its slot is free then, and its
  // state stays until the next Start there.
  std::optional<Ended> Wait(int timeout_ms);

  BatchState& state(int slot) { return *slots_[static_cast<size_t>(slot)].state; }

  // How long a batch may go on without progress.
  void set_watchdog_ms(uint64_t watchdog_ms) { watchdog_ms_ = watchdog_ms; }
  // Asks all batches to end after the run that they are at.
  void StopAll();

  // Milliseconds since Create.
  uint64_t elapsed_ms() const;

 private:
  struct Slot {
    std::unique_ptr<platform::SharedMemory> memory;
    BatchState* state = nullptr;
    Batch batch;
    std::optional<platform::Child> child;
    bool ended_in_process = false;
    uint64_t progress = 0;  // as it was when it last changed
    uint64_t progress_ms = 0;
    uint64_t progress_processor_ms = 0;
  };

  explicit Supervisor(const Setup& setup) : setup_(setup), watchdog_ms_(setup.watchdog_ms) {}
  BatchEnd EndOf(Slot* slot);
  bool HasHung(Slot* slot);

  const Setup& setup_;
  bool in_process_ = false;
  uint64_t watchdog_ms_;
  uint64_t started_ms_ = 0;
  std::vector<Slot> slots_;
};

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_SUPERVISOR_H_
