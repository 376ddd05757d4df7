#include <fmt/format.h>

#include <algorithm>

#include "harness/report/event_text.h"
#include "harness/report/excerpt.h"
#include "harness/report/night_of.h"
#include "harness/report/night_words.h"
#include "harness/report/reporter.h"
#include "harness/report/search_text.h"
#include "harness/report/swim_lane.h"

namespace pendulum::report {
namespace {

using explore::Finding;
using explore::Report;

constexpr int kIndent = 2;
constexpr int kLabelColumns = 9;

class ConsoleReporter final : public Reporter {
 public:
  explicit ConsoleReporter(const ConsoleOptions& options)
      : style_(options.style), quiet_(options.quiet) {}

  std::string Write(const Report& report) const override;

 private:
  std::string Summary(const Report& report) const;
  std::string Checked(const Report& report) const;
  std::string Search(const Report& report) const;
  std::string Labelled(std::string_view label, std::string_view text) const;
  std::string Block(const Finding& finding, const Report& report) const;
  std::string Heading(const Finding& finding) const;
  std::string Place(const Finding& finding) const;
  std::string Lane(const Finding& finding) const;
  std::string Needs(const explore::Reduction& reduction) const;
  std::string Sources(const Finding& finding) const;
  std::string QuietLine(const Finding& finding) const;
  Ink InkOf(const Finding& finding) const {
    return finding.level == "must" ? Ink::kRed : Ink::kYellow;
  }

