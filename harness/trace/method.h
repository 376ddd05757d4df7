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

// Whether a call of a request's objects only tells something: neither the request nor what a
// specification remembers of it is another one afterwards.
bool IsPlainGetter(Method method);

// "IHttpContext::GetRequest", "SetEvent".
std::string_view MethodName(Method method);
std::optional<Method> MethodFromName(std::string_view name);

// b of a kCall: what these methods were given and answered. Lengths are of characters.
//   IHttpResponse::SetStatus: the status code in the low 10 bits, the reason's length above them.
//   IHttpResponse::SetHeader: the length that the value would have, with what it is appended to.
//   IHttpResponse::GetHeader: the length given out; a is 1 when there was a value.
//   IHttpResponse::GetStatus: the status code; a is SetterWord of what was said of its setter.
//   IHttpResponse::Redirect: RedirectFlag.
//   ISendResponseProvider::SetFlags: the flags; GetFlags has them in a.
//   ISendResponseProvider::GetLogData: 1 when it is what SetLogData gave; a is 1 for an object.
// In those of IHttpResponse that take a pointer which must not be NULL, kArgumentNull says it was.
inline constexpr uint32_t kArgumentNull = 1u << 31;
inline constexpr int kStatusCodeBits = 10;
enum RedirectFlag : uint32_t {
  kResetStatus = 1 << 0,          // fResetStatusCode
  kIncludeParameters = 1 << 1,    // fIncludeParameters
  kRedirectMemoryShort = 1 << 2,  // the host got no memory for it
};

// Who set the status, as GetStatus says: numbers plus one, 0 for nobody; kSetterAsked when the
// caller wanted to know both. `module` and `notification` are kNone8 for unknown.
inline constexpr uint32_t kSetterAsked = 1u << 16;
constexpr uint32_t SetterWord(uint8_t module, uint8_t notification, bool asked) {
  const uint32_t by = module == 0xFF ? 0u : module + 1u;
  const uint32_t in = notification == 0xFF ? 0u : notification + 1u;
  return by << 8 | in | (asked ? kSetterAsked : 0u);
}

// True for what a module calls on a request's objects (IHttpContext, IHttpRequest, IHttpResponse
// and their later versions).
bool IsRequestMethod(Method method);

}  // namespace pendulum::trace

#endif  // PENDULUM_TRACE_METHOD_H_
