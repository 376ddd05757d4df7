// Memory that lives as long as a request: handed out by bumping a pointer, taken back all at once,
// kept for the next run.
#ifndef PENDULUM_HOST_ARENA_H_
#define PENDULUM_HOST_ARENA_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace pendulum::host {

class Arena {
 public:
  // Takes back all memory. Blocks are kept, so that a later run allocates nothing.
  void Reset();

  // Makes AddressSanitizer report who touches what was handed out, until the next Reset.
  void Retire();

  // Returns `bytes` bytes, aligned to 16 and filled with `fill`; never nullptr. Under
  // AddressSanitizer a red zone follows each piece and taken-back memory is poisoned.
  void* Allocate(size_t bytes, uint8_t fill = 0);

  // Copies `length` characters and adds a terminator.
  char* Copy(const char* text, size_t length);
  wchar_t* Copy(const wchar_t* text, size_t length);
  // Copies bytes as wide characters, one each: for text that is ASCII by its syntax.
  wchar_t* Widen(const char* text, size_t length);

  // All that was handed out since the last Reset, and the way to have it again after another one,
  // at the same place. Nothing where it is in several blocks or AddressSanitizer, which has to know
  // of each piece, poisons what lies between them; false where something was handed out already.
  std::span<const uint8_t> Given() const;
  bool GiveAgain(std::span<const uint8_t> given);

  // Whether `address` lies in memory handed out since the last Reset.
  bool Contains(const void* address) const;

 private:
  struct Block {
    std::unique_ptr<uint8_t[]> bytes;
    size_t size = 0;
    size_t used = 0;
  };
  static constexpr size_t kBlockBytes = 64 * 1024;

  Block& BlockFor(size_t bytes);

  std::vector<Block> blocks_;
  size_t current_ = 0;
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_ARENA_H_
