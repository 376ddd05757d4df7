#include <algorithm>
#include <cassert>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "harness/oracle/condition_compiler.h"
#include "harness/oracle/guards.h"
#include "harness/oracle/program.h"

namespace pendulum::oracle {
namespace {

// A part of a guard that must hold, with the text that makes equal parts equal.
struct Conjunct {
  Expression expression;
  std::string text;
};

// A clause on its way into one program.
struct Pending {
  uint16_t clause = 0;
  std::vector<Conjunct> conjuncts;
};

// Programs are made for each event, operation and method, so a few clauses become many
// instructions; beyond these the specification is refused.
constexpr size_t kMaxInstructions = size_t{4} << 20;
constexpr size_t kMaxConjunctsSorted = size_t{2} << 20;

class ProgramCompiler {
 public:
  explicit ProgramCompiler(Specification::Compiled* compiled) : compiled_(compiled) {
    kind_field_ = FindField(Object::operation, "kind");
    known_field_ = FindField(Object::operation, "known");
    method_field_ = FindField(Object::call, "method");
    for (const CompiledClause& clause : compiled_->compiled) guards_.push_back(GuardOf(clause));
  }

  bool CompileAll() {
    // The empty program comes first, so that it can be told by its place.
    compiled_->code = {{.opcode = Opcode::kEnd}};
    for (int i = 0; i < trace::kEventKindCount; ++i) {
      const auto kind = static_cast<trace::EventKind>(i);
      for (int key = 0; key < kOperationKeys; ++key) {
        if (overflowed_) return false;
        compiled_->starts[i][key] = Program(kind, DependsOnOperation(kind) ? key : -1, -1);
      }
    }
    for (int method = 0; method < kMethodCount; ++method) {
      if (overflowed_) return false;
      compiled_->call_starts[method] = Program(trace::EventKind::kCall, -1, method);
    }
    return !overflowed_;
  }

 private:
  // The place of the program for the event kind, and operation kind or method where they are given.
  uint32_t Program(trace::EventKind event, int operation_key, int method) {
    std::vector<Pending> selected[4];  // by ForEach
    std::string identity;
    for (size_t i = 0; i < compiled_->compiled.size(); ++i) {
      const CompiledClause& clause = compiled_->compiled[i];
      Pending pending = {.clause = static_cast<uint16_t>(i), .conjuncts = {}};
      const bool here = (clause.events & Only(event)) != 0;
      if (!here || !Select(clause, guards_[i], operation_key, method, &pending)) continue;
      identity += std::to_string(i) + ":";
      for (const Conjunct& conjunct : pending.conjuncts) identity += conjunct.text + "&";
      selected[static_cast<int>(clause.for_each)].push_back(std::move(pending));
    }
    if (identity.empty()) return kEmptyProgram;
    identity += HasRequest(event) ? "of the request" : "of the run";
    const auto [place, is_new] =
        programs_.emplace(identity, static_cast<uint32_t>(compiled_->code.size()));
    if (is_new) Emit(selected, HasRequest(event));
    return place->second;
  }

  // Leaves out what the choice of the program has already decided. False when the clause cannot be
  // reached in this program.
  bool Select(const CompiledClause& clause, const std::vector<Expression>& guard, int operation_key,
              int method, Pending* pending) const {
    const bool known_operation = operation_key >= 0 && operation_key < trace::kOperationKindCount;
    const bool fixed_operation = operation_key >= 0 && clause.for_each != ForEach::kOperation;
    for (const Expression& e : guard) {
      std::set<int64_t> values;
      if (e.op == Operator::kLiteral && e.value != 0) continue;
      if (fixed_operation && e.op == Operator::kField && e.field == known_field_) {
        if (!known_operation) return false;
        continue;
      }
      if (fixed_operation && known_operation && ValuesLeft(e, kind_field_, &values)) {
        if (values.count(operation_key) == 0) return false;
        continue;
      }
      if (method >= 0 && ValuesLeft(e, method_field_, &values)) {
        if (values.count(method) == 0) return false;
        continue;
      }
      pending->conjuncts.push_back({e, CanonicalText(e)});
    }
    return true;
  }

  static bool HasRequest(trace::EventKind event) {
    return (FindObject("request")->events & Only(event)) != 0;
  }

