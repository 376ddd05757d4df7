// The plain calls that a module can make, by number for events and by name for people. The value b
// of a kCall event is 0 unless listed in method.cc (a length, a byte count, a status …).
#ifndef PENDULUM_TRACE_METHOD_H_
#define PENDULUM_TRACE_METHOD_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace pendulum::trace {

enum class Method : uint16_t {
#define X(name, text) k##name,
#include "harness/trace/methods_iis.inc"
#include "harness/trace/methods_win32.inc"
#undef X
  kCount,
};

// "IHttpContext::GetRequest", "SetEvent".
std::string_view MethodName(Method method);
std::optional<Method> MethodFromName(std::string_view name);

// True for what a module calls on a request's objects (IHttpContext, IHttpRequest, IHttpResponse
// and their later versions).
bool IsRequestMethod(Method method);

}  // namespace pendulum::trace

#endif  // PENDULUM_TRACE_METHOD_H_
