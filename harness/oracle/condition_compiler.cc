#include "harness/oracle/condition_compiler.h"

#include <cassert>
#include <limits>
#include <utility>

namespace pendulum::oracle {
namespace {

SlotAddress AddressOf(const Expression& e) {
  assert(e.op == Operator::kField);
  return {static_cast<uint8_t>(e.field->object), e.field->slot};
}

Opcode JumpFor(Operator op, bool when) {
  const Operator jumps = when ? op : Opposite(op);
  switch (jumps) {
    case Operator::kEqual:
      return Opcode::kJumpEqual;
    case Operator::kNotEqual:
      return Opcode::kJumpNotEqual;
    case Operator::kLess:
      return Opcode::kJumpLess;
    case Operator::kLessOrEqual:
      return Opcode::kJumpLessOrEqual;
    case Operator::kGreater:
      return Opcode::kJumpGreater;
    default:
      assert(jumps == Operator::kGreaterOrEqual);
      return Opcode::kJumpGreaterOrEqual;
  }
}

Opcode OfSlots(Opcode jump) {
  return static_cast<Opcode>(static_cast<int>(jump) + static_cast<int>(Opcode::kJumpEqualSlot) -
                             static_cast<int>(Opcode::kJumpEqual));
}

// The jump that counts too, if there is one for this instruction.
bool FuseWithReach(Instruction* instruction, size_t code) {
  const Opcode opcode = instruction->opcode;
  if (opcode < Opcode::kJumpEqual || opcode > Opcode::kJumpNotInMask) return false;
  if (opcode >= Opcode::kJumpEqualSlot && opcode <= Opcode::kJumpGreaterOrEqualSlot) {
    instruction->immediate = static_cast<int64_t>(code);
  } else {
    if (code > std::numeric_limits<uint16_t>::max()) return false;
    instruction->b = {static_cast<uint8_t>(code), static_cast<uint8_t>(code >> 8)};
  }
  instruction->opcode =
      static_cast<Opcode>(static_cast<int>(opcode) + static_cast<int>(Opcode::kReachJumpEqual) -
                          static_cast<int>(Opcode::kJumpEqual));
  return true;
}

Instruction JumpIfTrue(SlotAddress slot, bool when) {
  return {.opcode = when ? Opcode::kJumpNotEqual : Opcode::kJumpEqual, .a = slot};
}

}  // namespace

void ConditionCompiler::Emit(const Instruction& instruction) {
  EmitReach();
  code_->push_back(instruction);
}

void ConditionCompiler::EmitJump(Instruction instruction, Label* label) {
  if (reached_ != kNothing && FuseWithReach(&instruction, reached_)) reached_ = kNothing;
  EmitReach();
  label->push_back(code_->size());
  code_->push_back(instruction);
}

void ConditionCompiler::Reach(size_t code) {
  EmitReach();
  reached_ = code;
}

void ConditionCompiler::EmitReach() {
  const size_t code = std::exchange(reached_, kNothing);
  if (code == kNothing) return;
  code_->push_back({.opcode = Opcode::kReach, .immediate = static_cast<int64_t>(code)});
}

void ConditionCompiler::Place(const Label& label) {
  EmitReach();
  for (size_t from : label) {
    const size_t distance = code_->size() - from;
    overflowed_ = overflowed_ || distance > std::numeric_limits<uint16_t>::max();
    (*code_)[from].jump = static_cast<uint16_t>(distance);
  }
}

void ConditionCompiler::Jump(const Expression& e, bool when, Label* label) {
  switch (e.op) {
    case Operator::kLiteral:
      if ((e.value != 0) == when) EmitJump({.opcode = Opcode::kJump}, label);
      return;
    case Operator::kField:
      return EmitJump(JumpIfTrue(AddressOf(e), when), label);
    case Operator::kNot:
      return Jump(e.operands[0], !when, label);
    case Operator::kAnd:
    case Operator::kOr: {
      // "a && b" is decided by a false operand, "a || b" by a true one.
      const bool decided_by = e.op == Operator::kOr;
      if (decided_by == when) {
        Jump(e.operands[0], when, label);
        return Jump(e.operands[1], when, label);
      }
      Label decided;
      Jump(e.operands[0], decided_by, &decided);
      Jump(e.operands[1], when, label);
      return Place(decided);
    }
    case Operator::kIn:
      return JumpIn(e, when, label);
    case Operator::kSucceeded:
    case Operator::kFailed: {
      // An HRESULT is kept as an unsigned number.
      Expression sign = {.op = e.op == Operator::kFailed ? Operator::kGreaterOrEqual
                                                         : Operator::kLess};
      sign.operands = {e.operands[0], Expression{.value = kSignBit}};
      return JumpCompare(sign, when, label);
    }
    default:
      return JumpCompare(e, when, label);
  }
}

void ConditionCompiler::JumpCompare(const Expression& e, bool when, Label* label) {
  const Expression* left = &e.operands[0];
  const Expression* right = &e.operands[1];
  Operator op = e.op;
  if (left->op == Operator::kLiteral && right->op == Operator::kField) {
    std::swap(left, right);
    op = Mirrored(op);
  }
  const Opcode jump = JumpFor(op, when);
  if (left->op == Operator::kField && right->op == Operator::kLiteral) {
    return EmitJump({.opcode = jump, .a = AddressOf(*left), .immediate = right->value}, label);
  }
  if (left->op == Operator::kField && right->op == Operator::kField) {
    return EmitJump({.opcode = OfSlots(jump), .a = AddressOf(*left), .b = AddressOf(*right)},
                    label);
  }
  Load(*left, first_register_);
  Load(*right, first_register_ + 1);
  const auto relation =
      static_cast<uint8_t>(static_cast<int>(jump) - static_cast<int>(Opcode::kJumpEqual));
  const auto first = static_cast<uint8_t>(first_register_);
  const auto second = static_cast<uint8_t>(first_register_ + 1);
  EmitJump({.opcode = Opcode::kJumpRegisters, .reg = relation, .a = {0, first}, .b = {0, second}},
           label);
}

void ConditionCompiler::JumpIn(const Expression& e, bool when, Label* label) {
  const Expression& value = e.operands[0];
  uint64_t mask = 0;
  bool fits = value.op == Operator::kField;
  for (size_t i = 1; i < e.operands.size(); ++i) {
    const int64_t element = e.operands[i].value;
    fits = fits && element >= 0 && element < 64;
    if (fits) mask |= uint64_t{1} << element;
  }
  if (fits) {
    const Opcode opcode = when ? Opcode::kJumpInMask : Opcode::kJumpNotInMask;
    return EmitJump(
        {.opcode = opcode, .a = AddressOf(value), .immediate = static_cast<int64_t>(mask)}, label);
  }
  Label found;
  Expression equal = {.op = Operator::kEqual, .operands = {value, value}};
  for (size_t i = 1; i < e.operands.size(); ++i) {
    equal.operands[1] = e.operands[i];
    JumpCompare(equal, true, when ? label : &found);
  }
  if (!when) EmitJump({.opcode = Opcode::kJump}, label);
  Place(found);
}

void ConditionCompiler::Load(const Expression& e, int reg) {
  assert(reg + 1 < kRegisterCount);
  const auto target = static_cast<uint8_t>(reg);
  const auto next = static_cast<uint8_t>(reg + 1);
  switch (e.op) {
    case Operator::kLiteral:
      return Emit({.opcode = Opcode::kLoadImmediate, .reg = target, .immediate = e.value});
    case Operator::kField:
      return Emit({.opcode = Opcode::kLoadSlot, .reg = target, .a = AddressOf(e)});
    case Operator::kNegate:
      Emit({.opcode = Opcode::kLoadImmediate, .reg = target, .immediate = 0});
      Load(e.operands[0], next);
      return Emit({.opcode = Opcode::kSubtract, .reg = target, .a = {0, target}, .b = {0, next}});
    case Operator::kAdd:
    case Operator::kSubtract:
    case Operator::kMultiply: {
      Load(e.operands[0], target);
      Load(e.operands[1], next);
      const Opcode opcode = e.op == Operator::kAdd        ? Opcode::kAdd
                            : e.op == Operator::kSubtract ? Opcode::kSubtract
                                                          : Opcode::kMultiply;
      return Emit({.opcode = opcode, .reg = target, .a = {0, target}, .b = {0, next}});
    }
    default: {
      // A boolean that is compared with another; the registers before `reg` are in use.
      Label is_true;
      Label done;
      const int outer_first_register = std::exchange(first_register_, reg);
      Jump(e, true, &is_true);
      first_register_ = outer_first_register;
      Emit({.opcode = Opcode::kLoadImmediate, .reg = target, .immediate = 0});
      EmitJump({.opcode = Opcode::kJump}, &done);
      Place(is_true);
      Emit({.opcode = Opcode::kLoadImmediate, .reg = target, .immediate = 1});
      return Place(done);
    }
  }
}

}  // namespace pendulum::oracle
