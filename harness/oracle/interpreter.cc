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

// At an event that has a request, only its accounts are concerned; otherwise all of the run.
void RunEach(const Instruction* body, ForEach for_each, const trace::Event& event, Account* account,
             ClauseSink* sink) {
  account->Save();
  const bool of_request =
      (Objects()[static_cast<int>(Object::request)].events & Only(event.kind)) != 0;
  switch (for_each) {
    case ForEach::kNone:
      break;
    case ForEach::kOperation:
      for (uint32_t i = 0; i < account->operation_count(); ++i) {
        const OperationAccount& operation = account->operation_at(i);
        if (of_request && operation.request != event.request) continue;
        if (!operation.slots.known || operation.slots.kind >= trace::kOperationKindCount) continue;
        account->PointAt(operation);
        RunInstructions(body + operation.slots.kind, event, account, sink);
      }
      break;
    case ForEach::kDelivery:
      for (uint32_t i = 0; i < account->delivery_count(); ++i) {
        const DeliveryAccount& delivery = account->delivery_at(i);
        if (of_request && delivery.request != event.request) continue;
        account->PointAt(delivery);
        RunInstructions(body, event, account, sink);
      }
      break;
    case ForEach::kRequest:
      for (uint32_t i = 0; i < account->request_count(); ++i) {
        if (of_request && i != event.request) continue;
        if (account->PointAtRequest(i)) RunInstructions(body, event, account, sink);
      }
      break;
  }
  account->Restore();
}

bool InMask(const Instruction& instruction, int64_t value) {
  const bool small = value >= 0 && value < 64;
  return small && (static_cast<uint64_t>(instruction.immediate) >> value & 1) != 0;
}

}  // namespace

// Each instruction jumps to the next by itself, once for a jump that is taken and once for one that
// is not: so the processor learns each place on its own, and runs ahead of the values it waits for.
#define PENDULUM_NEXT                                     \
  do {                                                    \
    instruction = next++;                                 \
    goto* kLabels[static_cast<int>(instruction->opcode)]; \
  } while (false)
#define PENDULUM_JUMP_IF(condition) \
  if (condition) {                  \
    next += instruction->jump;      \
    PENDULUM_NEXT;                  \
  }                                 \
  PENDULUM_NEXT

void RunInstructions(const Instruction* next, const trace::Event& event, Account* account,
                     ClauseSink* sink) {
  static const void* const kLabels[] = {&&end,
                                        &&equal,
                                        &&not_equal,
                                        &&less,
                                        &&less_or_equal,
                                        &&greater,
                                        &&greater_or_equal,
                                        &&equal_slot,
                                        &&not_equal_slot,
                                        &&less_slot,
                                        &&less_or_equal_slot,
                                        &&greater_slot,
                                        &&greater_or_equal_slot,
                                        &&in_mask,
                                        &&not_in_mask,
                                        &&load_slot,
                                        &&load_immediate,
                                        &&add,
                                        &&subtract,
                                        &&multiply,
                                        &&registers_related,
                                        &&jump,
                                        &&reach,
                                        &&violate,
                                        &&each};
  static_assert(sizeof kLabels / sizeof kLabels[0] == static_cast<int>(Opcode::kEach) + 1);
  const int64_t* const* objects = account->objects();
  int64_t registers[kRegisterCount];
  const Instruction* instruction = nullptr;
  const auto a = [&] { return objects[instruction->a.object][instruction->a.slot]; };
  const auto b = [&] { return objects[instruction->b.object][instruction->b.slot]; };
  const auto left = [&] { return registers[instruction->a.slot]; };
  const auto right = [&] { return registers[instruction->b.slot]; };
  PENDULUM_NEXT;
equal:
  PENDULUM_JUMP_IF(a() == instruction->immediate);
not_equal:
  PENDULUM_JUMP_IF(a() != instruction->immediate);
less:
  PENDULUM_JUMP_IF(a() < instruction->immediate);
less_or_equal:
  PENDULUM_JUMP_IF(a() <= instruction->immediate);
greater:
  PENDULUM_JUMP_IF(a() > instruction->immediate);
greater_or_equal:
  PENDULUM_JUMP_IF(a() >= instruction->immediate);
equal_slot:
  PENDULUM_JUMP_IF(a() == b());
not_equal_slot:
  PENDULUM_JUMP_IF(a() != b());
less_slot:
  PENDULUM_JUMP_IF(a() < b());
less_or_equal_slot:
  PENDULUM_JUMP_IF(a() <= b());
greater_slot:
  PENDULUM_JUMP_IF(a() > b());
greater_or_equal_slot:
  PENDULUM_JUMP_IF(a() >= b());
in_mask:
  PENDULUM_JUMP_IF(InMask(*instruction, a()));
not_in_mask:
  PENDULUM_JUMP_IF(!InMask(*instruction, a()));
load_slot:
  registers[instruction->reg] = a();
  PENDULUM_NEXT;
load_immediate:
  registers[instruction->reg] = instruction->immediate;
  PENDULUM_NEXT;
add:
  registers[instruction->reg] = Add(left(), right());
  PENDULUM_NEXT;
subtract:
  registers[instruction->reg] = Subtract(left(), right());
  PENDULUM_NEXT;
multiply:
  registers[instruction->reg] = Multiply(left(), right());
  PENDULUM_NEXT;
registers_related:
  PENDULUM_JUMP_IF(Related(instruction->reg, left(), right()));
jump:
  next += instruction->jump;
  PENDULUM_NEXT;
reach:
  ++sink->coverage[instruction->immediate + static_cast<int>(account->timing())];
  PENDULUM_NEXT;
violate:
  sink->Violate(static_cast<uint16_t>(instruction->immediate));
  PENDULUM_NEXT;
each:
  RunEach(next, static_cast<ForEach>(instruction->reg), event, account, sink);
  next += instruction->jump;
  PENDULUM_NEXT;
end:
  return;
}
#undef PENDULUM_NEXT
#undef PENDULUM_JUMP_IF

}  // namespace pendulum::oracle
