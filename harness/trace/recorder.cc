#include "harness/trace/recorder.h"

namespace pendulum::trace {
namespace {

// FNV-1a over 64-bit words, with a last mix so that the high bits of a word count as well.
uint64_t Mix(uint64_t hash, uint64_t word) {
  hash ^= word;
  hash *= 0x9E3779B97F4A7C15ull;
  return hash ^ hash >> 32;
}

}  // namespace

uint64_t Recorder::Hash() const {
  uint64_t hash = 0xCBF29CE484222325ull;
  for (uint32_t i = 0; i < buffer_->count; ++i) {
    const Event& event = buffer_->events[i];
    hash = Mix(hash, uint64_t{static_cast<uint8_t>(event.kind)} | uint64_t{event.worker} << 8 |
                         uint64_t{event.request} << 16 | uint64_t{event.module} << 24 |
                         uint64_t{event.operation} << 32 | uint64_t{event.d} << 48);
    hash = Mix(hash, uint64_t{event.a} | uint64_t{event.b} << 32);
  }
  return Mix(hash, uint64_t{buffer_->count} | uint64_t{buffer_->dropped} << 32);
}

}  // namespace pendulum::trace
