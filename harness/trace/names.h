// The types of the values in a trace and the names of the values that have one: notifications,
// statuses, kinds, HRESULTs. Traces, clauses and messages all spell them as said here.
#ifndef PENDULUM_TRACE_NAMES_H_
#define PENDULUM_TRACE_NAMES_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "harness/trace/event.h"

namespace pendulum::trace {

enum class ValueType : uint8_t {
  kInteger,
  kBoolean,
  kHresult,             // S_OK, ERROR_HANDLE_EOF (which stands for its HRESULT form)
  kStatus,              // RQ_NOTIFICATION_CONTINUE …
  kNotification,        // RQ_BEGIN_REQUEST …
  kOperationKind,       // 'ReadEntityBody' …
  kMethod,              // 'IHttpResponse::Clear' …
  kRunEnd,              // 'complete' …
  kMemoryFault,         // 'changed' …
  kCrashCause,          // 'signal' …
  kBodyDirection,       // 'read' …
  kResponsePart,        // 'status_line' …
  kGlobalNotification,  // 'GL_APPLICATION_START' …
};
inline constexpr int kValueTypeCount = 13;

// The b of kModuleCrashed, the d of kBodyBytes, and the d of kResponseDiffered.
enum class CrashCause : uint8_t {
  kSignal = 0,
  kStackOverflow = 1,
  kOutOfMemory = 2,
  kAbort = 3,
  kReport = 4,         // a sanitizer's
  kPendingMemory = 5,  // … of memory that a pending operation uses
  kEndedMemory = 6,    // … of memory of a request that has ended
  kRace = 7,           // … of a data race
};
enum class BodyDirection : uint8_t {
  kRead = 0,
  kSent = 1,
  kWritten = 2,
  kReceived = 3,
  kInserted = 4,
  kReadInserted = 5,
  kPlaced = 6,
  kReadPlaced = 7,
};
enum class ResponsePart : uint8_t { kStatusLine = 0, kHeaders = 1, kBody = 2 };

// A value that has a name.
struct NamedValue {
  std::string_view name;
  int64_t value;
};

// "integer", "HRESULT", "operation kind".
std::string_view TypeName(ValueType type);

// All named values of a type in the order of their numbers; empty for integers and booleans, and
// for methods, which harness/trace/method.h names.
std::span<const NamedValue> NamedValues(ValueType type);

// The value with this name (methods included), or nothing.
std::optional<int64_t> ValueFromName(ValueType type, std::string_view name);

// The value as people read it: "4096", "TRUE", "0x80070026 (ERROR_HANDLE_EOF)", "out of scope".
// A number that has no name is printed as a number.
std::string ValueText(ValueType type, int64_t value);
// The same as it is written in JSON: the bare name where there is one ("ERROR_HANDLE_EOF"), else
// the number in text. For types other than integer and boolean.
std::string ValueName(ValueType type, int64_t value);

// "operation.called".
std::string_view EventName(EventKind kind);
std::optional<EventKind> EventFromName(std::string_view name);
inline constexpr int kEventKindCount = static_cast<int>(EventKind::kLockFreed) + 1;

}  // namespace pendulum::trace

#endif  // PENDULUM_TRACE_NAMES_H_
