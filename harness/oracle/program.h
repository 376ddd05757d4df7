// The compiled form of a specification: one flat list of instructions for each kind of event, and
// for operations and calls one for each operation kind and method.
#ifndef PENDULUM_ORACLE_PROGRAM_H_
#define PENDULUM_ORACLE_PROGRAM_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/oracle/account.h"
#include "harness/oracle/expression.h"
#include "harness/oracle/outcomes.h"
#include "harness/oracle/specification.h"
#include "harness/oracle/vocabulary.h"
#include "harness/trace/method.h"

namespace pendulum::oracle {

// A slot of an object.
struct SlotAddress {
  uint8_t object = 0;
  uint8_t slot = 0;
};

enum class Opcode : uint8_t {
  kEnd,
  // Jumps when the slot `a` stands in the relation to `immediate` that the name says …
  kJumpEqual,
  kJumpNotEqual,
  kJumpLess,
  kJumpLessOrEqual,
  kJumpGreater,
  kJumpGreaterOrEqual,
  // … or to the slot `b` …
  kJumpEqualSlot,
  kJumpNotEqualSlot,
  kJumpLessSlot,
  kJumpLessOrEqualSlot,
  kJumpGreaterSlot,
  kJumpGreaterOrEqualSlot,
  // … or when it is, or is not, one of the numbers below 64 in the mask `immediate`.
  kJumpInMask,
  kJumpNotInMask,
  // The same fourteen after a kReach: most requirements begin with such a test. The code is
  // `immediate` where two slots are compared, and else takes the place of `b`.
  kReachJumpEqual,
  kReachJumpLast = kReachJumpEqual + (kJumpNotInMask - kJumpEqual),
  // Registers, for arithmetic: `reg` is the target; a.slot and b.slot are the registers taken.
  kLoadSlot,
  kLoadImmediate,
  kAdd,
  kSubtract,
  kMultiply,
  // The relation kJumpEqual + `reg` between registers a.slot and b.slot.
  kJumpRegisters,
  kJump,
  // The guards hold for which the code `immediate` stands (outcomes.h); the requirement of clause
  // `immediate` does not.
  kReach,
  kViolate,
  // The reading `immediate` of the specification holds. Then, after the readings of a clause: none
  // of those of clause `immediate` did. Both keep what they know in kReadRegister, which
  // kLoadImmediate sets before.
  kRead,
  kUnread,
  // Runs the instructions that follow, up to kAgain, for each account of `reg` (a ForEach), then
  // jumps. For operations, one kJump for each kind of operation comes first; `immediate` has a bit
  // for each kind that any clause concerns, and operations of the others are passed over.
  kEach,
  kAgain,
};

enum class ForEach : uint8_t { kNone, kOperation, kRequest, kDelivery };

struct Instruction {
  Opcode opcode = Opcode::kEnd;
  uint8_t reg = 0;
  SlotAddress a;
  SlotAddress b;
  uint16_t jump = 0;  // how many instructions further to go on when it jumps
  int64_t immediate = 0;

  // The code that takes the place of `b`.
  size_t code() const { return b.object | b.slot << 8; }
};
static_assert(sizeof(Instruction) == 16);

// Enough for what the parser lets through: a level of parentheses takes three at most.
inline constexpr int kRegisterCount = 64;
// One more: not 0 when a reading held, or when the clause is broken and none has to.
inline constexpr int kReadRegister = kRegisterCount;

// What a message prints: text, then a field, and so on.
struct MessagePiece {
  std::string text;                  // before the field
  const FieldInfo* field = nullptr;  // nullptr at the end
};
inline constexpr int kMaxMessageFields = 6;

// A clause as it is compiled, besides what people read of it.
struct CompiledClause {
  EventSet events = 0;
  ForEach for_each = ForEach::kNone;
  Expression when;
  Expression require;
  std::vector<Expression> readings;
  uint16_t first_reading = 0;  // the place of its first reading among all
  std::vector<MessagePiece> message;
  std::vector<SlotAddress> message_slots;  // of the fields in the message
};

// One program for each kind of operation at the events of operations, and one for none.
inline constexpr int kOperationKeys = trace::kOperationKindCount + 1;
inline constexpr int kMethodCount = static_cast<int>(trace::Method::kCount);

class NativeCode;

// Where the program lies that does nothing.
inline constexpr uint32_t kEmptyProgram = 0;

struct Specification::Compiled {
  std::vector<Clause> clauses;
  std::vector<CompiledClause> compiled;
  std::vector<ReadingPlace> readings;
  uint64_t hash = 0;

  // Clauses whose guards are reached at one place (Outcomes::kGroupCode).
  std::vector<std::vector<uint16_t>> groups;
  // The instructions of all programs, each ended by kEnd; the programs begin at:
  std::vector<Instruction> code;
  uint32_t starts[trace::kEventKindCount][kOperationKeys] = {};  // by operation kind, or all equal
  uint32_t call_starts[kMethodCount] = {};
  // The same as machine code; nullptr where there can be none.
  std::shared_ptr<const NativeCode> native;
};

// True for the events whose programs differ by the kind of the operation.
constexpr bool DependsOnOperation(trace::EventKind kind) {
  using enum trace::EventKind;
  return kind == kOperationCalled || kind == kOperationReturned || kind == kCompletionDelivered ||
         kind == kCompletionReturned || kind == kMemoryViolated;
}

// Fills code, starts and call_starts from the clauses. False when they are too much for a program.
[[nodiscard]] bool CompilePrograms(Specification::Compiled* compiled);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_PROGRAM_H_
