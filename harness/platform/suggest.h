// Suggestions for misspelt names.
#ifndef PENDULUM_PLATFORM_SUGGEST_H_
#define PENDULUM_PLATFORM_SUGGEST_H_

#include <span>
#include <string>
#include <string_view>

namespace pendulum::platform {

// How many characters have to be inserted, deleted, replaced or swapped with their neighbour to
// make one of the other. Upper and lower case count as equal.
int EditDistance(std::string_view one, std::string_view other);

// The candidate nearest to `name` (the first of equals), or empty when none is near enough to be
// meant.
std::string_view ClosestName(std::string_view name, std::span<const std::string_view> candidates);

// "did you mean 'x'?" for the closest candidate, or empty.
std::string Suggestion(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_SUGGEST_H_
