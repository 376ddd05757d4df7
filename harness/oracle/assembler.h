// Writes the few machine instructions of x86-64 that a compiled specification is translated into.
#ifndef PENDULUM_ORACLE_ASSEMBLER_H_
#define PENDULUM_ORACLE_ASSEMBLER_H_

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace pendulum::oracle {

// By their numbers in instructions. Only those that a function may change without saving them, and
// none that memory operands treat differently (rsp, r12).
enum class Register : uint8_t {
  kRax = 0,
  kRcx = 1,
  kRdx = 2,
  kRsi = 6,
  kRdi = 7,
  kR8 = 8,
  kR9 = 9,
  kR10 = 10,
  kR11 = 11,
};

// A 64-bit word: what lies `offset_bytes` behind where the register points.
struct Word {
  Register base;
  int32_t offset_bytes;
};

// The conditions after a comparison, by their numbers in instructions; signed but for kAbove and
// kCarry, which a bit test sets too.
enum class Condition : uint8_t {
  kCarry = 0x2,
  kNoCarry = 0x3,
  kEqual = 0x4,
  kNotEqual = 0x5,
  kAbove = 0x7,
  kLess = 0xC,
  kGreaterOrEqual = 0xD,
  kLessOrEqual = 0xE,
  kGreater = 0xF,
};

class Assembler {
 public:
  const std::vector<uint8_t>& code() const { return code_; }
  size_t size() const { return code_.size(); }

  void Load(Register target, Word source) { WithWord(0x8B, target, source); }
  void LoadNumber(Register target, int64_t number) {
    Byte(static_cast<uint8_t>(0x48 | (High(target) ? 1 : 0)));
    Byte(static_cast<uint8_t>(0xB8 | Low(target)));
    Number(static_cast<uint64_t>(number), 8);
  }
  void Store(Word target, Register source) { WithWord(0x89, source, target); }
  void Add(Register target, Word source) { WithWord(0x03, target, source); }
  void Subtract(Register target, Word source) { WithWord(0x2B, target, source); }
  void Multiply(Register target, Word source) { WithWord(0x0FAF, target, source); }
  void Compare(Register left, Word right) { WithWord(0x3B, left, right); }
  void Compare(Word left, Register right) { WithWord(0x39, right, left); }
  // The number has to fit (FitsCompare).
  void Compare(Word left, int64_t right) {
    const bool is_short = right >= -128 && right <= 127;
    WithWord(is_short ? 0x83 : 0x81, static_cast<Register>(7), left);
    Number(static_cast<uint64_t>(right), is_short ? 1 : 4);
  }
  static bool FitsCompare(int64_t number) {
    return number >= std::numeric_limits<int32_t>::min() &&
           number <= std::numeric_limits<int32_t>::max();
  }
  // Stores two bytes where the register points, and moves it behind them.
  void AppendShort(Register pointer, uint16_t number) {
    assert(!High(pointer));
    Bytes({0x66, 0xC7, Low(pointer)});
    Number(number, 2);
    Bytes({0x48, 0x83, static_cast<uint8_t>(0xC0 | Low(pointer)), 2});
  }
  // cmp rax, number; bt rcx, rax: the bit of rcx with the number in rax becomes the carry.
  void CompareRax(uint8_t number) { Bytes({0x48, 0x83, 0xF8, number}); }
  void TestBitOfRcx() { Bytes({0x48, 0x0F, 0xA3, 0xC1}); }

  void Push(Register source) { Bytes({static_cast<uint8_t>(0x50 | Low(source))}); }
  void Pop(Register target) { Bytes({static_cast<uint8_t>(0x58 | Low(target))}); }
  void CallRax() { Bytes({0xFF, 0xD0}); }
  void JumpRax() { Bytes({0xFF, 0xE0}); }
  void Return() { Bytes({0xC3}); }

  // Jumps to a place that PatchJump says later; the value names the jump.
  size_t Jump() {
    Bytes({0xE9});
    return Distance();
  }
  size_t JumpIf(Condition condition) {
    Bytes({0x0F, static_cast<uint8_t>(0x80 | static_cast<uint8_t>(condition))});
    return Distance();
  }
  void PatchJump(size_t jump, size_t target) {
    const auto distance = static_cast<uint32_t>(target - (jump + 4));
    for (size_t i = 0; i < 4; ++i) code_[jump + i] = static_cast<uint8_t>(distance >> 8 * i);
  }

 private:
  static uint8_t Low(Register of) { return static_cast<uint8_t>(of) & 7; }
  static bool High(Register of) { return static_cast<uint8_t>(of) >= 8; }

  void Byte(uint8_t byte) { code_.push_back(byte); }
  void Bytes(std::initializer_list<uint8_t> bytes) { code_.insert(code_.end(), bytes); }
  void Number(uint64_t number, int bytes) {
    for (int i = 0; i < bytes; ++i) Byte(static_cast<uint8_t>(number >> 8 * i));
  }
  size_t Distance() {
    Number(0, 4);
    return code_.size() - 4;
  }

  // An instruction on a register (or what takes its place) and a word in memory.
  void WithWord(uint32_t opcode, Register of, Word word) {
    Byte(static_cast<uint8_t>(0x48 | (High(of) ? 4 : 0) | (High(word.base) ? 1 : 0)));
    if (opcode > 0xFF) Byte(static_cast<uint8_t>(opcode >> 8));
    Byte(static_cast<uint8_t>(opcode));
    const bool is_short = word.offset_bytes >= -128 && word.offset_bytes <= 127;
    Byte(static_cast<uint8_t>((is_short ? 0x40 : 0x80) | Low(of) << 3 | Low(word.base)));
    Number(static_cast<uint32_t>(word.offset_bytes), is_short ? 1 : 4);
  }

  std::vector<uint8_t> code_;
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_ASSEMBLER_H_
