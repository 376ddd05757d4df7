#include "harness/oracle/lint.h"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "harness/oracle/constraints.h"
#include "harness/oracle/dependencies.h"
#include "harness/oracle/program.h"

namespace pendulum::oracle {
namespace {

void VisitFields(const Expression& e, std::set<const FieldInfo*>* fields) {
  if (e.op == Operator::kField) fields->insert(e.field);
  for (const Expression& operand : e.operands) VisitFields(operand, fields);
}

std::string NameOf(const FieldInfo& field) {
  return std::string(Objects()[static_cast<int>(field.object)].name) + "." +
         std::string(field.name);
}

// At the call of an operation, what only later events of it can set.
bool IsZeroAtTheCall(const FieldInfo& field) {
  if (field.object != Object::operation) return false;
  // That the call happened is a source of every field, since it makes the operation known.
  constexpr int kCall = static_cast<int>(trace::EventKind::kOperationCalled) * kSourcesOfKind;
  SourceSet of_the_call = EverySourceOf(trace::EventKind::kOperationCalled);
  of_the_call.reset(kCall + kHappened).reset(kCall + kItsOperation);
  const Dependencies& dependencies = DependenciesOf(field);
  return dependencies.reach == Reach::kOperation && (dependencies.sources & of_the_call).none() &&
         field.name != "known";
}

class ClauseLint {
 public:
  ClauseLint(const Clause& clause, const CompiledClause& compiled,
             std::vector<platform::Error>* warnings)
      : clause_(clause), compiled_(compiled), warnings_(warnings) {}

  void Check() {
    if (CheckGuard()) CheckRequirement();
    CheckReadings();
    CheckMessage();
    CheckZeros();
  }

 private:
  void Warn(std::string message, std::string remedy = "") {
    warnings_->push_back({std::move(message), clause_.file + ": " + clause_.id, std::move(remedy)});
  }

  // What cannot be where the guard has its value and the expression the value `holds`.
  std::string Impossible(const Expression& expression, bool holds) const {
    Constraints constraints;
    constraints.Add(compiled_.when, true);
    constraints.Add(expression, holds);
    return constraints.Impossible();
  }

  bool CheckGuard() {
    const std::string field = Impossible(compiled_.when, true);
    if (field.empty()) return true;
    Warn("the guard can never hold: no value is left for " + field);
    return false;
  }

  void CheckRequirement() {
    // FALSE says in so many words that reaching the clause is the fault.
    const bool is_literal = compiled_.require.op == Operator::kLiteral;
    const std::string never = Impossible(compiled_.require, true);
    if (!is_literal && !never.empty()) {
      Warn("the requirement can never hold where the guard does: no value is left for " + never,
           "write FALSE if the event itself is the fault");
    }
    if (clause_.level == Level::kMay) return;
    if (!Impossible(compiled_.require, false).empty() && clause_.readings.empty()) {
      Warn("the requirement always holds where the guard does: the clause cannot be broken");
    }
  }

  void CheckReadings() {
    std::set<std::string> texts;
    for (size_t i = 0; i < compiled_.readings.size(); ++i) {
      const std::string name = "the reading \"" + clause_.readings[i].text + "\"";
      if (!texts.insert(CanonicalText(compiled_.readings[i])).second) {
        Warn(name + " has the expression of another one");
      }
      if (!Impossible(compiled_.readings[i], true).empty()) {
        Warn(name + " can never hold where the guard does");
      }
    }
  }

  // A message prints zeros for an object that is not known; the guard has to see to it.
  void CheckMessage() {
    std::set<const FieldInfo*> fields;
    VisitFields(compiled_.when, &fields);
    VisitFields(compiled_.require, &fields);
    for (const Expression& reading : compiled_.readings) VisitFields(reading, &fields);
    std::set<Object> seen;
    for (const FieldInfo* field : fields) seen.insert(field->object);
    for (const MessagePiece& piece : compiled_.message) {
      if (piece.field == nullptr || seen.count(piece.field->object) != 0) continue;
      const Object object = piece.field->object;
      const bool brought = compiled_.for_each != ForEach::kNone;
      const bool may_be_unknown = object == Object::operation || object == Object::delivery ||
                                  object == Object::handler || object == Object::previous;
      if (!may_be_unknown || brought) continue;
      const std::string name(Objects()[static_cast<int>(object)].name);
      Warn("the message prints " + NameOf(*piece.field) + ", and nothing asks whether the " + name +
               " is known",
           "add " + name + ".known to the guard");
      seen.insert(object);
    }
  }

  void CheckZeros() {
    if (compiled_.events != Only(trace::EventKind::kOperationCalled)) return;
    if (compiled_.for_each != ForEach::kNone) return;
    std::set<const FieldInfo*> fields;
    VisitFields(compiled_.when, &fields);
    VisitFields(compiled_.require, &fields);
    for (const MessagePiece& piece : compiled_.message) {
      if (piece.field != nullptr) fields.insert(piece.field);
    }
    std::set<std::string> names;
    for (const FieldInfo* field : fields) {
      if (IsZeroAtTheCall(*field)) names.insert(NameOf(*field));
    }
    for (const std::string& name : names) {
      Warn(name + " is always zero at operation.called: only later events of it set it");
    }
  }

  const Clause& clause_;
  const CompiledClause& compiled_;
  std::vector<platform::Error>* warnings_;
};

// Two clauses with the same text here judge the same.
std::string Meaning(const Clause& clause, const CompiledClause& compiled) {
  std::string text = std::to_string(compiled.events) + clause.for_each + " " +
                     std::to_string(static_cast<int>(clause.subject)) +
                     std::to_string(static_cast<int>(clause.level)) + CanonicalText(compiled.when) +
                     CanonicalText(compiled.require);
  for (const Expression& reading : compiled.readings) text += CanonicalText(reading);
  return text;
}

}  // namespace

std::vector<platform::Error> Lint(const Specification& specification) {
  std::vector<platform::Error> warnings;
  std::map<std::string, std::string> meanings;  // to the id of the first clause
  for (size_t i = 0; i < specification.clauses().size(); ++i) {
    const Clause& clause = specification.clauses()[i];
    const CompiledClause& compiled = specification.compiled().compiled[i];
    ClauseLint(clause, compiled, &warnings).Check();
    const auto [first, is_new] = meanings.emplace(Meaning(clause, compiled), clause.id);
    if (!is_new) {
      warnings.push_back({"the clause says the same as " + first->second,
                          clause.file + ": " + clause.id, "leave one of them out"});
    }
  }
  return warnings;
}

}  // namespace pendulum::oracle
