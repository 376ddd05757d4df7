#include "harness/sched/strategy_spec.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "harness/platform/suggest.h"
#include "harness/sched/pct_strategy.h"

namespace pendulum::sched {
namespace {

using platform::Error;
using platform::Status;

constexpr std::array<std::string_view, 5> kNames = {"default", "random", "pct", "pos", "surw"};
constexpr std::array<StrategyWords, 5> kWords = {{
    {"default", "the plainest schedule alone: the happy path"},
    {"random", "each answer with the same probability"},
    {"pct[:depth=D]",
     "priorities that change D - 1 times (D = 3 if not given): finds each bug that takes D orders "
     "of events with a probability that is reported"},
    {"pos", "each event has a priority of its own (partial order sampling)"},
    {"surw", "each order of one request's events with nearly the same probability"},
}};
constexpr std::array<std::string_view, 3> kPreferences = {"early", "pending", "partial"};
constexpr std::array<StrategyWords, 4> kOptions = {{
    {"prefer=early", "operations mostly complete before the handler that started them goes on"},
    {"prefer=pending", "operations mostly complete asynchronously"},
    {"prefer=partial", "reads and writes mostly move part of the bytes"},
    {"swarm", "each run leaves out a random half of the kinds of choices"},
}};

std::string Quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

// A name that is none of `names`: what was meant, or which there are.
template <size_t kCount>
Error Unknown(const std::string& what, std::string_view name,
              const std::array<std::string_view, kCount>& names, std::string_view there_are) {
  std::string remedy = platform::Suggestion(name, names);
  if (remedy.empty()) remedy = there_are;
  return Error{what + " " + Quoted(name), "", remedy};
}

constexpr std::string_view kThereAre =
    "there are default, random, pct, pos and surw, each with options: random,prefer=early";
constexpr std::string_view kOptionsAre =
    "options are prefer=early, prefer=pending, prefer=partial and swarm; of pct also depth=D";

std::optional<StrategyKind> KindOf(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<StrategyKind>(i);
  }
  return std::nullopt;
}

Status ReadDepth(std::string_view value, StrategySpec* spec) {
  if (spec->kind != StrategyKind::kPct) {
    return Error{"only the strategy \"pct\" has a depth", "", ""};
  }
  const char* const end = value.data() + value.size();
  const auto read = std::from_chars(value.data(), end, spec->depth);
  if (read.ec != std::errc() || read.ptr != end || spec->depth < 1 ||
      spec->depth > PctStrategy::kMostDepth) {
    return Error{"the depth of \"pct\" is a number from 1 to " +
                     std::to_string(PctStrategy::kMostDepth) + ", not " + Quoted(value),
                 "", ""};
  }
  return platform::OkStatus();
}

Status ReadPreference(std::string_view value, Bias* bias) {
  if (value == "early") {
    bias->early = true;
  } else if (value == "pending") {
    bias->pending = true;
  } else if (value == "partial") {
    bias->partial = true;
  } else {
    return Unknown("a strategy can't prefer", value, kPreferences,
                   "it can prefer early, pending or partial");
  }
  return platform::OkStatus();
}

Status ReadOption(std::string_view option, StrategySpec* spec) {
  const size_t sign = option.find('=');
  const std::string_view key = option.substr(0, sign);
  const bool has_value = sign != std::string_view::npos;
  const std::string_view value = has_value ? option.substr(sign + 1) : std::string_view();
  if (key == "swarm") {
    if (has_value) return Error{"the option \"swarm\" takes no value", "", ""};
    spec->bias.swarm = true;
    return platform::OkStatus();
  }
  if (key != "depth" && key != "prefer") {
    constexpr std::array<std::string_view, 3> kKeys = {"depth", "prefer", "swarm"};
    return Unknown("a strategy has no option", key, kKeys, kOptionsAre);
  }
  if (!has_value)
    return Error{"the option " + Quoted(key) + " needs a value", "", kOptionsAre.data()};
  return key == "depth" ? ReadDepth(value, spec) : ReadPreference(value, &spec->bias);
}

}  // namespace

platform::Result<StrategySpec> ParseStrategySpec(std::string_view text) {
  const size_t name_end = std::min(text.find_first_of(":,"), text.size());
  const std::string_view name = text.substr(0, name_end);
  if (name == "replay") {
    return Error{"the strategy \"replay\" needs a recorded schedule", "",
                 "replay a file that was written for a finding"};
  }
  const auto kind = KindOf(name);
  if (!kind.has_value()) return Unknown("there is no strategy", name, kNames, kThereAre);
  StrategySpec spec;
  spec.kind = *kind;
  size_t at = name_end;
  while (at < text.size()) {
    const size_t begin = at + 1;
    at = std::min(text.find(',', begin), text.size());
    if (auto read = ReadOption(text.substr(begin, at - begin), &spec); !read.ok()) {
      return read.error();
    }
  }
  if (spec.kind == StrategyKind::kDefault && spec.bias.any()) {
    return Error{"the strategy \"default\" takes no options: all its answers are the plainest", "",
                 ""};
  }
  return spec;
}

std::span<const StrategyWords> StrategyNames() { return kWords; }

std::span<const StrategyWords> StrategyOptions() { return kOptions; }

}  // namespace pendulum::sched
