#include "harness/trace/fields.h"

#include <bit>

namespace pendulum::trace {
namespace {

using enum ValueType;
using enum Word;

constexpr EventField Flag(std::string_view name, uint16_t bit, int64_t otherwise = 0) {
  return {name, kBoolean, kD, static_cast<uint8_t>(std::countr_zero(bit)), 1, otherwise};
}
constexpr EventField NotificationField(std::string_view name) {
  return {
      name, kNotification, kD, 0, 8, static_cast<int64_t>(Notification::kExecuteRequestHandler)};
}

constexpr EventField kRunEnded[] = {
    {"end", kRunEnd, kA}, {"steps", kInteger, kB}, {"endless", kBoolean, kD, 0, 1}};
constexpr EventField kModuleRegistered[] = {{"result", kHresult, kA}};
constexpr EventField kFactoryTerminated[] = {{"is_global", kBoolean, kD, 0, 1}};
constexpr EventField kModuleCreated[] = {{"result", kHresult, kA},
                                         {"object_given", kBoolean, kB, 0, 1, 1},
                                         {"allocator_given", kBoolean, kB, 1, 1, 1}};
constexpr EventField kRequestBegan[] = {{"content_length_bytes", kInteger, kA},
                                        {"buffer_limit_bytes", kInteger, kB, 0, 32, 4194304},
                                        Flag("buffering", kBufferingOn, 1),
                                        Flag("has_body", kHasBody),
                                        Flag("chunked_body", kChunkedBody),
                                        Flag("client_may_leave", kClientMayLeave),
                                        Flag("faults", kFaults),
                                        Flag("head", kHeadRequest),
                                        Flag("has_query", kHasQuery),
                                        Flag("limit_configured", kLimitConfigured),
                                        Flag("child", kChild)};
constexpr EventField kRequestParked[] = {{"blocked", kBoolean, kA, 0, 1},
                                         {"blocked_workers", kInteger, kB},
                                         NotificationField("notification"),
                                         Flag("post", kPost)};
constexpr EventField kNotificationEntered[] = {{"serial", kInteger, kA},
                                               NotificationField("notification"),
                                               Flag("post", kPost),
                                               Flag("provider_missing", kProviderMissing),
                                               Flag("other_request", kOtherRequest)};
constexpr EventField kNotificationReturned[] = {{"serial", kInteger, kA},
                                                {"status", ValueType::kStatus, kB},
                                                NotificationField("notification"),
                                                Flag("post", kPost)};
constexpr EventField kOperationCalled[] = {{"kind", kOperationKind, kD, 0, 4},
                                           {"buffer_bytes", kInteger, kA},
                                           {"status_given", ValueType::kStatus, kA},
                                           {"chunks", kInteger, kB},
                                           Flag("async", kAsync),
                                           Flag("more_data", kMoreData),
                                           Flag("pending_flag_null", kPendingFlagNull),
                                           Flag("count_null", kCountNull),
                                           Flag("buffer_null", kBufferNull),
                                           Flag("file_chunk", kFileChunk),
                                           Flag("on_stack", kOnStack),
                                           Flag("bad_chunk", kBadChunk),
                                           Flag("with_routine", kWithRoutine),
                                           Flag("routine_given", kRoutineGiven),
                                           Flag("in_front", kInFront),
                                           {"child", kInteger, kA},
                                           {"execute_flags", kInteger, kB, 0, 31},
                                           {"user_given", kBoolean, kB, 31, 1}};
constexpr EventField kOperationReturned[] = {{"status", kHresult, kA},
                                             {"count_bytes", kInteger, kB},
                                             Flag("pending_flag", kPendingTrue),
                                             Flag("pending_written", kPendingWritten),
                                             Flag("count_written", kCountWritten),
                                             Flag("memory_short", kMemoryShort)};
constexpr EventField kCompletionDelivered[] = {{"bytes", kInteger, kA},
                                               {"status", kHresult, kB},
                                               NotificationField("notification"),
                                               Flag("post", kPost),
                                               Flag("says_read", kCompletedRead),
                                               Flag("says_write", kCompletedWrite),
                                               Flag("by_routine", kByRoutine),
                                               Flag("context_passed", kContextPassed),
                                               Flag("provider_missing", kProviderMissing),
                                               Flag("info_null", kInfoNull),
                                               Flag("other_request", kOtherRequest)};
constexpr EventField kCompletionReturned[] = {
    {"serial", kInteger, kA},          {"returned_status", ValueType::kStatus, kB},
    NotificationField("notification"), Flag("post", kPost),
    Flag("says_read", kCompletedRead), Flag("says_write", kCompletedWrite),
    Flag("by_routine", kByRoutine)};
constexpr EventField kCall[] = {
    {"method", kMethod, kD, 0, 16}, {"result", kHresult, kA}, {"value", kInteger, kB}};
constexpr EventField kWaitBegan[] = {{"method", kMethod, kD, 0, 16},
                                     {"object", kInteger, kA},
                                     {"timeout_ms", kInteger, kB, 0, 32, 0xFFFFFFFF}};
constexpr EventField kWaitEnded[] = {
    {"method", kMethod, kD, 0, 16}, {"object", kInteger, kB}, {"result", kInteger, kA}};
constexpr EventField kClientSent[] = {
    {"bytes", kInteger, kA}, {"total_bytes", kInteger, kB}, {"all_sent", kBoolean, kD, 0, 1}};
constexpr EventField kClientReceived[] = {{"bytes", kInteger, kA},
                                          {"total_bytes", kInteger, kB},
                                          {"headers", kBoolean, kD, 0, 1},
                                          {"complete", kBoolean, kD, 1, 1}};
constexpr EventField kClientDisconnected[] = {{"by_module", kBoolean, kD, 0, 1}};
constexpr EventField kBodyBytes[] = {
    {"direction", kBodyDirection, kD, 0, 16}, {"bytes", kInteger, kB}, {"digest", kInteger, kA}};
constexpr EventField kMemoryViolated[] = {{"fault", kMemoryFault, kB, 0, 32, 1},
                                          {"offset_bytes", kInteger, kA},
                                          {"descriptors", kBoolean, kD, 0, 1},
                                          {"inserted", kBoolean, kD, 1, 1}};
constexpr EventField kMemoryAllocated[] = {
    {"method", kMethod, kD, 0, 16}, {"bytes", kInteger, kA}, {"given_before", kBoolean, kB, 0, 1}};
constexpr EventField kMemoryAccessed[] = {{"bytes", kInteger, kA}, {"stores", kBoolean, kD, 0, 1}};
constexpr EventField kNumbered[] = {{"number", kInteger, kA}};
constexpr EventField kThreadBegan[] = {{"number", kInteger, kA}, {"object", kInteger, kB}};
constexpr EventField kExceptionCrossed[] = {NotificationField("notification")};
constexpr EventField kModuleCrashed[] = {
    {"signal", kInteger, kA}, {"cause", kCrashCause, kB}, {"earlier_races", kInteger, kD, 0, 16}};
constexpr EventField kResponseDiffered[] = {{"part", kResponsePart, kD, 0, 16},
                                            {"offset_bytes", kInteger, kA},
                                            {"received_bytes", kInteger, kB}};
constexpr EventField kHeaderName = {"name_digest", kInteger, kA};
constexpr EventField kHeaderValue = {"value_digest", kInteger, kB};
constexpr EventField kHeaderBytes = {"bytes", kInteger, kD, kHeaderBytesShift, 12};
constexpr EventField kHeaderChanged[] = {kHeaderName,          kHeaderValue,
                                         kHeaderBytes,         Flag("appended", kAppended),
                                         Flag("by_id", kById), Flag("deleted", kDeleted)};
constexpr EventField kHeaderAsked[] = {kHeaderName, kHeaderValue, kHeaderBytes,
                                       Flag("found", kFound)};
constexpr EventField kClientHeader[] = {kHeaderName, kHeaderValue, kHeaderBytes};
constexpr EventField kClientHead[] = {{"status_code", kInteger, kA, 0, 32, 200},
                                      {"headers", kInteger, kB},
                                      Flag("location", kLocation),
                                      Flag("location_absolute", kLocationAbsolute),
                                      Flag("location_query", kLocationQuery)};
constexpr EventField kRequestLength[] = {{"before_bytes", kInteger, kA},
                                         {"content_length_bytes", kInteger, kB},
                                         {"at_end", kBoolean, kD, 0, 1}};
constexpr EventField kRequestCloned[] = {{"child", kInteger, kA}, {"clone_flags", kInteger, kB}};

constexpr EventField kModuleLoaded[] = {{"server_version", kInteger, kA, 0, 32, 10},
                                        Flag("info_given", kInfoGiven, 1),
                                        Flag("server_given", kServerGiven, 1)};
constexpr EventField kNotificationsRegistered[] = {{"notifications", kInteger, kA},
                                                   {"post_notifications", kInteger, kB},
                                                   Flag("is_global", kForGlobal)};
constexpr EventField kPrioritySet[] = {{"notifications", kInteger, kA},
                                       {"priority", kInteger, kB},
                                       Flag("post", kForPost),
                                       Flag("is_global", kForGlobal)};
constexpr EventField kGlobalEntered[] = {{"notification", kGlobalNotification, kD, 0, 8}};
constexpr EventField kGlobalReturned[] = {{"notification", kGlobalNotification, kD, 0, 8},
                                          {"status_number", kInteger, kA}};
constexpr EventField kContextStored[] = {{"number", kInteger, kA},
                                         {"place", kInteger, kB},
                                         Flag("on_connection", kConnectionContext),
                                         Flag("dispensed", kDispensedContext)};
constexpr EventField kContextCleaned[] = {{"number", kInteger, kA}, Flag("freed", kFreedContext)};
constexpr EventField kContextSet[] = {
    {"result", kHresult, kA}, {"place", kInteger, kB}, Flag("is_null", kNullContext)};
constexpr EventField kContextGot[] = {{"number", kInteger, kA}, {"place", kInteger, kB}};

constexpr EventField kLockTaken[] = {{"method", kMethod, kD, 0, 16},
                                     {"lock", kInteger, kA},
                                     {"shared", kBoolean, kB, 0, 1},
                                     {"again", kBoolean, kB, 1, 1},
                                     {"tried", kBoolean, kB, 2, 1}};
constexpr EventField kLockReleased[] = {{"method", kMethod, kD, 0, 16},
                                        {"lock", kInteger, kA},
                                        {"shared", kBoolean, kB, 0, 1},
                                        {"again", kBoolean, kB, 1, 1}};
constexpr EventField kLockFreed[] = {{"method", kMethod, kD, 0, 16}};

constexpr EventScope kNobody = {};
constexpr EventScope kAModule = {.module = true};
constexpr EventScope kARequest = {.request = true};
constexpr EventScope kRequestAndModule = {.request = true, .module = true};
constexpr EventScope kAnOperation = {.request = true, .module = true, .operation = true};

}  // namespace

std::span<const EventField> FieldsOf(EventKind kind) {
  switch (kind) {
#define PENDULUM_FIELDS(name) \
  case EventKind::name:       \
    return name;
    PENDULUM_FIELDS(kRunEnded)
    PENDULUM_FIELDS(kModuleRegistered)
    PENDULUM_FIELDS(kFactoryTerminated)
    PENDULUM_FIELDS(kModuleCreated)
    PENDULUM_FIELDS(kRequestBegan)
    PENDULUM_FIELDS(kRequestParked)
    PENDULUM_FIELDS(kNotificationEntered)
    PENDULUM_FIELDS(kNotificationReturned)
    PENDULUM_FIELDS(kOperationCalled)
    PENDULUM_FIELDS(kOperationReturned)
    PENDULUM_FIELDS(kCompletionDelivered)
    PENDULUM_FIELDS(kCompletionReturned)
    PENDULUM_FIELDS(kCall)
    PENDULUM_FIELDS(kWaitBegan)
    PENDULUM_FIELDS(kWaitEnded)
    PENDULUM_FIELDS(kClientSent)
    PENDULUM_FIELDS(kClientReceived)
    PENDULUM_FIELDS(kClientDisconnected)
    PENDULUM_FIELDS(kBodyBytes)
    PENDULUM_FIELDS(kMemoryViolated)
    PENDULUM_FIELDS(kMemoryAllocated)
    PENDULUM_FIELDS(kMemoryAccessed)
    PENDULUM_FIELDS(kExceptionCrossed)
    PENDULUM_FIELDS(kModuleCrashed)
    PENDULUM_FIELDS(kResponseDiffered)
    PENDULUM_FIELDS(kHeaderChanged)
    PENDULUM_FIELDS(kHeaderAsked)
    PENDULUM_FIELDS(kClientHeader)
    PENDULUM_FIELDS(kClientHead)
    PENDULUM_FIELDS(kRequestLength)
    PENDULUM_FIELDS(kRequestCloned)
    PENDULUM_FIELDS(kModuleLoaded)
    PENDULUM_FIELDS(kNotificationsRegistered)
    PENDULUM_FIELDS(kPrioritySet)
    PENDULUM_FIELDS(kGlobalEntered)
    PENDULUM_FIELDS(kGlobalReturned)
    PENDULUM_FIELDS(kContextStored)
    PENDULUM_FIELDS(kContextCleaned)
    PENDULUM_FIELDS(kContextSet)
    PENDULUM_FIELDS(kContextGot)
    PENDULUM_FIELDS(kLockTaken)
    PENDULUM_FIELDS(kLockReleased)
    PENDULUM_FIELDS(kLockFreed)
    PENDULUM_FIELDS(kThreadBegan)
#undef PENDULUM_FIELDS
    case EventKind::kContextNotified:
    case EventKind::kThreadEnded:
    case EventKind::kUserReleased:
      return kNumbered;
    case EventKind::kRunBegan:
    case EventKind::kModuleDisposed:
    case EventKind::kRequestEnded:
    case EventKind::kHandlerMissing:
    case EventKind::kModuleHung:
      return {};
  }
  return {};
}

EventScope ScopeOf(EventKind kind) {
  switch (kind) {
    case EventKind::kRunBegan:
    case EventKind::kRunEnded:
      return kNobody;
    case EventKind::kModuleRegistered:
    case EventKind::kModuleLoaded:
    case EventKind::kNotificationsRegistered:
    case EventKind::kPrioritySet:
    case EventKind::kFactoryTerminated:
    case EventKind::kThreadBegan:
    case EventKind::kThreadEnded:
      return kAModule;
    case EventKind::kRequestBegan:
    case EventKind::kRequestEnded:
    case EventKind::kRequestParked:
    case EventKind::kClientSent:
    case EventKind::kClientReceived:
    case EventKind::kClientDisconnected:
    case EventKind::kResponseDiffered:
    case EventKind::kClientHeader:
    case EventKind::kClientHead:
    case EventKind::kRequestLength:
    case EventKind::kRequestCloned:
      return kARequest;
    case EventKind::kOperationCalled:
    case EventKind::kOperationReturned:
    case EventKind::kCompletionDelivered:
    case EventKind::kCompletionReturned:
    case EventKind::kMemoryViolated:
      return kAnOperation;
    default:
      return kRequestAndModule;
  }
}

bool HasField(const Event& event, const EventField& field) {
  if (event.kind != EventKind::kOperationCalled || field.word == kD) return true;
  const auto kind = OperationKindOf(event);
  const bool executes = kind == OperationKind::kExecuteRequest;
  const bool indicates = kind == OperationKind::kIndicateCompletion;
  if (field.name == "status_given") return indicates;
  if (field.name == "buffer_bytes") return !indicates && !executes;
  const bool writes = kind <= OperationKind::kFlush;
  return field.name == "chunks" ? writes : executes;
}

int64_t FieldValue(const Event& event, const EventField& field) {
  const uint32_t word = field.word == kA ? event.a : field.word == kB ? event.b : event.d;
  const uint32_t mask = field.width >= 32 ? 0xFFFFFFFF : (uint32_t{1} << field.width) - 1;
  return word >> field.shift & mask;
}

void SetFieldValue(const EventField& field, int64_t value, Event* event) {
  const uint32_t mask = (field.width >= 32 ? 0xFFFFFFFF : (uint32_t{1} << field.width) - 1)
                        << field.shift;
  const uint32_t bits = static_cast<uint32_t>(value) << field.shift & mask;
  if (field.word == kA) {
    event->a = (event->a & ~mask) | bits;
  } else if (field.word == kB) {
    event->b = (event->b & ~mask) | bits;
  } else {
    event->d = static_cast<uint16_t>((event->d & ~mask) | bits);
  }
}

std::string EventsMarkdown() {
  std::string text = "| event | names | fields |\n| --- | --- | --- |\n";
  for (int i = 0; i < kEventKindCount; ++i) {
    const auto kind = static_cast<EventKind>(i);
    const EventScope scope = ScopeOf(kind);
    text += "| `" + std::string(EventName(kind)) + "` | ";
    text += scope.operation  ? "request, module, operation"
            : !scope.request ? (scope.module ? "module" : "")
            : scope.module   ? "request, module"
                             : "request";
    text += " | ";
    std::string fields;
    for (const EventField& field : FieldsOf(kind)) {
      fields += (fields.empty() ? "`" : ", `") + std::string(field.name) + "` (" +
                std::string(TypeName(field.type)) + ")";
    }
    text += fields + " |\n";
  }
  return text;
}

}  // namespace pendulum::trace
