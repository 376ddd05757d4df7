#include "harness/trace/names.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iterator>

#include "harness/trace/method.h"

namespace pendulum::trace {
namespace {

constexpr int64_t Win32(int64_t code) { return 0x80070000 | code; }

constexpr NamedValue kHresults[] = {
    {"S_OK", 0},
    {"S_FALSE", 1},
    {"E_NOTIMPL", 0x80004001},
    {"E_NOINTERFACE", 0x80004002},
    {"E_POINTER", 0x80004003},
    {"E_ABORT", 0x80004004},
    {"E_FAIL", 0x80004005},
    {"E_UNEXPECTED", 0x8000FFFF},
    {"ERROR_FILE_NOT_FOUND", Win32(2)},
    {"ERROR_PATH_NOT_FOUND", Win32(3)},
    {"E_ACCESSDENIED", Win32(5)},
    {"E_HANDLE", Win32(6)},
    {"ERROR_NOT_ENOUGH_MEMORY", Win32(8)},
    {"ERROR_INVALID_DATA", Win32(13)},
    {"E_OUTOFMEMORY", Win32(14)},
    {"ERROR_HANDLE_EOF", Win32(38)},
    {"ERROR_NOT_SUPPORTED", Win32(50)},
    {"ERROR_NETNAME_DELETED", Win32(64)},
    {"E_INVALIDARG", Win32(87)},
    {"ERROR_BROKEN_PIPE", Win32(109)},
    {"ERROR_INSUFFICIENT_BUFFER", Win32(122)},
    {"ERROR_ALREADY_EXISTS", Win32(183)},
    {"ERROR_ARITHMETIC_OVERFLOW", Win32(534)},
    {"ERROR_OPERATION_ABORTED", Win32(995)},
    {"ERROR_IO_PENDING", Win32(997)},
    {"ERROR_STACK_OVERFLOW", Win32(1001)},
    {"ERROR_NOT_FOUND", Win32(1168)},
    {"ERROR_CONNECTION_INVALID", Win32(1229)},
    {"ERROR_CONNECTION_ABORTED", Win32(1236)},
    {"ERROR_ALREADY_ASSIGNED", Win32(85)},
    {"WSAECONNABORTED", Win32(10053)},
    {"WSAECONNRESET", Win32(10054)},
};
// Other names of HRESULTs above: read, never printed.
constexpr NamedValue kHresultAliases[] = {
    {"NO_ERROR", 0},
    {"ERROR_INVALID_PARAMETER", Win32(87)},
    {"ERROR_ACCESS_DENIED", Win32(5)},
    {"ERROR_INVALID_HANDLE", Win32(6)},
    {"ERROR_OUTOFMEMORY", Win32(14)},
};
constexpr NamedValue kStatuses[] = {
    {"RQ_NOTIFICATION_CONTINUE", 0},
    {"RQ_NOTIFICATION_PENDING", 1},
    {"RQ_NOTIFICATION_FINISH_REQUEST", 2},
};
constexpr NamedValue kNotifications[] = {
    {"RQ_BEGIN_REQUEST", 0},
    {"RQ_AUTHENTICATE_REQUEST", 1},
    {"RQ_AUTHORIZE_REQUEST", 2},
    {"RQ_RESOLVE_REQUEST_CACHE", 3},
    {"RQ_MAP_REQUEST_HANDLER", 4},
    {"RQ_ACQUIRE_REQUEST_STATE", 5},
    {"RQ_PRE_EXECUTE_REQUEST_HANDLER", 6},
    {"RQ_EXECUTE_REQUEST_HANDLER", 7},
    {"RQ_RELEASE_REQUEST_STATE", 8},
    {"RQ_UPDATE_REQUEST_CACHE", 9},
    {"RQ_LOG_REQUEST", 10},
    {"RQ_END_REQUEST", 11},
    {"RQ_CUSTOM_NOTIFICATION", 12},
    {"RQ_SEND_RESPONSE", 13},
    {"RQ_READ_ENTITY", 14},
    {"RQ_MAP_PATH", 15},
};
constexpr NamedValue kOperationKinds[] = {
    {"WriteEntityChunks", 0},
    {"WriteEntityChunkByReference", 1},
    {"Flush", 2},
    {"ReadEntityBody", 3},
    {"PostCompletion", 4},
    {"IndicateCompletion", 5},
    {"ExecuteRequest", 6},
    {"NotifyCustomNotification", 7},
    {"NegotiateClientCertificate", 8},
    {"ReadFragment", 9},
    {"WriteFragment", 10},
    {"SendConnectionClose", 11},
};
constexpr NamedValue kRunEnds[] = {
    {"complete", 0}, {"stuck", 1}, {"limit", 2}, {"crash", 3}, {"hang", 4},
};
constexpr NamedValue kMemoryFaults[] = {{"changed", 1}, {"freed", 2}, {"out_of_scope", 3}};
constexpr NamedValue kCrashCauses[] = {
    {"signal", 0}, {"stack_overflow", 1}, {"out_of_memory", 2}, {"abort", 3},
    {"report", 4}, {"pending_memory", 5}, {"ended_memory", 6},  {"race", 7},
};
constexpr NamedValue kBodyDirections[] = {
    {"read", 0},     {"sent", 1},          {"written", 2}, {"received", 3},
    {"inserted", 4}, {"read_inserted", 5}, {"placed", 6},  {"read_placed", 7},
};
constexpr NamedValue kResponseParts[] = {{"status_line", 0}, {"headers", 1}, {"body", 2}};
constexpr NamedValue kGlobalNotifications[] = {
    {"GL_STOP_LISTENING", 0},
    {"GL_CACHE_CLEANUP", 1},
    {"GL_CACHE_OPERATION", 2},
    {"GL_HEALTH_CHECK", 3},
    {"GL_CONFIGURATION_CHANGE", 4},
    {"GL_FILE_CHANGE", 5},
    {"GL_PRE_BEGIN_REQUEST", 6},
    {"GL_APPLICATION_START", 7},
    {"GL_APPLICATION_RESOLVE_MODULES", 8},
    {"GL_APPLICATION_STOP", 9},
    {"GL_RSCA_QUERY", 10},
    {"GL_TRACE_EVENT", 11},
    {"GL_CUSTOM_NOTIFICATION", 12},
    {"GL_THREAD_CLEANUP", 13},
    {"GL_APPLICATION_PRELOAD", 14},
    {"GL_SUSPEND_PROCESS", 15},
};
static_assert(std::size(kNotifications) == kNotificationCount);
static_assert(std::size(kGlobalNotifications) == kGlobalNotificationCount);
static_assert(std::size(kOperationKinds) == kOperationKindCount);

constexpr std::string_view kEventNames[] = {
#define PENDULUM_KIND(name, text) text,
    PENDULUM_EVENT_KINDS(PENDULUM_KIND)
#undef PENDULUM_KIND
};
static_assert(std::size(kEventNames) == kEventKindCount);

std::string_view NameOf(ValueType type, int64_t value) {
  if (type == ValueType::kMethod) {
    const bool is_method = value >= 0 && value < static_cast<int64_t>(Method::kCount);
    return is_method ? MethodName(static_cast<Method>(value)) : std::string_view();
  }
  for (const NamedValue& named : NamedValues(type)) {
    if (named.value == value) return named.name;
  }
  return {};
}

std::string Hexadecimal(int64_t value) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%08llX", static_cast<unsigned long long>(value));
  return text;
}

}  // namespace

