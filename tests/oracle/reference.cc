#include "tests/oracle/reference.h"

#include <algorithm>
#include <set>

namespace pendulum::oracle {
namespace {

constexpr Object kMayBeUnknown[] = {Object::operation, Object::request, Object::delivery,
                                    Object::handler, Object::previous};

// The objects whose fields an expression uses, and those of which it asks whether they are known.
void Collect(const Expression& e, std::set<Object>* used, std::set<Object>* asked) {
  if (e.op == Operator::kField) (e.field->name == "known" ? asked : used)->insert(e.field->object);
  for (const Expression& operand : e.operands) Collect(operand, used, asked);
}

std::vector<const FieldInfo*> Needed(const CompiledClause& clause) {
  std::set<Object> used, asked;
  std::vector<const FieldInfo*> needed;
  Collect(clause.when, &used, &asked);
  Collect(clause.require, &used, &asked);
  for (const Expression& reading : clause.readings) Collect(reading, &used, &asked);
  if (clause.for_each == ForEach::kOperation) asked.insert(Object::operation);
  if (clause.for_each == ForEach::kRequest) asked.insert(Object::request);
  if (clause.for_each == ForEach::kDelivery) asked.insert(Object::delivery);
  for (Object object : kMayBeUnknown) {
    if (used.count(object) != 0 && asked.count(object) == 0)
      needed.push_back(FindField(object, "known"));
  }
  return needed;
}

// Arithmetic wraps around.
int64_t Wrapped(Operator op, int64_t left, int64_t right) {
  const auto a = static_cast<uint64_t>(left);
  const auto b = static_cast<uint64_t>(right);
  return static_cast<int64_t>(op == Operator::kAdd        ? a + b
                              : op == Operator::kSubtract ? a - b
                                                          : a * b);
}

}  // namespace

ReferenceOracle::ReferenceOracle(const Specification& specification)
    : coverage(specification.clauses().size() * kTimings, 0),
      reading_counts(specification.readings().size(), 0),
      unread_counts(specification.clauses().size(), 0),
      specification_(specification),
      compiled_(specification.compiled().compiled) {
  for (const CompiledClause& clause : compiled_) needed_.push_back(Needed(clause));
  BeginRun();
}

void ReferenceOracle::BeginRun() {
  account_.BeginRun();
  violations.clear();
  readings_seen = 0;
}

void ReferenceOracle::OnEvent(const trace::Event& event, uint32_t index) {
  account_.Apply(event, index);
  for (uint16_t clause = 0; clause < compiled_.size(); ++clause) {
    if ((compiled_[clause].events & Only(event.kind)) != 0) JudgeEach(clause, event, index);
  }
}

void ReferenceOracle::JudgeEach(uint16_t clause, const trace::Event& event, uint32_t index) {
  const bool of_request = (FindObject("request")->events & Only(event.kind)) != 0;
  const auto concerned = [&](uint32_t request) { return !of_request || request == event.request; };
  account_.Save();
  switch (compiled_[clause].for_each) {
    case ForEach::kNone:
      return Judge(clause, event, index);
    case ForEach::kOperation:
      for (uint32_t i = 0; i < account_.operation_count(); ++i) {
        const OperationAccount& operation = account_.operation_at(i);
        const bool is_one =
            operation.slots.known != 0 && operation.slots.kind < trace::kOperationKindCount;
        if (!is_one || !concerned(operation.request)) continue;
        account_.PointAt(operation);
        if (!of_request) account_.PointAtRequestOf(operation.request);
        Judge(clause, event, index);
      }
      break;
    case ForEach::kDelivery:
      for (uint32_t i = 0; i < account_.delivery_count(); ++i) {
        const DeliveryAccount& delivery = account_.delivery_at(i);
        if (!concerned(delivery.request)) continue;
        account_.PointAt(delivery);
        if (!of_request) account_.PointAtRequestOf(delivery.request);
        Judge(clause, event, index);
      }
      break;
    case ForEach::kRequest:
      for (uint32_t i = 0; i < account_.request_count(); ++i) {
        if (concerned(i) && account_.PointAtRequest(i)) Judge(clause, event, index);
      }
      break;
  }
  account_.Restore();
}

void ReferenceOracle::Judge(uint16_t clause, const trace::Event& event, uint32_t index) {
  const CompiledClause& compiled = compiled_[clause];
  for (const FieldInfo* known : needed_[clause]) {
    if (Slot(known->object, known->slot) == 0) return;
  }
  if (!Holds(compiled.when)) return;
  const bool met = Holds(compiled.require);
  const bool option = specification_.clauses()[clause].level == Level::kMay;
  if (option && !met) return;
  ++coverage[clause * kTimings + static_cast<size_t>(account_.timing())];
  if (!met) Report(clause, event, index);
  bool read = false;
  for (size_t i = 0; i < compiled.readings.size(); ++i) {
    if (!Holds(compiled.readings[i])) continue;
    read = true;
    ++reading_counts[compiled.first_reading + i];
    readings_seen |= ReadingSet{1} << (compiled.first_reading + i);
  }
  if (!compiled.readings.empty() && met && !read) ++unread_counts[clause];
}

void ReferenceOracle::Report(uint16_t clause, const trace::Event& event, uint32_t index) {
  Violation violation = {.clause = clause,
                         .event = index,
                         .started_event = index,
                         .request = event.request,
                         .module = event.module};
  if (const OperationAccount* operation = account_.operation()) {
    violation.operation = static_cast<uint16_t>(operation->slots.ordinal);
    violation.started_event = operation->called_event;
    if (event.request == trace::kNone8) violation.request = operation->request;
    if (event.module == trace::kNone8) {
      violation.module = static_cast<uint8_t>(operation->slots.module);
    }
  }
  const auto slots_of = [&](Object object) { return account_.objects()[static_cast<int>(object)]; };
  const auto* request = reinterpret_cast<const Slots_request*>(slots_of(Object::request));
  const auto* delivery = reinterpret_cast<const Slots_delivery*>(slots_of(Object::delivery));
  if (violation.request == trace::kNone8 && request->known != 0) {
    violation.request = static_cast<uint8_t>(request->index);
    if (violation.module == trace::kNone8 && delivery->known != 0) {
      violation.module = static_cast<uint8_t>(delivery->module);
    }
  }
  for (const Violation& known : violations) {
    const bool same_place = known.request == violation.request && known.module == violation.module;
    const bool same = known.operation == violation.operation &&
                      (violation.operation != trace::kNone16 || same_place);
    if (known.clause == clause && same) return;
  }
  int place = 0;
  for (const MessagePiece& piece : compiled_[clause].message) {
    if (piece.field == nullptr) continue;
    violation.values[place++] = Slot(piece.field->object, piece.field->slot);
  }
  violations.push_back(violation);
}

int64_t ReferenceOracle::Value(const Expression& e) const {
  const auto value = [&](size_t operand) { return Value(e.operands[operand]); };
  switch (e.op) {
    case Operator::kLiteral:
      return e.value;
    case Operator::kField:
      return Slot(e.field->object, e.field->slot);
    case Operator::kNot:
      return !value(0);
    case Operator::kNegate:
      return Wrapped(Operator::kSubtract, 0, value(0));
    case Operator::kSucceeded:
      return value(0) < 0x80000000;
    case Operator::kFailed:
      return value(0) >= 0x80000000;
    case Operator::kMultiply:
    case Operator::kAdd:
    case Operator::kSubtract:
      return Wrapped(e.op, value(0), value(1));
    case Operator::kEqual:
      return value(0) == value(1);
    case Operator::kNotEqual:
      return value(0) != value(1);
    case Operator::kLess:
      return value(0) < value(1);
    case Operator::kLessOrEqual:
      return value(0) <= value(1);
    case Operator::kGreater:
      return value(0) > value(1);
    case Operator::kGreaterOrEqual:
      return value(0) >= value(1);
    case Operator::kIn:
      return std::any_of(e.operands.begin() + 1, e.operands.end(),
                         [&](const Expression& one) { return one.value == value(0); });
    case Operator::kAnd:
      return value(0) && value(1);
    case Operator::kOr:
      return value(0) || value(1);
    default:
      return 0;
  }
}

}  // namespace pendulum::oracle
