// Durations as users write them.
#ifndef PENDULUM_CLI_DURATION_H_
#define PENDULUM_CLI_DURATION_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace pendulum::cli {

// The milliseconds of "500ms", "20s", "5m" or "2h"; nothing for other texts, for 0 and for more
// than 1000 hours.
std::optional<uint64_t> ParseDuration(std::string_view text);

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_DURATION_H_
