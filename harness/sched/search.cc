#include "harness/sched/search.h"

#include <charconv>
#include <string>

#include "harness/sched/bounded_strategy.h"
#include "harness/sched/exhaustive_strategy.h"

namespace pendulum::sched {
namespace {

constexpr std::string_view kName = "exhaustive";
constexpr std::string_view kPreemptions = "preemptions=";
constexpr std::string_view kDeviations = "deviations=";
constexpr std::string_view kCounts = ",counts";

}  // namespace

bool IsSearch(std::string_view name) {
  if (!name.starts_with(kName)) return false;
  const std::string_view rest = name.substr(kName.size());
  return rest.empty() || rest[0] == ':' || rest == kCounts;
}

platform::Result<SearchKind> ParseSearch(std::string_view name) {
  const platform::Error error{"there is no strategy \"" + std::string(name) + "\"", "",
                              "write \"exhaustive\", \"exhaustive:preemptions=N\" or "
                              "\"exhaustive:deviations=N\", each with "
                              "\",counts\" if so wished"};
  if (!IsSearch(name)) return error;
  SearchKind kind;
  kind.tries_counts = name.ends_with(kCounts);
  if (kind.tries_counts) name.remove_suffix(kCounts.size());
  if (name == kName) return {kind};
  std::string_view option = name.substr(kName.size() + 1);
  if (option.starts_with(kPreemptions)) {
    kind.bound = SearchKind::Bound::kPreemptions;
    option.remove_prefix(kPreemptions.size());
  } else if (option.starts_with(kDeviations)) {
    kind.bound = SearchKind::Bound::kDeviations;
    option.remove_prefix(kDeviations.size());
  } else {
    return error;
  }
  const char* const end = option.data() + option.size();
  const auto [rest, failure] = std::from_chars(option.data(), end, kind.most);
  if (failure != std::errc() || rest != end) return error;
  return {kind};
}

Search* CreateSearch(const SearchKind& kind, void* memory) {
  Search* search = nullptr;
  if (kind.bound == SearchKind::Bound::kNone) {
    search = ExhaustiveStrategy::Create(memory);
  } else {
    search = BoundedStrategy::Create(kind, memory);
  }
  search->set_tries_counts(kind.tries_counts);
  return search;
}

size_t SearchBytes(const SearchKind& kind) {
  return kind.bound == SearchKind::Bound::kNone ? ExhaustiveStrategy::BytesNeeded()
                                                : BoundedStrategy::BytesNeeded();
}

}  // namespace pendulum::sched
