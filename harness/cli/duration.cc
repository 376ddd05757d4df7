#include "harness/cli/duration.h"

#include <charconv>

namespace pendulum::cli {

std::optional<uint64_t> ParseDuration(std::string_view text) {
  constexpr uint64_t kLongestMs = uint64_t{1000} * 60 * 60 * 1000;
  uint64_t number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec != std::errc() || number == 0 || number > kLongestMs) return std::nullopt;
  const std::string_view unit(result.ptr, static_cast<size_t>(text.end() - result.ptr));
  uint64_t unit_ms = 0;
  if (unit == "ms") unit_ms = 1;
  if (unit == "s") unit_ms = 1000;
  if (unit == "m") unit_ms = 60000;
  if (unit == "h") unit_ms = 3600000;
  if (unit_ms == 0 || number > kLongestMs / unit_ms) return std::nullopt;
  return number * unit_ms;
}

}  // namespace pendulum::cli
