// The two directions of the byte encoding of inputs. What is encoded is described once, by a
// function that takes either, so that reading and writing can't disagree.
//
// Reading never fails: past the end stand zeros, a number that is too large is taken modulo its
// range, and a text that may not stand in its place is made one that may.
#ifndef PENDULUM_FUZZ_CODEC_H_
#define PENDULUM_FUZZ_CODEC_H_

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/platform/result.h"

namespace pendulum::fuzz {

// What a text may hold. All are UTF-8.
enum class TextKind : uint8_t {
  kLine,    // no control characters
  kUrl,     // a line that begins with '/'
  kToken,   // RFC 9110's token, at least one character: methods and names of headers
  kLines,   // anything but the character 0
  kObject,  // a JSON object, as short as it can be written
};

// Whether `text` may stand in a place of `kind`.
bool IsText(std::string_view text, TextKind kind);
// `text` when it may stand there, else something like it that may.
std::string MakeText(std::string_view text, TextKind kind);

class Reader {
 public:
  static constexpr bool kReads = true;

  explicit Reader(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  // 0 past the end.
  uint8_t Byte() {
    if (position_ < bytes_.size()) return bytes_[position_++];
    ran_out_ = true;
    return 0;
  }
  size_t left() const { return bytes_.size() - position_; }
  size_t position() const { return position_; }
  // Whether what was read would have been something else with more bytes behind.
  bool ran_out() const { return ran_out_; }

  void Number(uint32_t* value, uint32_t least, uint32_t most, std::string_view place);
  void Text(std::string* value, TextKind kind, uint32_t most, std::string_view place);
  // The length of a list whose last element is never 0: no more than there are bytes.
  void Count(uint32_t* value, uint32_t least, uint32_t most, std::string_view place);

 private:
  std::span<const uint8_t> bytes_;
  size_t position_ = 0;
  bool ran_out_ = false;
};

class Writer {
 public:
  static constexpr bool kReads = false;

  void PutByte(uint8_t byte) { bytes_.push_back(byte); }
  void Number(const uint32_t* value, uint32_t least, uint32_t most, std::string_view place);
  void Text(const std::string* value, TextKind kind, uint32_t most, std::string_view place);
  void Count(const uint32_t* value, uint32_t least, uint32_t most, std::string_view place) {
    Number(value, least, most, place);
  }

  // Where in the input the next places lie: "/requests/0".
  void Enter(std::string prefix) { prefix_ = std::move(prefix); }
  // Without the zeros at the end, which mean the same as none. The error is the first value that
  // has no encoding.
  platform::Result<std::vector<uint8_t>> Take();
  // The same with these zeros: more can follow.
  platform::Result<std::vector<uint8_t>> TakeAll();

 private:
  void Refuse(std::string_view place, const std::string& what);

  std::vector<uint8_t> bytes_;
  std::string prefix_;
  platform::Status status_ = platform::OkStatus();
};

// Small values that share a byte, from the lowest bit up.
template <class Codec>
class Bits {
 public:
  explicit Bits(Codec* codec) : codec_(codec) {
    if constexpr (Codec::kReads) byte_ = codec->Byte();
  }
  ~Bits() {
    if constexpr (!Codec::kReads) codec_->PutByte(byte_);
  }
  Bits(const Bits&) = delete;
  Bits& operator=(const Bits&) = delete;

  // 0 stands for `plain`.
  void Flag(bool* value, bool plain = false) {
    uint32_t bit = *value != plain;
    Field(&bit, 1, 2);
    if constexpr (Codec::kReads) *value = (bit != 0) != plain;
  }
  // One of `values` values, which `width` bits can tell apart.
  void Field(uint32_t* value, int width, uint32_t values) {
    if constexpr (Codec::kReads) {
      *value = ((byte_ >> shift_) & ((1u << width) - 1)) % values;
    } else {
      byte_ = static_cast<uint8_t>(byte_ | (*value << shift_));
    }
    shift_ += width;
  }
  template <class Enum>
  void Choice(Enum* value, int width, uint32_t values) {
    uint32_t number = static_cast<uint32_t>(*value);
    Field(&number, width, values);
    *value = static_cast<Enum>(number);
  }

 private:
  Codec* codec_;
  uint8_t byte_ = 0;
  int shift_ = 0;
};

}  // namespace pendulum::fuzz

#endif  // PENDULUM_FUZZ_CODEC_H_
