#include "harness/oracle/vocabulary.h"

#include <iterator>

#include "harness/oracle/account.h"

namespace pendulum::oracle {
namespace {

using enum trace::EventKind;

constexpr EventSet kEveryEvent = (EventSet{1} << trace::kEventKindCount) - 1;
constexpr EventSet kOperationEvents = Only(kOperationCalled) | Only(kOperationReturned) |
                                      Only(kCompletionDelivered) | Only(kCompletionReturned) |
                                      Only(kMemoryViolated);
constexpr EventSet kHandlerEvents =
    Only(kNotificationEntered) | Only(kNotificationReturned) | Only(kOperationCalled) |
    Only(kOperationReturned) | Only(kCompletionDelivered) | Only(kCompletionReturned) |
    Only(kCall) | Only(kHeaderChanged) | Only(kHeaderAsked) | Only(kWaitBegan) | Only(kWaitEnded) |
    Only(kExceptionCrossed) | Only(kMemoryAllocated) | Only(kModuleCrashed) | Only(kModuleHung);
constexpr EventSet kDeliveryEvents =
    (kHandlerEvents | Only(kRequestParked) | Only(kMemoryViolated) | Only(kHandlerMissing));
constexpr EventSet kRequestEvents =
    kDeliveryEvents | Only(kRequestBegan) | Only(kRequestEnded) | Only(kModuleCreated) |
    Only(kModuleDisposed) | Only(kClientSent) | Only(kClientReceived) | Only(kClientDisconnected) |
    Only(kClientHeader) | Only(kClientHead) | Only(kBodyBytes) | Only(kContextStored) |
    Only(kContextCleaned) | Only(kResponseDiffered) | Only(kRequestLength) | Only(kUserReleased) |
    Only(kRequestCloned) | Only(kContextSet) | Only(kContextGot) | Only(kContextNotified) |
    Only(kGlobalEntered) | Only(kGlobalReturned);

#define kOn(kind) Only(trace::EventKind::k##kind)

constexpr ObjectInfo kObjects[] = {
#define OBJECT(name, events, meaning) {Object::name, #name, events, meaning},
#define FIELD(object, name, type, events, meaning)
#define END(object)
#include "harness/oracle/vocabulary.inc"
#undef OBJECT
#undef FIELD
#undef END
};

constexpr EventSet kObject = 0;  // stands for "wherever the object exists"
constexpr EventSet EventsOfField(Object object, EventSet events) {
  return events == kObject ? kObjects[static_cast<int>(object)].events : events;
}

constexpr FieldInfo kFields[] = {
#define OBJECT(name, events, meaning)
#define FIELD(object, name, type, events, meaning)   \
  {Object::object,                                   \
   offsetof(Slots_##object, name) / sizeof(int64_t), \
   #name,                                            \
   trace::ValueType::type,                           \
   EventsOfField(Object::object, events),            \
   meaning},
#define END(object)
#include "harness/oracle/vocabulary.inc"
#undef OBJECT
#undef FIELD
#undef END
};
#undef kOn

}  // namespace

std::span<const ObjectInfo> Objects() { return kObjects; }
std::span<const FieldInfo> Fields() { return kFields; }

std::span<const FieldInfo> FieldsOf(Object object) {
  size_t first = 0;
  while (first < std::size(kFields) && kFields[first].object != object) ++first;
  size_t last = first;
  while (last < std::size(kFields) && kFields[last].object == object) ++last;
  return std::span(kFields).subspan(first, last - first);
}

const ObjectInfo* FindObject(std::string_view name) {
  for (const ObjectInfo& object : kObjects) {
    if (object.name == name) return &object;
  }
  return nullptr;
}

const FieldInfo* FindField(Object object, std::string_view name) {
  for (const FieldInfo& field : FieldsOf(object)) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

std::string EventNames(EventSet events) {
  if (events == kEveryEvent) return "every event";
  std::string text;
  for (int kind = 0; kind < trace::kEventKindCount; ++kind) {
    if ((events >> kind & 1) == 0) continue;
    if (!text.empty()) text += ", ";
    text += "`" + std::string(trace::EventName(static_cast<trace::EventKind>(kind))) + "`";
  }
  return text;
}

std::string NamedValuesMarkdown() {
  std::string text = "| type | names |\n| --- | --- |\n";
  for (int type = 0; type < trace::kValueTypeCount; ++type) {
    std::string names;
    for (const trace::NamedValue& named : trace::NamedValues(trace::ValueType{uint8_t(type)})) {
      names += (names.empty() ? "`" : ", `") + std::string(named.name) + "`";
    }
    if (names.empty()) continue;
    text += "| " + std::string(trace::TypeName(trace::ValueType{uint8_t(type)})) + " | " + names +
            " |\n";
  }
  return text + "| method | the names in `harness/trace/methods_*.inc` |\n";
}

std::string VocabularyMarkdown() {
  std::string text;
  for (const ObjectInfo& object : kObjects) {
    text += "### `" + std::string(object.name) + "`\n\n";
    text += std::string(object.meaning) + ". At: " + EventNames(object.events) + ".\n\n";
    text += "| field | type | meaning |\n| --- | --- | --- |\n";
    for (const FieldInfo& field : FieldsOf(object.object)) {
      text += "| `" + std::string(object.name) + "." + std::string(field.name) + "` | " +
              std::string(trace::TypeName(field.type)) + " | " + std::string(field.meaning);
      if (field.events != object.events) text += " (at " + EventNames(field.events) + " only)";
      text += " |\n";
    }
    text += "\n";
  }
  return text;
}

}  // namespace pendulum::oracle
