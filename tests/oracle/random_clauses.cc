#include "tests/oracle/random_clauses.h"

#include <map>
#include <string>

#include "harness/oracle/vocabulary.h"
#include "harness/trace/method.h"

namespace pendulum::oracle {
namespace {

using trace::EventKind;
using trace::ValueType;

constexpr const char* kRelations[] = {"==", "!=", "<", "<=", ">", ">="};
constexpr const char* kNumbers[] = {"0", "1", "2", "3", "-1", "255", "256", "512", "70000"};
constexpr const char* kForEach[] = {"operation", "request", "delivery"};

class Generator {
 public:
  explicit Generator(uint32_t seed) : numbers_(seed) {}

  SmallClause Clause() {
    const auto event = static_cast<EventKind>(numbers_.Below(trace::kEventKindCount));
    events_ = Only(event);
    brought_ = {};
    SmallClause clause;
    clause.on = std::string(trace::EventName(event));
    if (numbers_.Below(6) == 0) {
      const auto also = static_cast<EventKind>(numbers_.Below(trace::kEventKindCount));
      if (also != event) {
        events_ |= Only(also);
        clause.on = "[\"" + clause.on + "\", \"" + std::string(trace::EventName(also)) + "\"]";
      }
    }
    if (numbers_.Below(5) == 0) {
      clause.for_each = kForEach[numbers_.Below(3)];
      brought_ = clause.for_each;
    }
    clause.when = Test();
    for (uint32_t more = numbers_.Below(4); more > 0; --more) clause.when += " && " + Test();
    clause.require = Boolean(2);
    clause.level = numbers_.Below(8) == 0 ? "may" : "must";
    if (clause.level == "must" && readings_ < kMaxReadings - 3 && numbers_.Below(10) == 0) {
      clause.readings = {{"r", Boolean(1)}, {"s", Boolean(1)}};
      readings_ += 2;
    }
    return clause;
  }

 private:
  // One of the few tests that clauses of these events share, or a new one.
  std::string Test() {
    std::vector<std::string>& shared = shared_[{events_, brought_}];
    if (shared.size() < 8 || numbers_.Below(5) == 0) shared.push_back(Boolean(1));
    return "(" + shared[numbers_.Below(static_cast<uint32_t>(shared.size()))] + ")";
  }

  // Any field that exists here, of the type if one is given.
  const FieldInfo* Field(const ValueType* type) {
    const auto fields = Fields();
    for (int tries = 0; tries < 3000; ++tries) {
      const FieldInfo& field = fields[numbers_.Below(static_cast<uint32_t>(fields.size()))];
      const std::string object(Objects()[static_cast<int>(field.object)].name);
      const bool exists = (events_ & ~field.events) == 0 || IsBrought(object);
      if (exists && (type == nullptr || field.type == *type)) return &field;
    }
    return nullptr;
  }

  bool IsBrought(const std::string& object) const {
    if (brought_.empty()) return false;
    return object == brought_ || object == "request" ||
           (object == "delivery" && brought_ == "operation");
  }

  static std::string Name(const FieldInfo& field) {
    return std::string(Objects()[static_cast<int>(field.object)].name) + "." +
           std::string(field.name);
  }

  std::string Constant(ValueType type) {
    if (type == ValueType::kMethod) {
      const auto method = numbers_.Below(static_cast<uint32_t>(trace::Method::kCount));
      return "'" + std::string(trace::MethodName(static_cast<trace::Method>(method))) + "'";
    }
    const auto named = trace::NamedValues(type);
    if (named.empty()) return kNumbers[numbers_.Below(std::size(kNumbers))];
    const std::string name(named[numbers_.Below(static_cast<uint32_t>(named.size()))].name);
    const bool bare = type == ValueType::kHresult || type == ValueType::kStatus ||
                      type == ValueType::kNotification;
    return bare ? name : "'" + name + "'";
  }

  std::string Integer(int depth) {
    const ValueType type = ValueType::kInteger;
    const FieldInfo* field = Field(&type);
    if (field == nullptr || numbers_.Below(5) == 0) return Constant(type);
    if (depth == 0 || numbers_.Below(3) != 0) return Name(*field);
    const char* const operators[] = {" + ", " - ", " * "};
    return "(" + Name(*field) + operators[numbers_.Below(3)] + Integer(depth - 1) + ")";
  }

  std::string Leaf() {
    const FieldInfo* field = Field(nullptr);
    if (field == nullptr) return "TRUE";
    const std::string name = Name(*field);
    if (field->type == ValueType::kBoolean) {
      const FieldInfo* other = Field(&field->type);
      if (numbers_.Below(4) != 0 || other == nullptr) return name;
      return name + " == (" + Name(*other) + " || " + name + ")";
    }
    if (field->type == ValueType::kInteger) {
      return name + " " + kRelations[numbers_.Below(6)] + " " + Integer(2);
    }
    if (field->type == ValueType::kHresult && numbers_.Below(3) == 0) {
      return (numbers_.Below(2) == 0 ? "SUCCEEDED(" : "FAILED(") + name + ")";
    }
    if (numbers_.Below(2) == 0) {
      return name + (numbers_.Below(3) == 0 ? " != " : " == ") + Constant(field->type);
    }
    return name + " in [" + Constant(field->type) + ", " + Constant(field->type) + "]";
  }

  std::string Boolean(int depth) {
    if (depth == 0 || numbers_.Below(3) == 0) return Leaf();
    switch (numbers_.Below(4)) {
      case 0:
        return "!(" + Boolean(depth - 1) + ")";
      case 1:
        return "(" + Boolean(depth - 1) + ") && (" + Boolean(depth - 1) + ")";
      case 2:
        return "(" + Boolean(depth - 1) + ") || (" + Boolean(depth - 1) + ")";
      default:
        return Leaf();
    }
  }

  Numbers numbers_;
  EventSet events_ = 0;
  std::string brought_;
  int readings_ = 0;
  std::map<std::pair<EventSet, std::string>, std::vector<std::string>> shared_;
};

}  // namespace

std::vector<SmallClause> RandomClauses(int count, uint32_t seed) {
  Generator generator(seed);
  std::vector<SmallClause> clauses;
  for (int i = 0; i < count; ++i) clauses.push_back(generator.Clause());
  return clauses;
}

}  // namespace pendulum::oracle
