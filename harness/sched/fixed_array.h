// Arrays of a fixed capacity in memory that somebody else owns, which may be shared with a process
// that goes on where this one ends.
#ifndef PENDULUM_SCHED_FIXED_ARRAY_H_
#define PENDULUM_SCHED_FIXED_ARRAY_H_

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

namespace pendulum::sched {

// Hands out a block of zeroed memory piece by piece.
class MemoryBlock {
 public:
  MemoryBlock(void* begin, size_t bytes) : next_(static_cast<char*>(begin)), left_(bytes) {}

  template <typename T>
  T* Take(size_t count) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 16);
    const size_t bytes = (count * sizeof(T) + 15) / 16 * 16;
    assert(bytes <= left_);
    T* taken = reinterpret_cast<T*>(next_);
    next_ += bytes;
    left_ -= bytes;
    return taken;
  }

 private:
  char* next_;
  size_t left_;
};

// A stack. What is pushed when it is full is dropped, and `overflowed` says so from then on.
template <typename T>
class FixedArray {
 public:
  FixedArray(MemoryBlock* block, uint32_t capacity)
      : items_(block->Take<T>(capacity)), capacity_(capacity) {}

  uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  bool overflowed() const { return overflowed_; }
  T& operator[](uint32_t index) {
    assert(index < size_);
    return items_[index];
  }
  const T& operator[](uint32_t index) const {
    assert(index < size_);
    return items_[index];
  }
  T& back() { return (*this)[size_ - 1]; }
  std::span<const T> Between(uint32_t begin, uint32_t end) const {
    assert(begin <= end && end <= size_);
    return {items_ + begin, items_ + end};
  }

  void Push(const T& item) {
    if (size_ == capacity_) {
      overflowed_ = true;
      return;
    }
    items_[size_++] = item;
  }
  void Shrink(uint32_t size) {
    assert(size <= size_);
    size_ = size;
  }

 private:
  T* items_;
  uint32_t size_ = 0;
  uint32_t capacity_;
  bool overflowed_ = false;
};

}  // namespace pendulum::sched

#endif  // PENDULUM_SCHED_FIXED_ARRAY_H_
