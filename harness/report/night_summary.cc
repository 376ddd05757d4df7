#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "harness/report/night_reports.h"
#include "harness/report/night_words.h"

namespace pendulum::report {
namespace {

constexpr int kIndent = 2;
constexpr int kMostFixed = 5;

class Summary {
 public:
  Summary(const Night& night, const Style& style) : night_(night), style_(style) {}
  std::string Write(bool quiet) const;

 private:
  std::string FirstLine() const;
  std::string Finding(const NightFinding& finding, bool quiet) const;
  std::string Findings(bool quiet) const;
  std::string Targets() const;
  std::string Canaries() const;
  std::string Coverage() const;
  std::string Indented(std::string_view text) const;

  const Night& night_;
  const Style& style_;
};

uint64_t CountIf(const std::vector<NightFinding>& findings, bool (*holds)(const NightFinding&)) {
  return static_cast<uint64_t>(std::count_if(findings.begin(), findings.end(), holds));
}

bool IsOpenWarning(const NightFinding& finding) {
  return IsOpen(finding) && finding.level != "must";
}
bool IsOpenViolation(const NightFinding& finding) {
  return IsOpen(finding) && finding.level == "must";
}

std::string Summary::Indented(std::string_view text) const {
  std::string lines;
  int indent = kIndent;
  for (const std::string& line : Wrap(Printable(text), Columns(style_) - 2 * kIndent)) {
    lines += std::string(static_cast<size_t>(indent), ' ') + line + "\n";
    indent = 2 * kIndent;
  }
  return lines;
}

// "night 3, 2026-11-23: failed, 2 open findings and 1 warning, 1 failure; 60 s of 60 s".
std::string Summary::FirstLine() const {
  const bool failed = HasFailed(night_);
  std::string text = fmt::format("night {}, {}: ", night_.number, night_.date);
  std::string verdict = failed ? "failed" : "clean";
  const uint64_t violations = CountIf(night_.findings, IsOpenViolation);
  if (!failed || violations > 0) verdict += ", " + Counted(violations, "open finding");
  const uint64_t warnings = CountIf(night_.findings, IsOpenWarning);
  if (warnings > 0) verdict += ", " + Counted(warnings, "warning");
  if (!night_.failures.empty()) verdict += ", " + Counted(night_.failures.size(), "failure");
  text += Paint(style_, failed ? Ink::kRed : Ink::kGreen, verdict);
  uint64_t executions = 0;
  for (const NightTarget& target : night_.targets) executions += target.executions;
  text += fmt::format("; {} in {:.1f} s of {:.1f} s", Counted(executions, "execution"),
                      night_.elapsed_seconds, night_.budget_seconds);
  if (night_.resumed) text += ", resumed";
  return text + "\n";
}

std::string Summary::Finding(const NightFinding& finding, bool quiet) const {
  const Ink ink = finding.level == "must" ? Ink::kRed : Ink::kYellow;
  std::string text = std::string(kIndent, ' ') + Pad(LifeCycleName(finding.life_cycle), 11) +
                     finding.fingerprint + "  " + Paint(style_, ink, finding.rule) + " in " +
                     Printable(finding.target);
  const std::string place = PlaceText(finding.location);
  if (!place.empty()) text += ", " + Printable(place);
  text += "\n";
  if (quiet) return text;
  text += std::string(kIndent, ' ') + Indented(finding.message);
  if (finding.life_cycle == LifeCycle::kKnown) {
    text += std::string(kIndent, ' ') + Indented(KnownText(finding));
  }
  text += std::string(kIndent, ' ') +
          Indented(fmt::format("seen {}, first in night {}", Counted(finding.count, "time"),
                               finding.first_night));
  // A command is never broken: it is to be copied.
  if (!finding.replay.empty()) {
    text += std::string(2 * kIndent, ' ') + Printable(finding.replay) + "\n";
  }
  return text;
}

std::string Summary::Findings(bool quiet) const {
  std::string text;
  int fixed = 0, hidden = 0;
  for (const NightFinding& finding : night_.findings) {
    const bool is_fixed = finding.life_cycle == LifeCycle::kFixed;
    if (quiet && !IsOpen(finding)) continue;
    if (is_fixed && ++fixed > kMostFixed) {
      ++hidden;
      continue;
    }
    text += Finding(finding, quiet || is_fixed);
  }
  if (hidden > 0) text += Indented(fmt::format("and {} more that are fixed", hidden));
  return text.empty() || quiet ? text : "\n" + Paint(style_, Ink::kBold, "Findings") + "\n" + text;
}

std::string Summary::Targets() const {
  std::string text = "\n" + Paint(style_, Ink::kBold, "Targets") + "\n";
  size_t widest = 0;
  for (const NightTarget& target : night_.targets) widest = std::max(widest, target.name.size());
  for (const NightTarget& target : night_.targets) {
    text += std::string(kIndent, ' ') + Pad(Printable(target.name), static_cast<int>(widest) + 2);
    if (!target.failure.empty()) {
      text += Paint(style_, Ink::kRed, "did not run") + ": " + Printable(target.failure) + "\n";
      continue;
    }
    text += fmt::format("{:.1f} s, {}, {}", target.seconds, Counted(target.executions, "execution"),
                        Counted(target.cells, "cell"));
    if (target.corpus_inputs > 0) {
      text += fmt::format(", {} in the corpus ({} before)", Thousands(target.corpus_inputs),
                          Thousands(target.corpus_inputs_before));
    }
    if (target.restarts > 0) text += ", died " + Counted(target.restarts, "time");
    text += "\n";
  }
  return text;
}

std::string Summary::Canaries() const {
  const auto found = std::count_if(night_.canaries.begin(), night_.canaries.end(),
                                   [](const NightCanary& canary) { return canary.found; });
  std::string text = "\n" + Paint(style_, Ink::kBold, "Canaries") + "\n" +
                     Indented(fmt::format("{} of {} found", found, night_.canaries.size()));
  for (const NightCanary& canary : night_.canaries) {
    if (!canary.found) text += Indented("not found: " + canary.rule + " in " + canary.module);
  }
  return text;
}

std::string Summary::Coverage() const {
  const auto reached =
      std::count_if(night_.clauses.begin(), night_.clauses.end(), [](const NightClause& clause) {
        return std::any_of(clause.reached.begin(), clause.reached.end(),
                           [](uint64_t times) { return times != 0; });
      });
  std::string text =
      fmt::format("{} of {} reached", reached, Counted(night_.clauses.size(), "clause"));
  if (!night_.trends.empty()) {
    text += ", " + Counted(night_.trends.back().cells, "cell") + " of clause and timing";
    if (night_.trends.size() > 1) {
      text += " (" + Thousands(std::prev(night_.trends.end(), 2)->cells) + " the night before)";
    }
  }
  return "\n" + Paint(style_, Ink::kBold, "Specification") + "\n" + Indented(text);
}

std::string Summary::Write(bool quiet) const {
  std::string text = FirstLine();
  for (const std::string& failure : night_.failures) {
    text += Indented(Paint(style_, Ink::kRed, "failure") + ": " + Printable(failure));
  }
  text += Findings(quiet);
  return quiet ? text : text + Targets() + Canaries() + Coverage();
}

}  // namespace

std::string WriteNightSummary(const Night& night, const Style& style, bool quiet) {
  return Summary(night, style).Write(quiet);
}

}  // namespace pendulum::report