std::string_view TypeName(ValueType type) {
  static constexpr std::string_view kNames[] = {"integer",
                                                "boolean",
                                                "HRESULT",
                                                "status",
                                                "notification",
                                                "operation kind",
                                                "method",
                                                "run end",
                                                "memory fault",
                                                "crash cause",
                                                "body direction",
                                                "response part",
                                                "global notification"};
  static_assert(std::size(kNames) == kValueTypeCount);
  return kNames[static_cast<int>(type)];
}

std::span<const NamedValue> NamedValues(ValueType type) {
  switch (type) {
    case ValueType::kHresult:
      return kHresults;
    case ValueType::kStatus:
      return kStatuses;
    case ValueType::kNotification:
      return kNotifications;
    case ValueType::kOperationKind:
      return kOperationKinds;
    case ValueType::kRunEnd:
      return kRunEnds;
    case ValueType::kMemoryFault:
      return kMemoryFaults;
    case ValueType::kCrashCause:
      return kCrashCauses;
    case ValueType::kBodyDirection:
      return kBodyDirections;
    case ValueType::kResponsePart:
      return kResponseParts;
    case ValueType::kGlobalNotification:
      return kGlobalNotifications;
    case ValueType::kInteger:
    case ValueType::kBoolean:
    case ValueType::kMethod:
      return {};
  }
  return {};
}

std::optional<int64_t> ValueFromName(ValueType type, std::string_view name) {
  if (type == ValueType::kMethod) {
    const std::optional<Method> method = MethodFromName(name);
    if (!method) return std::nullopt;
    return static_cast<int64_t>(*method);
  }
  for (const NamedValue& named : NamedValues(type)) {
    if (named.name == name) return named.value;
  }
  if (type == ValueType::kHresult) {
    for (const NamedValue& named : kHresultAliases) {
      if (named.name == name) return named.value;
    }
  }
  return std::nullopt;
}

std::string ValueText(ValueType type, int64_t value) {
  if (type == ValueType::kInteger) return std::to_string(value);
  if (type == ValueType::kBoolean) return value != 0 ? "TRUE" : "FALSE";
  const std::string_view name = NameOf(type, value);
  if (type != ValueType::kHresult) {
    std::string text = name.empty() ? std::to_string(value) : std::string(name);
    if (type == ValueType::kMemoryFault || type == ValueType::kCrashCause) {
      std::replace(text.begin(), text.end(), '_', ' ');
    }
    return text;
  }
  if (value == 0) return "S_OK";
  return name.empty() ? Hexadecimal(value) : Hexadecimal(value) + " (" + std::string(name) + ")";
}

std::string ValueName(ValueType type, int64_t value) {
  const std::string_view name = NameOf(type, value);
  if (!name.empty()) return std::string(name);
  return type == ValueType::kHresult ? Hexadecimal(value) : std::to_string(value);
}

std::string_view EventName(EventKind kind) { return kEventNames[static_cast<int>(kind)]; }

std::optional<EventKind> EventFromName(std::string_view name) {
  for (int kind = 0; kind < kEventKindCount; ++kind) {
    if (kEventNames[kind] == name) return static_cast<EventKind>(kind);
  }
  return std::nullopt;
}

}  // namespace pendulum::trace
