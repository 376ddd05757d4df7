// Large arrays of which a process uses little: their pages cost nothing until they are written.
#ifndef PENDULUM_PLATFORM_ZEROED_ARRAY_H_
#define PENDULUM_PLATFORM_ZEROED_ARRAY_H_

#include <cstddef>
#include <type_traits>

namespace pendulum::platform {

// Pages of zeros from the system; a process that cannot have them ends, as without any memory.
void* MapZeroedPages(size_t bytes);
void UnmapPages(void* pages, size_t bytes);

// `count` elements whose bytes are all zero at first: no constructor runs, whatever the defaults of
// members say.
template <typename Element>
class ZeroedArray {
  static_assert(std::is_trivially_copyable_v<Element> && std::is_trivially_destructible_v<Element>);

 public:
  explicit ZeroedArray(size_t count)
      : elements_(static_cast<Element*>(MapZeroedPages(count * sizeof(Element)))), count_(count) {}
  ~ZeroedArray() { UnmapPages(elements_, count_ * sizeof(Element)); }
  ZeroedArray(const ZeroedArray&) = delete;
  ZeroedArray& operator=(const ZeroedArray&) = delete;

  Element& operator[](size_t index) const { return elements_[index]; }

 private:
  Element* elements_;
  size_t count_;
};

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_ZEROED_ARRAY_H_