  void Emit(std::vector<Pending> (&selected)[4], bool has_request) {
    ConditionCompiler conditions(&compiled_->code);
    EmitGroup(std::move(selected[0]), &conditions);
    for (ForEach for_each : {ForEach::kOperation, ForEach::kRequest, ForEach::kDelivery}) {
      std::vector<Pending>& clauses = selected[static_cast<int>(for_each)];
      if (clauses.empty()) continue;
      // What all clauses ask that does not depend on the account at hand is tested before the loop.
      // The rest is tested in it: going round costs more than a test.
      ConditionCompiler::Label past;
      for (const Conjunct& test : TakeInvariants(for_each, has_request, &clauses)) {
        conditions.Jump(test.expression, false, &past);
      }
      EmitLoop(for_each, clauses, &conditions);
      conditions.Place(past);
    }
    conditions.Emit({.opcode = Opcode::kEnd});
    overflowed_ = overflowed_ || conditions.overflowed();
  }

  // Removes from the clauses' guards, and returns, what they share and what is the same for every
  // account of the loop.
  static std::vector<Conjunct> TakeInvariants(ForEach for_each, bool has_request,
                                              std::vector<Pending>* clauses) {
    const auto varies = [&](const FieldInfo& field) {
      const bool of_request = field.object == Object::request;
      if (for_each == ForEach::kRequest) return of_request;
      if (of_request) return !has_request;
      return field.object == Object::delivery ||
             (field.object == Object::operation && for_each == ForEach::kOperation);
    };
    const std::vector<Conjunct> asked = clauses->front().conjuncts;
    std::vector<Conjunct> outside;
    for (const Conjunct& conjunct : asked) {
      const auto same = [&](const Conjunct& other) { return other.text == conjunct.text; };
      bool taken = std::all_of(clauses->begin(), clauses->end(), [&](const Pending& pending) {
        return std::any_of(pending.conjuncts.begin(), pending.conjuncts.end(), same);
      });
      ForEachField(conjunct.expression,
                   [&](const FieldInfo& field) { taken = taken && !varies(field); });
      if (!taken) continue;
      outside.push_back(conjunct);
      for (Pending& pending : *clauses) std::erase_if(pending.conjuncts, same);
    }
    return outside;
  }

  // kEach, then for operations one jump for each kind of operation to what concerns that kind.
  void EmitLoop(ForEach for_each, const std::vector<Pending>& group,
                ConditionCompiler* conditions) {
    ConditionCompiler::Label after;
    const bool operations = for_each == ForEach::kOperation;
    conditions->EmitJump({.opcode = Opcode::kEach,
                          .reg = static_cast<uint8_t>(for_each),
                          .immediate = operations ? KindsOf(group) : 0},
                         &after);
    if (for_each != ForEach::kOperation) {
      EmitGroup(group, conditions);
      conditions->Emit({.opcode = Opcode::kAgain});
      return conditions->Place(after);
    }
    ConditionCompiler::Label bodies[trace::kOperationKindCount];
    for (ConditionCompiler::Label& body : bodies) {
      conditions->EmitJump({.opcode = Opcode::kJump}, &body);
    }
    for (int kind = 0; kind < trace::kOperationKindCount; ++kind) {
      conditions->Place(bodies[kind]);
      EmitGroup(OfKind(group, kind), conditions);
      conditions->Emit({.opcode = Opcode::kAgain});
    }
    conditions->Place(after);
  }

  // A bit for each kind of operation that any of the clauses can concern.
  int64_t KindsOf(const std::vector<Pending>& group) const {
    int64_t kinds = 0;
    for (int kind = 0; kind < trace::kOperationKindCount; ++kind) {
      if (!OfKind(group, kind).empty()) kinds |= int64_t{1} << kind;
    }
    return kinds;
  }

  // The clauses that can concern operations of a kind, without the tests for it.
  std::vector<Pending> OfKind(const std::vector<Pending>& group, int kind) const {
    std::vector<Pending> of_kind;
    for (const Pending& pending : group) {
      Pending rest = {.clause = pending.clause, .conjuncts = {}};
      bool possible = true;
      for (const Conjunct& conjunct : pending.conjuncts) {
        std::set<int64_t> values;
        const bool decides = ValuesLeft(conjunct.expression, kind_field_, &values);
        if (decides) possible = possible && values.count(kind) != 0;
        if (!decides) rest.conjuncts.push_back(conjunct);
      }
      if (possible) of_kind.push_back(std::move(rest));
    }
    return of_kind;
  }

  // Tests the part of the guards that most clauses share once for them all, and so on inwards.
  void EmitGroup(std::vector<Pending> group, ConditionCompiler* conditions) {
    while (!group.empty() && !Overflowed()) {
      std::map<std::string, int> shares;
      for (const Pending& pending : group) {
        conjuncts_sorted_ += pending.conjuncts.size() + 1;
        for (const Conjunct& conjunct : pending.conjuncts) ++shares[conjunct.text];
      }
      if (shares.empty()) break;
      const auto most = std::max_element(
          shares.begin(), shares.end(),
          [](const auto& one, const auto& other) { return one.second < other.second; });
      group = EmitShared(std::move(group), most->first, conditions);
    }
    EmitReached(group, conditions);
    for (const Pending& pending : group) {
      if (!Overflowed()) EmitBody(pending.clause, conditions);
    }
  }

