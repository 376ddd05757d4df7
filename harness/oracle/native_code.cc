#include "harness/oracle/native_code.h"

#include <cassert>
#include <cstddef>
#include <utility>

#include "harness/oracle/assembler.h"

namespace pendulum::oracle {
namespace {

// Where a translated program has what it works on.
constexpr Register kFrame = Register::kRdi;
constexpr Register kLog = Register::kRsi;
constexpr Register kArgument = Register::kRsi;  // … of what it calls
constexpr Register kEventSlots = Register::kRdx;
constexpr Register kValue = Register::kRax;
constexpr Register kOther = Register::kRcx;

// The objects that stand for another account at each event; all others lie in the event's slots.
struct Pinned {
  Object object;
  Register where;
};
constexpr Pinned kPinned[] = {{Object::operation, Register::kR8},
                              {Object::request, Register::kR9},
                              {Object::delivery, Register::kR10},
                              {Object::handler, Register::kR11}};

constexpr int32_t kWordBytes = 8;

Condition ConditionOf(int relation) {
  constexpr Condition kConditions[] = {Condition::kEqual,   Condition::kNotEqual,
                                       Condition::kLess,    Condition::kLessOrEqual,
                                       Condition::kGreater, Condition::kGreaterOrEqual};
  return kConditions[relation];
}

}  // namespace

class NativeTranslator {
 public:
  explicit NativeTranslator(std::span<const Instruction> program) : program_(program) {}

  void Translate() {
    for (size_t i = 0; i < program_.size(); ++i) {
      places_.push_back(static_cast<uint32_t>(out_.size()));
      if (i == 0 || program_[i - 1].opcode == Opcode::kEnd) BeginProgram(i);
      TranslateOne(i);
    }
    for (const auto& [jump, target] : jumps_) out_.PatchJump(jump, places_[target]);
  }

  const std::vector<uint8_t>& code() const { return out_.code(); }
  std::vector<uint32_t> TakePlaces() { return std::move(places_); }

 private:
  // Programs lie one after the other.
  void BeginProgram(size_t start) {
    used_ = 0;
    const auto use = [&](SlotAddress slot) { used_ |= uint64_t{1} << slot.object; };
    for (size_t i = start; program_[i].opcode != Opcode::kEnd; ++i) {
      const Instruction& instruction = program_[i];
      const int test = TestOf(instruction);
      const bool two_slots = test >= kSlotTests && test < kMaskTests;
      if (test >= 0 || instruction.opcode == Opcode::kLoadSlot) use(instruction.a);
      if (two_slots) use(instruction.b);
    }
    LoadPinned();
  }

  void LoadPinned() {
    bool first = true;
    for (const Pinned& pinned : kPinned) {
      const int number = static_cast<int>(pinned.object);
      if ((used_ >> number & 1) == 0) continue;
      if (first) out_.Load(kOther, {kFrame, offsetof(NativeCode::Frame, objects)});
      first = false;
      out_.Load(pinned.where, {kOther, number * kWordBytes});
    }
  }

  // The tests without and with a counter, from kJumpEqual; the six relations with a number, with a
  // slot, and the two with a mask. -1 for another instruction.
  static constexpr int kSlotTests = 6;
  static constexpr int kMaskTests = 12;
  static int TestOf(const Instruction& instruction) {
    const Opcode opcode = instruction.opcode;
    if (opcode >= Opcode::kJumpEqual && opcode <= Opcode::kJumpNotInMask) {
      return static_cast<int>(opcode) - static_cast<int>(Opcode::kJumpEqual);
    }
    if (opcode >= Opcode::kReachJumpEqual && opcode <= Opcode::kReachJumpLast) {
      return static_cast<int>(opcode) - static_cast<int>(Opcode::kReachJumpEqual);
    }
    return -1;
  }

  static Word WordOf(SlotAddress slot) {
    const int32_t offset_bytes = slot.slot * kWordBytes;
    for (const Pinned& pinned : kPinned) {
      if (static_cast<int>(pinned.object) == slot.object) return {pinned.where, offset_bytes};
    }
    const auto object = static_cast<Object>(slot.object);
    return {kEventSlots, static_cast<int32_t>(Account::EventSlotsOffset(object)) + offset_bytes};
  }

