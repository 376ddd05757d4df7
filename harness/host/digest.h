// A digest of a stream of bytes that does not depend on how the stream is cut into pieces: the sum
// of each byte times a weight of its position. Cheap, and sees swapped, lost and changed bytes.
#ifndef PENDULUM_HOST_DIGEST_H_
#define PENDULUM_HOST_DIGEST_H_

#include <cstddef>
#include <cstdint>

namespace pendulum::host {

struct Digest {
  uint32_t value = 0;
  uint32_t bytes = 0;  // of the stream so far

  void Add(const uint8_t* data, size_t count) {
    uint32_t sum = 0;
    for (size_t i = 0; i < count; ++i) {
      sum += (data[i] + 1u) * (2 * (bytes + static_cast<uint32_t>(i)) + 1);
    }
    value += sum * 2654435761u;
    bytes += static_cast<uint32_t>(count);
  }
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_DIGEST_H_
