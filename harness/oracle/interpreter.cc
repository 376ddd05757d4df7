#include "harness/oracle/interpreter.h"

#include "harness/oracle/loop.h"

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

bool InMask(const Instruction& instruction, int64_t value) {
  const bool small = value >= 0 && value < 64;
  return small && (static_cast<uint64_t>(instruction.immediate) >> value & 1) != 0;
}

}  // namespace

// Each instruction jumps to the next by itself, once for a jump that is taken and once for one that
// is not: so the processor learns each place on its own, and runs ahead of the values it waits for.
// The empty assembly keeps the compiler from making one place of the two again.
#define PENDULUM_GO_ON(distance)                          \
  do {                                                    \
    instruction += (distance);                            \
    asm volatile("" : "+r"(instruction));                 \
    goto* kLabels[static_cast<int>(instruction->opcode)]; \
  } while (false)
#define PENDULUM_NEXT PENDULUM_GO_ON(1)
#define PENDULUM_JUMP_IF(condition)                   \
  do {                                                \
    if (condition) PENDULUM_GO_ON(instruction->jump); \
    PENDULUM_NEXT;                                    \
  } while (false)
// The instructions for one relation: with a number or a slot, without and with a counter.
#define PENDULUM_RELATION(name, relation)                \
  name:                                                  \
  PENDULUM_JUMP_IF(a() relation instruction->immediate); \
  name##_slot : PENDULUM_JUMP_IF(a() relation b());      \
  reach_##name : Append(instruction->code());            \
  PENDULUM_JUMP_IF(a() relation instruction->immediate); \
  reach_##name##_slot : Append(instruction->immediate);  \
  PENDULUM_JUMP_IF(a() relation b())
#define PENDULUM_COMPUTE(name, value)    \
  name:                                  \
  registers[instruction->reg] = (value); \
  PENDULUM_NEXT
#define PENDULUM_RELATIONS(prefix, suffix)                                      \
  &&prefix##equal##suffix, &&prefix##not_equal##suffix, &&prefix##less##suffix, \
      &&prefix##less_or_equal##suffix, &&prefix##greater##suffix,               \
      &&prefix##greater_or_equal##suffix

#define PENDULUM_PLAIN_LABELS                                                                \
  &&load_slot, &&load_immediate, &&add, &&subtract, &&multiply, &&registers_related, &&jump, \
      &&reach, &&violate, &&read, &&unread, &&each, &&again

void RunInstructions(const Instruction* instruction, const trace::Event& event, Account* account,
                     ClauseSink* sink) {
  static const void* const kLabels[] = {&&end,
                                        PENDULUM_RELATIONS(, ),
                                        PENDULUM_RELATIONS(, _slot),
                                        &&in_mask,
                                        &&not_in_mask,
                                        PENDULUM_RELATIONS(reach_, ),
                                        PENDULUM_RELATIONS(reach_, _slot),
                                        &&reach_in_mask,
                                        &&reach_not_in_mask,
                                        PENDULUM_PLAIN_LABELS};
  static_assert(sizeof kLabels / sizeof kLabels[0] == static_cast<int>(Opcode::kAgain) + 1);
  const int64_t* const* const objects = account->objects();
  AccountLoop loop;
  uint16_t* log = sink->log;
  int64_t registers[kRegisterCount + 1];
  const auto Append = [&log](auto code) { *log++ = static_cast<uint16_t>(code); };
  const auto a = [&] { return objects[instruction->a.object][instruction->a.slot]; };
  const auto b = [&] { return objects[instruction->b.object][instruction->b.slot]; };
  const auto left = [&] { return registers[instruction->a.slot]; };
  const auto right = [&] { return registers[instruction->b.slot]; };
  PENDULUM_GO_ON(0);
  PENDULUM_RELATION(equal, ==);
  PENDULUM_RELATION(not_equal, !=);
  PENDULUM_RELATION(less, <);
  PENDULUM_RELATION(less_or_equal, <=);
  PENDULUM_RELATION(greater, >);
  PENDULUM_RELATION(greater_or_equal, >=);
reach_in_mask:
  Append(instruction->code());
in_mask:
  PENDULUM_JUMP_IF(InMask(*instruction, a()));
reach_not_in_mask:
  Append(instruction->code());
not_in_mask:
  PENDULUM_JUMP_IF(!InMask(*instruction, a()));
  PENDULUM_COMPUTE(load_slot, a());
  PENDULUM_COMPUTE(load_immediate, instruction->immediate);
  PENDULUM_COMPUTE(add, Add(left(), right()));
  PENDULUM_COMPUTE(subtract, Subtract(left(), right()));
  PENDULUM_COMPUTE(multiply, Multiply(left(), right()));
registers_related:
  PENDULUM_JUMP_IF(Related(instruction->reg, left(), right()));
jump:
  PENDULUM_GO_ON(instruction->jump);
reach:
  Append(instruction->immediate);
  PENDULUM_NEXT;
violate:
  sink->Violate(static_cast<uint16_t>(instruction->immediate));
  PENDULUM_NEXT;
read:
  Append(Outcomes::kReadingCode | instruction->immediate);
  registers[kReadRegister] = 1;
  PENDULUM_NEXT;
unread:
  if (registers[kReadRegister] == 0) Append(Outcomes::kUnreadCode | instruction->immediate);
  PENDULUM_NEXT;
each:
  loop.Begin(instruction, event, account);
again:
  instruction = loop.Next(account);
  log = sink->outcomes.Continue(log, static_cast<uint8_t>(account->timing()));
  PENDULUM_GO_ON(0);
end:
  sink->log = log;
}
#undef PENDULUM_GO_ON
#undef PENDULUM_NEXT
#undef PENDULUM_JUMP_IF
#undef PENDULUM_RELATION
#undef PENDULUM_COMPUTE
#undef PENDULUM_RELATIONS
#undef PENDULUM_PLAIN_LABELS

}  // namespace pendulum::oracle