  static Word RegisterWord(int number) {
    return {kFrame,
            static_cast<int32_t>(offsetof(NativeCode::Frame, registers)) + number * kWordBytes};
  }

  void Append(size_t code) { out_.AppendShort(kLog, static_cast<uint16_t>(code)); }
  void StoreLog() { out_.Store({kFrame, offsetof(NativeCode::Frame, log)}, kLog); }

  void JumpTo(size_t jump, size_t from) { jumps_.push_back({jump, from + program_[from].jump}); }

  void TranslateTest(size_t at, int test) {
    const Instruction& instruction = program_[at];
    const bool counts = instruction.opcode >= Opcode::kReachJumpEqual;
    const Word a = WordOf(instruction.a);
    if (test >= kSlotTests && test < kMaskTests) {
      if (counts) Append(static_cast<size_t>(instruction.immediate));
      out_.Load(kValue, a);
      out_.Compare(kValue, WordOf(instruction.b));
      return JumpTo(out_.JumpIf(ConditionOf(test - kSlotTests)), at);
    }
    if (counts) Append(instruction.code());
    if (test >= kMaskTests) return TranslateMask(at, test == kMaskTests);
    if (Assembler::FitsCompare(instruction.immediate)) {
      out_.Compare(a, instruction.immediate);
    } else {
      out_.LoadNumber(kOther, instruction.immediate);
      out_.Compare(a, kOther);
    }
    JumpTo(out_.JumpIf(ConditionOf(test)), at);
  }

  // A negative number is above all others without its sign.
  void TranslateMask(size_t at, bool jumps_if_in) {
    out_.Load(kValue, WordOf(program_[at].a));
    out_.CompareRax(63);
    const size_t outside = out_.JumpIf(Condition::kAbove);
    out_.LoadNumber(kOther, program_[at].immediate);
    out_.TestBitOfRcx();
    JumpTo(out_.JumpIf(jumps_if_in ? Condition::kCarry : Condition::kNoCarry), at);
    if (jumps_if_in) {
      out_.PatchJump(outside, out_.size());
    } else {
      JumpTo(outside, at);
    }
  }

  // Keeps what a program works on over a call, in which the log may be written; the three words
  // also align the stack.
  template <typename Function>
  void Call(Function* function, size_t argument) {
    StoreLog();
    out_.Push(kFrame);
    out_.Push(kLog);
    out_.Push(kEventSlots);
    out_.LoadNumber(kArgument, static_cast<int64_t>(argument));
    out_.LoadNumber(kValue, static_cast<int64_t>(reinterpret_cast<uintptr_t>(function)));
    out_.CallRax();
    out_.Pop(kEventSlots);
    out_.Pop(kLog);
    out_.Pop(kFrame);
    out_.Load(kLog, {kFrame, offsetof(NativeCode::Frame, log)});
    LoadPinned();
  }

  // Goes on where the function says.
  void CallLoop(NativeCode::LoopFunction* function, size_t argument) {
    Call(function, argument);
    out_.JumpRax();
  }

  void TranslateArithmetic(const Instruction& instruction) {
    const Word right = RegisterWord(instruction.b.slot);
    out_.Load(kValue, RegisterWord(instruction.a.slot));
    if (instruction.opcode == Opcode::kAdd) out_.Add(kValue, right);
    if (instruction.opcode == Opcode::kSubtract) out_.Subtract(kValue, right);
    if (instruction.opcode == Opcode::kMultiply) out_.Multiply(kValue, right);
    out_.Store(RegisterWord(instruction.reg), kValue);
  }

