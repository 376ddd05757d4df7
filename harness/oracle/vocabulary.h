// What an expression can name: objects and their fields, with type, meaning, and the events at
// which they exist. One table for the type checker, the evaluator and spec/README.md.
#ifndef PENDULUM_ORACLE_VOCABULARY_H_
#define PENDULUM_ORACLE_VOCABULARY_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "harness/trace/event.h"
#include "harness/trace/names.h"

namespace pendulum::oracle {

// A set of event kinds, by bit.
using EventSet = uint64_t;
static_assert(trace::kEventKindCount <= 64);
constexpr EventSet Only(trace::EventKind kind) { return EventSet{1} << static_cast<int>(kind); }

enum class Object : uint8_t {
#define OBJECT(name, events, meaning) name,
#define FIELD(object, name, type, events, meaning)
#define END(object)
#include "harness/oracle/vocabulary.inc"
#undef OBJECT
#undef FIELD
#undef END
  kCount,
};
inline constexpr int kObjectCount = static_cast<int>(Object::kCount);

struct ObjectInfo {
  Object object;
  std::string_view name;
  EventSet events;
  std::string_view meaning;
};

struct FieldInfo {
  Object object;
  uint8_t slot;  // its place in the object's structure (harness/oracle/account.h), in int64_t
  std::string_view name;
  trace::ValueType type;
  EventSet events;  // a subset of the object's
  std::string_view meaning;
};

// All objects in the order of their numbers; all fields, those of one object together.
std::span<const ObjectInfo> Objects();
std::span<const FieldInfo> Fields();
std::span<const FieldInfo> FieldsOf(Object object);

// By name, or nullptr.
const ObjectInfo* FindObject(std::string_view name);
const FieldInfo* FindField(Object object, std::string_view name);

// "`call`, `wait.began`" for a set of events.
std::string EventNames(EventSet events);

// The table of named values, and the tables of objects and fields, as they stand in spec/README.md.
std::string NamedValuesMarkdown();
std::string VocabularyMarkdown();

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_VOCABULARY_H_
