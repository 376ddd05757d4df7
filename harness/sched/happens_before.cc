#include "harness/sched/happens_before.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <iterator>

#include "harness/sched/prng.h"

namespace pendulum::sched {
namespace {

// What a run may have. Memory is used as far as it is touched.
constexpr uint32_t kMostEvents = 16384;
constexpr uint32_t kMostTouches = 512 * 1024;
constexpr uint32_t kMostUndo = 4 * kMostEvents;
constexpr uint32_t kObjectSlots = 64 * 1024;  // a power of two
constexpr size_t kRowWords = size_t{32} * (kMostEvents / 64) * (kMostEvents / 64 + 1);
constexpr uint32_t kNoAccess = ~uint32_t{0};

}  // namespace

bool Conflict(std::span<const Touched> one, std::span<const Touched> other) {
  for (const Touched& a : one) {
    for (const Touched& b : other) {
      if (a.object == b.object && (a.writes || b.writes)) return true;
    }
  }
  return false;
}

HappensBefore::HappensBefore(MemoryBlock* block)
    : events_(block, kMostEvents),
      touches_(block, kMostTouches),
      accesses_(block, kMostTouches),
      undo_(block, kMostUndo),
      objects_(block->Take<Object>(kObjectSlots)),
      rows_(block->Take<uint64_t>(kRowWords)),
      direct_(block->Take<uint64_t>(kMostEvents / 64)),
      races_(block, kMostEvents) {
  std::fill(std::begin(order_), std::end(order_), Order{kNobody, kNobody});
}

size_t HappensBefore::BytesNeeded() {
  return kMostEvents * (sizeof(Event) + sizeof(uint32_t)) +
         kMostTouches * (sizeof(Touched) + sizeof(Access)) + kMostUndo * sizeof(Undo) +
         kObjectSlots * sizeof(Object) + kRowWords * 8 + kMostEvents / 8 + 16 * 16;
}

bool HappensBefore::overflowed() const {
  return events_.overflowed() || touches_.overflowed() || accesses_.overflowed() ||
         undo_.overflowed() || objects_overflowed_;
}

void HappensBefore::SetOrder(Process process, Order order) {
  undo_.Push({process, order_[process]});
  order_[process] = order;
}

void HappensBefore::Begin(Process process) {
  assert(!in_event_);
  events_.Push({process, order_[process], touches_.size(), accesses_.size(), undo_.size()});
  in_event_ = true;
  if (!overflowed()) SetOrder(process, {static_cast<int32_t>(size()) - 1, kNobody});
}

void HappensBefore::Touch(ObjectId object, bool writes) {
  if (!in_event_ || overflowed()) return;
  for (uint32_t i = touches_.size(); i > events_.back().touches; --i) {
    Touched& known = touches_[i - 1];
    if (known.object != object) continue;
    known.writes = known.writes || writes;
    return;
  }
  touches_.Push({object, writes});
}

void HappensBefore::Enable(Process process) {
  if (overflowed()) return;
  const auto events = static_cast<int32_t>(size());
  SetOrder(process, {in_event_ ? events - 1 : kNobody - events, kNobody});
}

void HappensBefore::Wake(Process process) {
  if (overflowed()) return;
  const auto events = static_cast<int32_t>(size());
  SetOrder(process, {order_[process].previous, in_event_ ? events - 1 : kNobody - events});
}

uint32_t HappensBefore::SlotOf(ObjectId object) {
  uint64_t slot = MixBits(object) % kObjectSlots;
  while (objects_[slot].used && objects_[slot].object != object) slot = (slot + 1) % kObjectSlots;
  if (!objects_[slot].used) {
    objects_[slot] = {object, true, kNoAccess};
    // Half full: from here on a search for a free slot would take long.
    if (++object_count_ > kObjectSlots / 2) objects_overflowed_ = true;
  }
  return static_cast<uint32_t>(slot);
}

// Notes what `event` conflicts with as far as no other write stands between, and its accesses.
void HappensBefore::AddTouchesToDirect(uint32_t event) {
  for (const Touched& touch : Touches(event)) {
    const uint32_t slot = SlotOf(touch.object);
    for (uint32_t at = objects_[slot].last; at != kNoAccess; at = accesses_[at].previous) {
      const Access& access = accesses_[at];
      if (touch.writes || access.writes)
        direct_[access.event / 64] |= uint64_t{1} << (access.event % 64);
      if (access.writes) break;
    }
    accesses_.Push({slot, event, objects_[slot].last, touch.writes});
    if (overflowed()) return;
    objects_[slot].last = accesses_.size() - 1;
  }
}

void HappensBefore::AddEvent(uint64_t* row, uint32_t event) {
  const uint64_t* other = Row(event);
  for (uint32_t i = 0; i <= event / 64; ++i) row[i] |= other[i];
  row[event / 64] |= uint64_t{1} << (event % 64);
}

void HappensBefore::AddOrder(uint64_t* row, int32_t order) {
  if (order >= 0) {
    AddEvent(row, static_cast<uint32_t>(order));
    return;
  }
  for (int32_t event = 0; event < kNobody - order; ++event) {
    row[event / 64] |= uint64_t{1} << (event % 64);
  }
}

std::span<const uint32_t> HappensBefore::End() {
  assert(in_event_);
  in_event_ = false;
  races_.Shrink(0);
  if (overflowed()) return {};
  const uint32_t event = size() - 1;
  uint64_t* row = Row(event);
  const uint32_t words = event / 64 + 1;
  std::fill_n(row, words, 0);
  std::fill_n(direct_, words, 0);
  AddOrder(row, events_[event].order.previous);
  AddOrder(row, events_[event].order.waker);
  AddTouchesToDirect(event);
  for (uint32_t word = words; word-- > 0;) {
    while (const uint64_t left = direct_[word] & ~row[word]) {
      const uint32_t earlier = word * 64 + 63 - static_cast<uint32_t>(std::countl_zero(left));
      races_.Push(earlier);
      AddEvent(row, earlier);
    }
  }
  return races_.Between(0, races_.size());
}

void HappensBefore::Truncate(uint32_t size) {
  if (size >= this->size()) return;
  in_event_ = false;
  const Event& first = events_[size];
  for (uint32_t i = undo_.size(); i > first.undo; --i)
    order_[undo_[i - 1].process] = undo_[i - 1].order;
  for (uint32_t i = accesses_.size(); i > first.accesses; --i) {
    objects_[accesses_[i - 1].slot].last = accesses_[i - 1].previous;
  }
  undo_.Shrink(first.undo);
  accesses_.Shrink(first.accesses);
  touches_.Shrink(first.touches);
  events_.Shrink(size);
}

std::span<const Touched> HappensBefore::Touches(uint32_t event) const {
  const bool last = event + 1 == size();
  return touches_.Between(events_[event].touches,
                          last ? touches_.size() : events_[event + 1].touches);
}

bool HappensBefore::AnyAfter(uint32_t first, uint32_t later) const {
  const uint64_t* row = Row(later);
  const uint32_t begin = first + 1;
  uint64_t mask = ~uint64_t{0} << (begin % 64);
  for (uint32_t word = begin / 64; word <= later / 64; ++word) {
    if ((row[word] & mask) != 0) return true;
    mask = ~uint64_t{0};
  }
  return false;
}

}  // namespace pendulum::sched
