#include "harness/trace/method.h"

#include <array>
#include <cassert>
#include <iterator>

namespace pendulum::trace {
namespace {

constexpr std::string_view kNames[] = {
#define X(name, text) text,
#include "harness/trace/methods_iis.inc"
#include "harness/trace/methods_win32.inc"
#undef X
};
static_assert(std::size(kNames) == static_cast<size_t>(Method::kCount));

}  // namespace

std::string_view MethodName(Method method) {
  assert(method < Method::kCount);
  return kNames[static_cast<int>(method)];
}

std::optional<Method> MethodFromName(std::string_view name) {
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == name) return static_cast<Method>(i);
  }
  return std::nullopt;
}

bool IsPlainGetter(Method method) {
  // These give out memory that later events are compared with.
  constexpr Method kRemembered[] = {Method::kIHttpRequest_GetRawHttpRequest,
                                    Method::kIHttpRequest_GetHttpMethod};
  static const auto plain = [&] {
    std::array<bool, static_cast<size_t>(Method::kCount)> is_plain{};
    for (size_t i = 0; i < is_plain.size(); ++i) {
      const std::string_view name = kNames[i];
      const size_t colons = name.find("::");
      is_plain[i] = IsRequestMethod(static_cast<Method>(i)) && colons != std::string_view::npos &&
                    name.substr(colons + 2).starts_with("Get") &&
                    name.find("Entity") == std::string_view::npos;
    }
    for (const Method method : kRemembered) is_plain[static_cast<size_t>(method)] = false;
    return is_plain;
  }();
  return plain[static_cast<size_t>(method)];
}

bool IsRequestMethod(Method method) {
  // An interface's later versions differ from it by a digit: IHttpContext3::…
  for (std::string_view interface : {"IHttpContext", "IHttpRequest", "IHttpResponse"}) {
    std::string_view name = MethodName(method);
    if (!name.starts_with(interface)) continue;
    name.remove_prefix(interface.size());
    while (!name.empty() && name.front() >= '0' && name.front() <= '9') name.remove_prefix(1);
    if (name.starts_with("::")) return true;
  }
  return false;
}

}  // namespace pendulum::trace
