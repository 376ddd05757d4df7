#include "harness/oracle/interpreter.h"

namespace pendulum::oracle {
namespace {

// Arithmetic wraps around: values come from traces that anybody may have written.
int64_t Add(int64_t one, int64_t other) {
  return static_cast<int64_t>(static_cast<uint64_t>(one) + static_cast<uint64_t>(other));
}
int64_t Subtract(int64_t one, int64_t other) {
  return static_cast<int64_t>(static_cast<uint64_t>(one) - static_cast<uint64_t>(other));
}
int64_t Multiply(int64_t one, int64_t other) {
  return static_cast<int64_t>(static_cast<uint64_t>(one) * static_cast<uint64_t>(other));
}

bool Related(uint8_t relation, int64_t one, int64_t other) {
  switch (static_cast<Opcode>(relation + static_cast<int>(Opcode::kJumpEqual))) {
    case Opcode::kJumpEqual:
      return one == other;
    case Opcode::kJumpNotEqual:
      return one != other;
    case Opcode::kJumpLess:
      return one < other;
    case Opcode::kJumpLessOrEqual:
      return one <= other;
    case Opcode::kJumpGreater:
      return one > other;
    default:
      return one >= other;
  }
}

void RunEach(const Instruction* body, ForEach for_each, uint8_t request, Account* account,
             ClauseSink* sink) {
  account->Save();
  const uint32_t count = for_each == ForEach::kOperation  ? account->operation_count()
                         : for_each == ForEach::kDelivery ? account->delivery_count()
                                                          : account->request_count();
  for (uint32_t i = 0; i < count; ++i) {
    const bool concerned = for_each == ForEach::kOperation  ? account->PointAtOperation(i, request)
                           : for_each == ForEach::kDelivery ? account->PointAtDelivery(i, request)
                                                            : account->PointAtRequest(i, request);
    if (concerned) RunInstructions(body, request, account, sink);
  }
  account->Restore();
}

bool InMask(const Instruction& instruction, int64_t value) {
  const bool small = value >= 0 && value < 64;
  return small && (static_cast<uint64_t>(instruction.immediate) >> value & 1) != 0;
}

}  // namespace

void RunInstructions(const Instruction* next, uint8_t request, Account* account, ClauseSink* sink) {
  const int64_t* const* objects = account->objects();
  int64_t registers[kRegisterCount];
  const auto slot = [&](SlotAddress address) { return objects[address.object][address.slot]; };
#define PENDULUM_JUMP_IF(condition)           \
  next += (condition) ? instruction.jump : 0; \
  break
  while (true) {
    const Instruction& instruction = *next++;
    switch (instruction.opcode) {
      case Opcode::kEnd:
        return;
      case Opcode::kJumpEqual:
        PENDULUM_JUMP_IF(slot(instruction.a) == instruction.immediate);
      case Opcode::kJumpNotEqual:
        PENDULUM_JUMP_IF(slot(instruction.a) != instruction.immediate);
      case Opcode::kJumpLess:
        PENDULUM_JUMP_IF(slot(instruction.a) < instruction.immediate);
      case Opcode::kJumpLessOrEqual:
        PENDULUM_JUMP_IF(slot(instruction.a) <= instruction.immediate);
      case Opcode::kJumpGreater:
        PENDULUM_JUMP_IF(slot(instruction.a) > instruction.immediate);
      case Opcode::kJumpGreaterOrEqual:
        PENDULUM_JUMP_IF(slot(instruction.a) >= instruction.immediate);
      case Opcode::kJumpEqualSlot:
        PENDULUM_JUMP_IF(slot(instruction.a) == slot(instruction.b));
      case Opcode::kJumpNotEqualSlot:
        PENDULUM_JUMP_IF(slot(instruction.a) != slot(instruction.b));
      case Opcode::kJumpLessSlot:
        PENDULUM_JUMP_IF(slot(instruction.a) < slot(instruction.b));
      case Opcode::kJumpLessOrEqualSlot:
        PENDULUM_JUMP_IF(slot(instruction.a) <= slot(instruction.b));
      case Opcode::kJumpGreaterSlot:
        PENDULUM_JUMP_IF(slot(instruction.a) > slot(instruction.b));
      case Opcode::kJumpGreaterOrEqualSlot:
        PENDULUM_JUMP_IF(slot(instruction.a) >= slot(instruction.b));
      case Opcode::kJumpInMask:
        PENDULUM_JUMP_IF(InMask(instruction, slot(instruction.a)));
      case Opcode::kJumpNotInMask:
        PENDULUM_JUMP_IF(!InMask(instruction, slot(instruction.a)));
      case Opcode::kLoadSlot:
        registers[instruction.reg] = slot(instruction.a);
        break;
      case Opcode::kLoadImmediate:
        registers[instruction.reg] = instruction.immediate;
        break;
      case Opcode::kAdd:
        registers[instruction.reg] =
            Add(registers[instruction.a.slot], registers[instruction.b.slot]);
        break;
      case Opcode::kSubtract:
        registers[instruction.reg] =
            Subtract(registers[instruction.a.slot], registers[instruction.b.slot]);
        break;
      case Opcode::kMultiply:
        registers[instruction.reg] =
            Multiply(registers[instruction.a.slot], registers[instruction.b.slot]);
        break;
      case Opcode::kJumpRegisters:
        PENDULUM_JUMP_IF(
            Related(instruction.reg, registers[instruction.a.slot], registers[instruction.b.slot]));
      case Opcode::kJump:
        next += instruction.jump;
        break;
      case Opcode::kReach:
        sink->Reach(static_cast<uint16_t>(instruction.immediate));
        break;
      case Opcode::kViolate:
        sink->Violate(static_cast<uint16_t>(instruction.immediate));
        break;
      case Opcode::kEach:
        RunEach(next, static_cast<ForEach>(instruction.reg), request, account, sink);
        next += instruction.jump;
        break;
    }
  }
#undef PENDULUM_JUMP_IF
}

}  // namespace pendulum::oracle
