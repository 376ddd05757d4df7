#include "harness/report/conformance.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <set>
#include <string_view>
#include <vector>

namespace pendulum::report {
namespace {

using oracle::Clause;
using oracle::ClauseVerdict;
using oracle::Verdict;

constexpr int kIndent = 2;
constexpr int kGap = 2;
constexpr int kVerdictColumns = 13;  // "not-exercised"
constexpr int kFewestTitleColumns = 32;
constexpr size_t kTimings = oracle::Oracle::kTimingClasses;
constexpr std::string_view kHeads[] = {"inline", "after", "before", "none"};
static_assert(std::size(kHeads) == kTimings);

constexpr std::string_view kLegend =
    "after, before: the completion came after or before the handler had returned; none: no "
    "operation";
constexpr std::string_view kWatched = "watched";
constexpr std::string_view kWatchedLegend =
    "watched: the clause forbids an event that is a fault in itself, and none happened";

struct Group {
  std::string_view name;
  std::vector<size_t> clauses;  // by index in the specification
};

// In the order of their first clauses.
std::vector<Group> GroupsOf(const oracle::Specification& specification) {
  std::vector<Group> groups;
  const auto clauses = specification.clauses();
  for (size_t i = 0; i < clauses.size(); ++i) {
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const Group& known) { return known.name == clauses[i].group; });
    if (group == groups.end()) group = groups.insert(groups.end(), {clauses[i].group, {}});
    group->clauses.push_back(i);
  }
  return groups;
}

std::string PadLeft(std::string_view text, int columns) {
  const int missing = columns - DisplayWidth(text);
  return std::string(static_cast<size_t>(std::max(missing, 0)), ' ') + std::string(text);
}

std::string CountText(uint64_t count) { return count == 0 ? "-" : Thousands(count); }

class ConformanceWriter {
 public:
  ConformanceWriter(const oracle::Specification& specification,
                    std::span<const ClauseVerdict> verdicts, const ConformanceOptions& options)
      : specification_(specification),
        verdicts_(verdicts),
        options_(options),
        style_(options.style) {
    assert(verdicts.size() == specification.clauses().size());
    Measure();
    FindCommonMissing();
  }

  std::string Write() {
    text_ = Paint(style_, Ink::kBold, Heading()) + "\n";
    Lines(kLegend, kIndent, std::nullopt);
    const auto is_watched = [this](size_t i) { return IsWatched(i); };
    std::vector<size_t> all(verdicts_.size());
    for (size_t i = 0; i < all.size(); ++i) all[i] = i;
    if (std::any_of(all.begin(), all.end(), is_watched)) {
      Lines(kWatchedLegend, kIndent, std::nullopt);
    }
    for (const Group& group : GroupsOf(specification_)) {
      text_ += "\n" + Paint(style_, Ink::kBold, Printable(group.name)) + "\n";
      for (const size_t index : group.clauses) WriteClause(index);
      Lines(Printable(group.name) + ": " + Summary(group.clauses), kIndent, Ink::kBold);
    }
    text_ += "\n";
    Lines("all: " + Summary(all), 0, Ink::kBold);
    if (!common_missing_.empty()) Lines("missing: " + common_missing_, 0, std::nullopt);
    const Verdict overall = options_.overall.value_or(oracle::OverallVerdict(verdicts_));
    text_ += "overall: " + Paint(style_, InkOf(overall), oracle::VerdictName(overall)) + "\n";
    return std::move(text_);
  }

 private:
  bool IsWatched(size_t index) const {
    return verdicts_[index].verdict == Verdict::kNotExercised &&
           oracle::WatchesForFaults(specification_.clauses()[index]);
  }

  static Ink InkOf(Verdict verdict) {
    switch (verdict) {
      case Verdict::kPass:
        return Ink::kGreen;
      case Verdict::kViolation:
        return Ink::kRed;
      case Verdict::kNotExercised:
        return Ink::kDim;
      case Verdict::kWarning:
      case Verdict::kUnspecified:
      case Verdict::kInconclusive:
        break;
    }
    return Ink::kYellow;
  }

  // How wide each column is: the same for all groups.
  void Measure() {
    for (size_t timing = 0; timing < kTimings; ++timing) {
      counts_[timing] = DisplayWidth(kHeads[timing]);
      for (const ClauseVerdict& seen : verdicts_) {
        counts_[timing] = std::max(counts_[timing], DisplayWidth(CountText(seen.reached[timing])));
      }
    }
    int widest = 0;
    for (const Clause& clause : specification_.clauses()) {
      widest = std::max(widest, DisplayWidth(clause.id));
    }
    int rest = kIndent + kGap + kVerdictColumns;
    for (const int columns : counts_) rest += kGap + columns;
    id_columns_ = std::max(std::min(widest, Columns(style_) - rest), 0);
    title_columns_ = Columns(style_) - rest - id_columns_ - kGap;
  }