  Style style_;
  bool quiet_;
};

std::string ModuleNames(const Report& report) {
  std::string names;
  for (const std::string& module : report.modules) {
    names += (names.empty() ? "" : ", ") + Printable(BaseName(module));
  }
  return names;
}

// The verdict alone: "2 findings and 1 warning", "no finding", "nothing was checked".
std::string VerdictText(const Report& report) {
  if (report.diverged) return "a run did not repeat itself";
  if (report.nothing_checked) return "nothing was checked";
  const auto violations = static_cast<uint64_t>(
      std::count_if(report.findings.begin(), report.findings.end(),
                    [](const Finding& finding) { return finding.level == "must"; }));
  const uint64_t warnings = report.findings.size() - violations;
  const std::string open = report.verdict == oracle::Verdict::kInconclusive ? "inconclusive, " : "";
  if (violations + warnings == 0) return open + "no finding";
  if (violations == 0) return open + Counted(warnings, "warning");
  std::string text = Counted(violations, "finding");
  if (warnings > 0) text += " and " + Counted(warnings, "warning");
  return text;
}

Ink VerdictInk(const Report& report) {
  if (report.diverged || report.nothing_checked || HasViolation(report)) return Ink::kRed;
  const bool open = report.verdict == oracle::Verdict::kInconclusive;
  return report.findings.empty() && !open ? Ink::kGreen : Ink::kYellow;
}

std::string ConsoleReporter::Summary(const Report& report) const {
  const std::string modules = ModuleNames(report) + ":";
  const std::string verdict = VerdictText(report);
  const std::string extent =
      fmt::format("in {} of {}, {:.1f} s", Counted(report.runs, "schedule"),
                  Counted(report.scenarios.size(), "scenario"), report.elapsed_seconds);
  const int columns = DisplayWidth(modules) + DisplayWidth(verdict) + DisplayWidth(extent) + 2;
  return Paint(style_, Ink::kBold, modules) + " " + Paint(style_, VerdictInk(report), verdict) +
         (columns <= Columns(style_) ? " " : "\n" + std::string(kIndent, ' ')) + extent + "\n";
}

// "  label    text", the text wrapped beside its label.
std::string ConsoleReporter::Labelled(std::string_view label, std::string_view text) const {
  const int left = kIndent + kLabelColumns;
  std::string written;
  for (const std::string& line : Wrap(text, Columns(style_) - left)) {
    written += std::string(kIndent, ' ') +
               Paint(style_, Ink::kDim, Pad(written.empty() ? label : "", kLabelColumns)) + line +
               "\n";
  }
  return written;
}

// Clauses for modules: how many, and the first ones' names.
std::string Named(const std::vector<const oracle::Clause*>& clauses) {
  constexpr size_t kMostNamed = 6;
  std::string text;
  for (size_t i = 0; i < clauses.size() && i < kMostNamed; ++i) {
    text += (i == 0 ? "" : ", ") + clauses[i]->id;
  }
  if (clauses.size() > kMostNamed) {
    text += fmt::format(" and {} more", clauses.size() - kMostNamed);
  }
  return text;
}

// What was looked at, and what the schedules never reached.
std::string ConsoleReporter::Checked(const Report& report) const {
  if (report.specification == nullptr) return "";
  std::vector<const oracle::Clause*> missed;
  size_t held = 0, host_held = 0, host_missed = 0, watched = 0, unspecified = 0;
  for (size_t i = 0; i < report.clauses.size(); ++i) {
    const oracle::Clause& clause = report.specification->clauses()[i];
    const oracle::Verdict verdict = report.clauses[i].verdict;
    const bool for_modules = clause.subject == oracle::Subject::kModule;
    if (verdict == oracle::Verdict::kPass || verdict == oracle::Verdict::kUnspecified) {
      ++(for_modules ? held : host_held);
      unspecified += verdict == oracle::Verdict::kUnspecified;
    } else if (oracle::TimesReached(report.clauses[i]) != 0) {
      continue;
    } else if (oracle::WatchesForFaults(clause)) {
      ++watched;
    } else if (for_modules) {
      missed.push_back(&clause);
    } else {
      ++host_missed;
    }
  }
  std::string checked =
      fmt::format("{} for modules and {} for the host held over {} and {}", Counted(held, "rule"),
                  Thousands(host_held), Counted(report.operations, "operation"),
                  Counted(report.completions, "completion"));
  if (unspecified > 0) {
    checked += fmt::format(", {} of them in one of several readings", Thousands(unspecified));
  }
  std::string text = Labelled("checked", checked);
  if (watched > 0) {
    text += Labelled("watched", Counted(watched, "more rule") +
                                    " for modules: the faults that they forbid did not happen");
  }
  if (missed.empty() && host_missed == 0) return text;
  std::string never = missed.empty() ? "no rule for modules" : Named(missed);
  if (host_missed > 0) never += fmt::format("; {} for the host", Thousands(host_missed));
  return text + Labelled("not met", never);
}

std::string ConsoleReporter::Heading(const Finding& finding) const {
  std::string line = fmt::format("{} {} ", GlyphsOf(style_).cross, finding.clause);
  if (finding.level != "must") line += "(warning) ";
  std::string rule;
  for (int i = DisplayWidth(line); i < Columns(style_); ++i) rule += GlyphsOf(style_).horizontal;
  std::string text = Paint(style_, InkOf(finding), line) + Paint(style_, Ink::kDim, rule) + "\n";
  for (const std::string& part : Wrap(Printable(finding.title), Columns(style_) - kIndent)) {
    text += std::string(kIndent, ' ') + Paint(style_, Ink::kBold, part) + "\n";
  }
  return text;
}

bool IsReturn(const trace::Event& event) {
  return event.kind == trace::EventKind::kNotificationReturned ||
         event.kind == trace::EventKind::kCompletionReturned;
}

// What there is to know of a place besides its line. A return is recorded at the beginning of the
// function that returned, since nothing tells from which line; and the end of a run or a request
// has the place of what the module did last.
std::string_view PlaceRemark(const Finding& finding) {
  if (finding.event >= finding.trace.size() || finding.location.line == 0) return "";
  if (IsReturn(finding.trace[finding.event].event)) return ", which begins here and returned";
  switch (finding.trace[finding.event].event.kind) {
    case trace::EventKind::kRequestEnded:
    case trace::EventKind::kRequestParked:
    case trace::EventKind::kRunEnded:
      break;
    default:
      return "";
  }
  for (uint32_t i = finding.event; i-- > 0;) {
    const explore::TracedEvent& earlier = finding.trace[i];
    if (!IsReturn(earlier.event) || earlier.location.line != finding.location.line) continue;
    return ", which begins here and was the last to return";
  }
  return "";
}

std::string ConsoleReporter::Place(const Finding& finding) const {
  std::string text;
  const module::Location& place = PlaceOf(finding);
  if (place.line > 0) {
    text += "\n";
    const std::string text_of_place =
        Printable(PlaceText(place)) + std::string(PlaceRemark(finding));
    for (const std::string& line : Wrap(text_of_place, Columns(style_) - kIndent)) {
      text += std::string(kIndent, ' ') + Paint(style_, Ink::kCyan, line) + "\n";
    }
    for (const std::string& line : Excerpt(place, kIndent, style_)) text += line + "\n";
  }
  const module::Location& started = finding.started_location;
  const bool elsewhere = started.line != place.line || started.file != place.file;
  if (started.line > 0 && elsewhere && finding.clause.starts_with("MODULE-")) {
    text += Labelled("started", Printable(PlaceText(started)));
  }
  for (size_t i = 0; i < finding.stack.size(); ++i) {
    text += Labelled(i == 0 ? "stack" : "", Printable(finding.stack[i]));
  }
  return text;
}

std::string ConsoleReporter::Lane(const Finding& finding) const {
  SwimLaneOptions options;
  options.event = finding.event;
  options.indent = kIndent;
  std::string text;
  for (const std::string& line : SwimLane(finding.trace, options, style_)) text += line + "\n";
  return text.empty() ? text : "\n" + text;
}

// What of the schedule is left: without it the module does not fail so.
std::string ConsoleReporter::Needs(const explore::Reduction& reduction) const {
  constexpr size_t kMostSentences = 8;
  std::string text;
  for (size_t i = 0; i < reduction.rest.size(); ++i) {
    if (i == kMostSentences) {
      text += Labelled("", fmt::format("and {} more", reduction.rest.size() - i));
      break;
    }
    text += Labelled(i == 0 ? "needs" : "", reduction.rest[i]);
  }
  const size_t left_out = reduction.decisions_before - reduction.decisions;
  if (left_out > 0) {
    text += Labelled("left out",
                     fmt::format("{} of {} that were not the plainest{}", Thousands(left_out),
                                 Counted(reduction.decisions_before, "decision"),
                                 reduction.is_minimal ? "" : "; there may be more to leave out"));
  }
  if (!reduction.separating.empty()) {
    text += Labelled("decides", fmt::format("{}: without this one decision the client gets the "
                                            "plainest schedule's response",
                                            reduction.separating));
  }
  return text.empty() ? text : "\n" + text;
}

std::string ConsoleReporter::Sources(const Finding& finding) const {
  std::string text;
  for (const oracle::Source& source : finding.sources) {
    std::string page = source.page;
    if (!source.section.empty()) page += ", " + source.section;
    text += Labelled(text.empty() ? "page" : "", page);
    // An address that is broken over lines can't be followed: it may be wider than the terminal.
    text += std::string(kIndent + kLabelColumns, ' ') + PageAddress(source.page) + "\n";
  }
  return text;
}

std::string RelianceSentence(const explore::RelianceText& one) {
  return fmt::format(
      "passes only if {} ({}): {} that failed so saw the other reading, that {}, and {} without it "
      "passed",
      one.passing, one.clause, Counted(one.failing_runs, "schedule"), one.failing,
      Counted(one.passing_runs, "schedule"));
}

std::string ConsoleReporter::Block(const Finding& finding, const Report& report) const {
  std::string text = "\n" + Heading(finding) + "\n";
  for (const std::string& line : Wrap(Printable(finding.message), Columns(style_) - kIndent)) {
    text += std::string(kIndent, ' ') + line + "\n";
  }
  for (size_t i = 0; i < finding.details.size(); ++i) {
    text += Labelled(i == 0 ? "details" : "", Printable(finding.details[i]));
  }
  text += Place(finding) + Lane(finding);
  if (finding.reduction.has_value()) text += Needs(*finding.reduction);
  text += "\n" + Sources(finding);
  if (!finding.fix.empty()) text += Labelled("fix", finding.fix);
  if (!finding.clause.starts_with("MODULE-")) {
    text += Labelled("note",
                     "this rule binds the host: if the module did nothing wrong before, the "
                     "simulated IIS is at fault, not the module");
  }
  for (const explore::RelianceText& one : finding.reliance) {
    text += Labelled("relies", RelianceSentence(one));
  }
  const std::string by =
      finding.strategy == report.strategy ? "" : " by " + Printable(finding.strategy);
  text += Labelled("seen", fmt::format("in {} of {}; first{} in scenario {}, run {} with seed {}",
                                       Thousands(finding.count), Counted(report.runs, "schedule"),
                                       by, finding.scenario, Thousands(finding.run), finding.seed));
  if (!finding.replay.empty()) {
    text += std::string(kIndent, ' ') + Paint(style_, Ink::kDim, Pad("replay", kLabelColumns)) +
            "pendulum replay " + Printable(finding.replay) + "\n";
  }
  return text;
}

std::string ConsoleReporter::QuietLine(const Finding& finding) const {
  std::string text = "  ";
  const module::Location& place = PlaceOf(finding);
  if (place.line > 0) text += fmt::format("{}:{}: ", Printable(place.file), place.line);
  text += Paint(style_, InkOf(finding), finding.clause) + ": " + Printable(finding.message);
  if (!finding.replay.empty()) text += " [" + Printable(finding.replay) + "]";
  return text + "\n";
}

// How the schedules were divided among strategies, or what the only one promises.
std::string ConsoleReporter::Search(const Report& report) const {
  std::string text;
  if (report.arms.size() > 1) {
    // Those at the module's calls alone, and those at its loads and stores, too.
    std::string arms[2];
    for (const explore::ArmSummary& one : report.arms) {
      std::string& list = arms[one.arm.variant == explore::Variant::kAccesses ? 1 : 0];
      list += (list.empty() ? "by " : ", ") + one.arm.strategy + " (" + Thousands(one.runs) + ")";
    }
    for (const std::string& list : arms) {
      if (list.empty()) continue;
      text += (text.empty() ? "" : "; ") + list;
      if (&list == &arms[1]) text += ", interrupting the module's loads and stores as well";
    }
    return Labelled("searched", text);
  }
  for (const explore::ArmSummary& one : report.arms) {
    const explore::Guarantee& promised = one.guarantee;
    if (promised.depth == 0) continue;
    text += Labelled(
        "bound", fmt::format("each schedule of {} finds a bug that takes {} with a probability of "
                             "at least 1 in {} (in runs of at most {} and {})",
                             one.arm.strategy,
                             std::to_string(promised.depth) +
                                 (promised.depth == 1 ? " order of events" : " orders of events"),
                             Thousands(static_cast<uint64_t>(1 / promised.probability + 0.5)),
                             Counted(promised.agents, "agent"), Counted(promised.steps, "step")));
  }
  return text;
}

std::string ConsoleReporter::Write(const Report& report) const {
  std::string text = Summary(report);
  if (quiet_) {
    for (const Finding& finding : report.findings) text += QuietLine(finding);
    return text;
  }
  if (report.diverged) text += Labelled("where", Printable(report.divergence));
  if (report.nothing_checked) {
    const bool limited = std::all_of(report.scenarios.begin(), report.scenarios.end(),
                                     [](const explore::ScenarioSummary& one) {
                                       return one.runs != 0 && one.limited == one.runs;
                                     });
    text +=
        Labelled("why", limited ? "no run came to its end: every one met its limit of steps first, "
                                  "as for a module that polls for something that does not come"
                                : "no rule for modules was reached: the module registered for no "
                                  "notification that the scenarios raise, or none ran");
  } else if (report.findings.empty() && !report.diverged) {
    text += Checked(report);
  }
  text += Search(report);
  if (report.verdict == oracle::Verdict::kInconclusive) {
    for (const std::string& phrase : report.missing) text += Labelled("missing", Printable(phrase));
  }
  for (const std::string& search : SearchTexts(report.scenarios)) {
    text += Labelled("search", search);
  }
  for (const std::string& note : report.notes) text += Labelled("note", Printable(note));
  for (const Finding& finding : report.findings) text += Block(finding, report);
  return text;
}

}  // namespace

std::unique_ptr<Reporter> MakeConsoleReporter(const ConsoleOptions& options) {
  return std::make_unique<ConsoleReporter>(options);
}

bool HasViolation(const Report& report) {
  return std::any_of(report.findings.begin(), report.findings.end(),
                     [](const Finding& finding) { return finding.level == "must"; });
}

}  // namespace pendulum::report
