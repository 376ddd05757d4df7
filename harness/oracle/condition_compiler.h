// Compiles boolean expressions into jumps.
#ifndef PENDULUM_ORACLE_CONDITION_COMPILER_H_
#define PENDULUM_ORACLE_CONDITION_COMPILER_H_

#include <vector>

#include "harness/oracle/expression.h"
#include "harness/oracle/program.h"

namespace pendulum::oracle {

// Appends to one program. Jumps go forward to labels; a label is the list of the instructions that
// jump to it, resolved by Place.
class ConditionCompiler {
 public:
  using Label = std::vector<size_t>;

  explicit ConditionCompiler(std::vector<Instruction>* code) : code_(code) {}

  // Code that jumps to `label` when the expression's value is `when`, and else falls through.
  void Jump(const Expression& expression, bool when, Label* label);
  void Emit(const Instruction& instruction);
  void EmitJump(Instruction instruction, Label* label);
  // Code that says what `code` stands for (outcomes.h), the guards of clauses.
  void Reach(size_t code);
  // The label stands for the next instruction.
  void Place(const Label& label);
  // A jump was too far: the code is of no use.
  bool overflowed() const { return overflowed_; }

 private:
  void JumpCompare(const Expression& expression, bool when, Label* label);
  void JumpIn(const Expression& expression, bool when, Label* label);
  // Code that leaves the value of an integer expression in register `reg`.
  void Load(const Expression& expression, int reg);

  // Emits the kReach that could not become part of a jump.
  void EmitReach();

  static constexpr size_t kNothing = ~size_t{0};
  std::vector<Instruction>* code_;
  size_t reached_ = kNothing;  // a kReach that is to become part of the next instruction
  int first_register_ = 0;     // the first that is free
  bool overflowed_ = false;
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_CONDITION_COMPILER_H_