  // When all that is missing is the same, it is said once.
  void FindCommonMissing() {
    std::set<std::string_view> texts;
    size_t clauses = 0;
    for (const ClauseVerdict& seen : verdicts_) {
      if (seen.verdict != Verdict::kInconclusive) continue;
      texts.insert(seen.missing);
      ++clauses;
    }
    if (texts.size() == 1 && clauses > 1) common_missing_ = *texts.begin();
  }

  std::string Heading() const {
    std::string heading(static_cast<size_t>(kIndent + id_columns_ + kGap), ' ');
    heading += Pad("verdict", kVerdictColumns);
    for (size_t timing = 0; timing < kTimings; ++timing) {
      heading += std::string(kGap, ' ') + PadLeft(kHeads[timing], counts_[timing]);
    }
    return heading;
  }

  // `text` in as many lines as it takes.
  void Lines(std::string_view text, int indent, std::optional<Ink> ink) {
    for (const std::string& line : Wrap(text, Columns(style_) - indent)) {
      text_ += std::string(static_cast<size_t>(indent), ' ');
      text_ += ink.has_value() ? Paint(style_, *ink, line) : line;
      text_ += '\n';
    }
  }

  void WriteClause(size_t index) {
    const Clause& clause = specification_.clauses()[index];
    const ClauseVerdict& seen = verdicts_[index];
    const std::string id = Printable(clause.id);
    const bool id_fits = DisplayWidth(id) <= id_columns_;
    text_ += std::string(kIndent, ' ');
    if (!id_fits) text_ += id + "\n" + std::string(kIndent, ' ');
    text_ += Pad(id_fits ? id : "", id_columns_) + std::string(kGap, ' ');
    const std::string_view verdict =
        IsWatched(index) ? kWatched : oracle::VerdictName(seen.verdict);
    text_ += Paint(style_, InkOf(seen.verdict), Pad(verdict, kVerdictColumns));
    for (size_t timing = 0; timing < kTimings; ++timing) {
      text_ += std::string(kGap, ' ') + PadLeft(CountText(seen.reached[timing]), counts_[timing]);
    }
    const bool beside = title_columns_ >= kFewestTitleColumns;
    if (beside) {
      text_ += std::string(kGap, ' ') + Fit(Printable(clause.title), title_columns_, style_);
    }
    text_ += "\n";
    if (!beside) Lines(Printable(clause.title), 2 * kIndent, Ink::kDim);
    WriteDetails(clause, seen);
  }

  // What there is to say beyond numbers, under the clause.
  void WriteDetails(const Clause& clause, const ClauseVerdict& seen) {
    const int indent = 3 * kIndent;
    for (size_t i = 0; i < seen.readings.size() && i < clause.readings.size(); ++i) {
      Lines(Printable(clause.readings[i].text) + ": " + Thousands(seen.readings[i]) +
                std::string(GlyphsOf(style_).times),
            indent, std::nullopt);
    }
    for (const std::string& reading : seen.passes_only_if) {
      Lines("passes only if " + Printable(reading), indent, Ink::kRed);
    }
    if (!seen.missing.empty() && seen.missing != common_missing_) {
      Lines("missing: " + Printable(seen.missing), indent, std::nullopt);
    }
  }

  // "5 clauses: 3 pass, 1 unspecified, 1 watched".
  std::string Summary(const std::vector<size_t>& clauses) const {
    std::array<uint64_t, oracle::kVerdicts> counts = {};
    uint64_t watched = 0;
    for (const size_t index : clauses) {
      if (IsWatched(index)) {
        ++watched;
      } else {
        ++counts[static_cast<size_t>(verdicts_[index].verdict)];
      }
    }
    std::string parts;
    const auto add = [&parts](uint64_t count, std::string_view name) {
      if (count == 0) return;
      parts += parts.empty() ? ": " : ", ";
      parts += Thousands(count) + " " + std::string(name);
    };
    for (int i = 0; i < oracle::kVerdicts; ++i) {
      add(counts[static_cast<size_t>(i)], oracle::VerdictName(static_cast<Verdict>(i)));
    }
    add(watched, kWatched);
    return Counted(clauses.size(), "clause") + parts;
  }

  const oracle::Specification& specification_;
  std::span<const ClauseVerdict> verdicts_;
  const ConformanceOptions& options_;
  const Style& style_;
  std::array<int, kTimings> counts_ = {};
  int id_columns_ = 0;
  int title_columns_ = 0;
  std::string common_missing_;
  std::string text_;
};

}  // namespace

std::string Conformance(const oracle::Specification& specification,
                        std::span<const ClauseVerdict> verdicts,
                        const ConformanceOptions& options) {
  return ConformanceWriter(specification, verdicts, options).Write();
}

}  // namespace pendulum::report
