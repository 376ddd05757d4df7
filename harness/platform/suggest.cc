#include "harness/platform/suggest.h"

#include <algorithm>
#include <vector>

namespace pendulum::platform {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

int EditDistance(std::string_view one, std::string_view other) {
  // Rows of the usual table: before_last, last and the one in the making.
  std::vector<int> before_last(other.size() + 1), last(other.size() + 1), row(other.size() + 1);
  for (size_t j = 0; j <= other.size(); ++j) last[j] = static_cast<int>(j);
  for (size_t i = 1; i <= one.size(); ++i) {
    row[0] = static_cast<int>(i);
    for (size_t j = 1; j <= other.size(); ++j) {
      const bool same = Lower(one[i - 1]) == Lower(other[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && Lower(one[i - 1]) == Lower(other[j - 2]) &&
                           Lower(one[i - 2]) == Lower(other[j - 1]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[other.size()];
}

std::string_view ClosestName(std::string_view name, std::span<const std::string_view> candidates) {
  std::string_view closest;
  int closest_distance = static_cast<int>(std::max<size_t>(name.size() / 3, 1)) + 1;
  for (std::string_view candidate : candidates) {
    // As many letters as the one is longer have to go: names may be as long as a whole file.
    const auto [shorter, longer] = std::minmax(name.size(), candidate.size());
    if (longer - shorter >= static_cast<size_t>(closest_distance)) continue;
    const int distance = EditDistance(name, candidate);
    if (distance < closest_distance) {
      closest_distance = distance;
      closest = candidate;
    }
  }
  return closest;
}

std::string Suggestion(std::string_view name, std::span<const std::string_view> candidates) {
  const std::string_view closest = ClosestName(name, candidates);
  return closest.empty() ? std::string() : "did you mean '" + std::string(closest) + "'?";
}

}  // namespace pendulum::platform
