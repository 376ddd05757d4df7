#include "harness/module/thread_data.h"

#include <cstring>

#include "harness/platform/raw_memory.h"
#include "harness/platform/sanitizer.h"

namespace pendulum::module {

ThreadData::ThreadData(const Image& image) : bytes_(image.thread_data_bytes()) {
  if (bytes_ == 0) return;
  block_ = static_cast<char*>(image.ThreadBlock());
  const auto* initialized = static_cast<const char*>(image.thread_data_image());
  initial_.assign(initialized, initialized + image.thread_data_image_bytes());
  initial_.resize(bytes_, 0);
  after_loading_.assign(block_, block_ + bytes_);
  saved_.resize(kSlots * bytes_);
  // Each worker finds its own data at the same place.
  platform::IgnoreRaces(block_, bytes_);
}

void ThreadData::Switch(sched::WorkerId from, sched::WorkerId to, uint32_t to_thread) {
  if (bytes_ == 0 || from == to) return;
  platform::RawCopy(Saved(SlotOf(from)), block_, bytes_);
  const int entered = SlotOf(to);
  const bool known = to == sched::kNoWorker || thread_of_[entered] == to_thread;
  platform::RawCopy(block_, known ? Saved(entered) : initial_.data(), bytes_);
  thread_of_[entered] = to_thread;
}

void ThreadData::Restore() {
  if (bytes_ == 0) return;
  platform::RawCopy(block_, after_loading_.data(), bytes_);
  std::memset(thread_of_, 0, sizeof thread_of_);
}

}  // namespace pendulum::module
