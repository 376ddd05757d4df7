// Keeps the events of one run in a fixed ring and hands each to the sink (the oracle) as it comes.
#ifndef PENDULUM_TRACE_RECORDER_H_
#define PENDULUM_TRACE_RECORDER_H_

#include <cassert>
#include <cstdint>

#include "harness/trace/event.h"

namespace pendulum::trace {

// Whoever wants to see events as they come. OnEvent may not allocate, block or throw.
class EventSink {
 public:
  virtual ~EventSink() = default;
  // `index` is the event's position in the run, from 0.
  virtual void OnEvent(const Event& event, uint32_t index) = 0;
};

// Where in the module's code an event came from: the offset of the return address in the module's
// image plus one (0: not known), and which image.
struct Site {
  uint32_t offset = 0;
  uint32_t image = 0;
};

// The storage of a recorder. It can lie in memory shared with a supervisor, so that the trace
// survives the death of the process; hence no pointers of its own.
inline constexpr uint32_t kMaxEvents = 16384;
struct TraceBuffer {
  uint32_t count = 0;
  uint32_t dropped = 0;  // events that came when the buffer was full
  Event events[kMaxEvents];
  Site sites[kMaxEvents];
};

class Recorder {
 public:
  // Both are borrowed for the recorder's life; `sink` may be nullptr.
  Recorder(TraceBuffer* buffer, EventSink* sink) : buffer_(buffer), sink_(sink) {
    assert(buffer != nullptr);
  }

  void set_sink(EventSink* sink) { sink_ = sink; }

  // Forgets all events.
  void Clear() { buffer_->count = buffer_->dropped = 0; }

  // True when so few places are left that the run has to be ended (the host asks at each call).
  bool NearlyFull() const { return buffer_->count + kReserve >= kMaxEvents; }

  // No place is left.
  bool IsFull() const { return buffer_->count >= kMaxEvents; }

  // Appends an event that happened at the current site. Allocates nothing.
  void Append(const Event& event) {
    if (IsFull()) [[unlikely]] {
      ++buffer_->dropped;
      return;
    }
    AppendWithin(event);
  }
  // The same where there is known to be room.
  void AppendWithin(const Event& event) {
    TraceBuffer& buffer = *buffer_;
    const uint32_t index = buffer.count;
    assert(index < kMaxEvents);
    buffer.events[index] = event;
    buffer.sites[index] = site_;
    buffer.count = index + 1;
    if (sink_ != nullptr) sink_->OnEvent(buffer.events[index], index);
  }

  // The place in the module from which the calls that follow come.
  void set_site(Site site) { site_ = site; }
  Site site() const { return site_; }

  const TraceBuffer& buffer() const { return *buffer_; }

  // A hash of all events (not of the sites), the same for the same run on any machine.
  uint64_t Hash() const;

 private:
  static constexpr uint32_t kReserve = 512;
  TraceBuffer* buffer_;
  EventSink* sink_;
  Site site_;
};

}  // namespace pendulum::trace

#endif  // PENDULUM_TRACE_RECORDER_H_
