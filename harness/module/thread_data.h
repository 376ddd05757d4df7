// A module's thread_local data, for each simulated thread: all of them run on one thread of the
// system, whose block is exchanged when another worker goes on.
#ifndef PENDULUM_MODULE_THREAD_DATA_H_
#define PENDULUM_MODULE_THREAD_DATA_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "harness/module/image.h"
#include "harness/win32/boundary.h"

namespace pendulum::module {

class ThreadData {
 public:
  // Takes the present block as the driver's, which ran the static constructors. `image` is
  // borrowed. Does nothing for a module without thread-local data.
  explicit ThreadData(const Image& image);

  bool in_use() const { return bytes_ != 0; }

  // Leaves `from` and enters `to` (sched::kNoWorker: the driver). `to_thread` is the number of the
  // simulated thread entered: one that was not seen before starts with the initial data.
  void Switch(sched::WorkerId from, sched::WorkerId to, uint32_t to_thread);

  // Forgets all workers and gives the driver back what it had after loading.
  void Restore();

 private:
  static constexpr int kSlots = sched::kMaxWorkers + 1;
  char* Saved(int slot) { return saved_.data() + static_cast<size_t>(slot) * bytes_; }
  static int SlotOf(sched::WorkerId worker) {
    return worker == sched::kNoWorker ? sched::kMaxWorkers : worker;
  }

  size_t bytes_ = 0;
  char* block_ = nullptr;
  std::vector<char> initial_;        // what a new thread starts with
  std::vector<char> after_loading_;  // the driver's
  std::vector<char> saved_;          // kSlots blocks
  uint32_t thread_of_[kSlots] = {};  // whose data a slot holds; 0 for none
};

}  // namespace pendulum::module

#endif  // PENDULUM_MODULE_THREAD_DATA_H_