  void TranslateOne(size_t at) {
    const Instruction& instruction = program_[at];
    if (const int test = TestOf(instruction); test >= 0) return TranslateTest(at, test);
    const auto immediate = static_cast<size_t>(instruction.immediate);
    switch (instruction.opcode) {
      case Opcode::kEnd:
        StoreLog();
        return out_.Return();
      case Opcode::kLoadSlot:
        out_.Load(kValue, WordOf(instruction.a));
        return out_.Store(RegisterWord(instruction.reg), kValue);
      case Opcode::kLoadImmediate:
        out_.LoadNumber(kValue, instruction.immediate);
        return out_.Store(RegisterWord(instruction.reg), kValue);
      case Opcode::kJumpRegisters:
        out_.Load(kValue, RegisterWord(instruction.a.slot));
        out_.Compare(kValue, RegisterWord(instruction.b.slot));
        return JumpTo(out_.JumpIf(ConditionOf(instruction.reg)), at);
      case Opcode::kJump:
        return JumpTo(out_.Jump(), at);
      case Opcode::kReach:
        return Append(immediate);
      case Opcode::kViolate:
        return Call(&NativeCode::Violate, immediate);
      case Opcode::kRead:
        return Call(&NativeCode::Read, immediate);
      case Opcode::kUnread:
        return Call(&NativeCode::Unread, immediate);
      case Opcode::kEach:
        loop_ = NativeCode::FunctionsFor(static_cast<ForEach>(instruction.reg));
        return CallLoop(loop_.begin, at);
      case Opcode::kAgain:
        return CallLoop(loop_.next, at);
      default:
        return TranslateArithmetic(instruction);
    }
  }

  std::span<const Instruction> program_;
  Assembler out_;
  std::vector<uint32_t> places_;
  std::vector<std::pair<size_t, size_t>> jumps_;  // to which instruction
  uint64_t used_ = 0;                             // a bit for each object of the present program
  NativeCode::LoopFunctions loop_ = {};           // of the last kEach; loops are not nested
};

std::optional<NativeCode> NativeCode::Translate(std::span<const Instruction> program) {
#if defined(__x86_64__)
  NativeTranslator translator(program);
  translator.Translate();
  auto memory = platform::ExecutableMemory::Create(translator.code());
  if (memory.ok()) return NativeCode(std::move(memory).value(), translator.TakePlaces(), program);
#endif
  return std::nullopt;
}

NativeCode::Frame NativeCode::MakeFrame(Account* account, ClauseSink* sink) const {
  Frame frame;
  frame.objects = account->objects();
  frame.sink = sink;
  frame.account = account;
  frame.code = this;
  return frame;
}

void NativeCode::Violate(Frame* frame, uint32_t clause) {
  frame->sink->Violate(static_cast<uint16_t>(clause));
}

void NativeCode::Read(Frame* frame, uint32_t reading) {
  *frame->log++ = static_cast<uint16_t>(Outcomes::kReadingCode | reading);
  frame->registers[kReadRegister] = 1;
}

void NativeCode::Unread(Frame* frame, uint32_t clause) {
  if (frame->registers[kReadRegister] != 0) return;
  *frame->log++ = static_cast<uint16_t>(Outcomes::kUnreadCode | clause);
}

NativeCode::LoopFunctions NativeCode::FunctionsFor(ForEach for_each) {
  switch (for_each) {
    case ForEach::kOperation:
      return {&BeginLoop<ForEach::kOperation>, &NextInLoop<ForEach::kOperation>};
    case ForEach::kDelivery:
      return {&BeginLoop<ForEach::kDelivery>, &NextInLoop<ForEach::kDelivery>};
    default:
      assert(for_each == ForEach::kRequest);
      return {&BeginLoop<ForEach::kRequest>, &NextInLoop<ForEach::kRequest>};
  }
}

template <ForEach kForEach>
const void* NativeCode::BeginLoop(Frame* frame, uint32_t each) {
  frame->loop.Begin(&frame->code->program_[each], *frame->event, frame->account);
  return NextInLoop<kForEach>(frame, each);
}

template <ForEach kForEach>
const void* NativeCode::NextInLoop(Frame* frame, uint32_t) {
  const NativeCode& code = *frame->code;
  const Instruction* next = frame->loop.NextOf<kForEach>(frame->account);
  frame->log =
      frame->sink->outcomes.Continue(frame->log, static_cast<uint8_t>(frame->account->timing()));
  return code.memory_.data() + code.places_[static_cast<size_t>(next - code.program_.data())];
}

}  // namespace pendulum::oracle