  // Says that the guards of all these clauses are reached.
  void EmitReached(const std::vector<Pending>& group, ConditionCompiler* conditions) {
    std::vector<uint16_t> clauses;
    for (const Pending& pending : group) {
      if (!IsOption(pending.clause)) clauses.push_back(pending.clause);
    }
    if (clauses.empty()) return;
    if (clauses.size() == 1) return conditions->Reach(size_t{clauses[0]} * kTimings);
    const auto [place, is_new] =
        groups_.emplace(clauses, static_cast<uint32_t>(compiled_->groups.size()));
    if (is_new) compiled_->groups.push_back(clauses);
    overflowed_ = overflowed_ || place->second >= Outcomes::kMostGroups;
    conditions->Reach(Outcomes::kGroupCode + place->second);
  }

  // An option is exercised when its requirement holds too; it cannot be broken.
  bool IsOption(uint16_t clause) const { return compiled_->clauses[clause].level == Level::kMay; }

  bool Overflowed() {
    overflowed_ = overflowed_ || compiled_->code.size() > kMaxInstructions ||
                  conjuncts_sorted_ > kMaxConjunctsSorted;
    return overflowed_;
  }

  // Emits the clauses that have the conjunct `text`, and returns the others.
  std::vector<Pending> EmitShared(std::vector<Pending> group, const std::string& text,
                                  ConditionCompiler* conditions) {
    std::vector<Pending> inside;
    std::vector<Pending> others;
    Expression test;
    for (Pending& pending : group) {
      std::vector<Conjunct> rest;
      for (Conjunct& conjunct : pending.conjuncts) {
        if (conjunct.text == text) {
          test = conjunct.expression;
        } else {
          rest.push_back(std::move(conjunct));
        }
      }
      const bool had_it = rest.size() != pending.conjuncts.size();
      pending.conjuncts = std::move(rest);
      (had_it ? inside : others).push_back(std::move(pending));
    }
    assert(!inside.empty());
    ConditionCompiler::Label past;
    conditions->Jump(test, false, &past);
    EmitGroup(std::move(inside), conditions);
    conditions->Place(past);
    return others;
  }

  void EmitBody(uint16_t clause, ConditionCompiler* conditions) {
    const CompiledClause& compiled = compiled_->compiled[clause];
    if (!compiled.readings.empty()) return EmitBodyWithReadings(clause, conditions);
    ConditionCompiler::Label next;
    if (IsOption(clause)) {
      conditions->Jump(compiled.require, false, &next);
      conditions->Reach(size_t{clause} * kTimings);
    } else {
      conditions->Jump(compiled.require, true, &next);
      conditions->Emit({.opcode = Opcode::kViolate, .immediate = clause});
    }
    conditions->Place(next);
  }

  void EmitBodyWithReadings(uint16_t clause, ConditionCompiler* conditions) {
    const CompiledClause& compiled = compiled_->compiled[clause];
    const auto set_read = [&](int64_t value) {
      conditions->Emit(
          {.opcode = Opcode::kLoadImmediate, .reg = kReadRegister, .immediate = value});
    };
    set_read(0);
    ConditionCompiler::Label met;
    conditions->Jump(compiled.require, true, &met);
    conditions->Emit({.opcode = Opcode::kViolate, .immediate = clause});
    set_read(1);
    conditions->Place(met);
    for (size_t i = 0; i < compiled.readings.size(); ++i) {
      ConditionCompiler::Label next;
      conditions->Jump(compiled.readings[i], false, &next);
      conditions->Emit(
          {.opcode = Opcode::kRead, .immediate = static_cast<int64_t>(compiled.first_reading + i)});
      conditions->Place(next);
    }
    conditions->Emit({.opcode = Opcode::kUnread, .immediate = clause});
  }

  Specification::Compiled* compiled_;
  const FieldInfo* kind_field_;
  const FieldInfo* known_field_;
  const FieldInfo* method_field_;
  std::vector<std::vector<Expression>> guards_;
  std::map<std::string, uint32_t> programs_;
  std::map<std::vector<uint16_t>, uint32_t> groups_;  // by their clauses: their places
  size_t conjuncts_sorted_ = 0;
  bool overflowed_ = false;
};

}  // namespace

bool CompilePrograms(Specification::Compiled* compiled) {
  return ProgramCompiler(compiled).CompileAll();
}

}  // namespace pendulum::oracle
