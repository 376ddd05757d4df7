// pendulum trace check: judges a recorded trace by the specification.
#include <algorithm>
#include <map>
#include <ostream>

#include "harness/cli/spec_command.h"
#include "harness/cli/specification.h"
#include "harness/cli/trace_command.h"
#include "harness/oracle/trace_judge.h"
#include "harness/report/text.h"

namespace pendulum::cli {
namespace {

using explore::Json;
using oracle::Clause;
using oracle::ClauseVerdict;
using oracle::Specification;
using oracle::TraceFinding;
using oracle::TraceJudgement;
using oracle::Verdict;

constexpr const char* kFooter =
    R"(Judges a trace that was recorded on a real server. What the recorder has not seen
is unknown: clauses that need it are inconclusive, and the reason is said.
harness/trace/README.md describes the file.

Exit status: 0 no clause that must be kept is broken, 1 one is,
3 the trace cannot be read, or reaches no clause at all.

Examples:
  pendulum trace check recorded.jsonl
  pendulum trace check recorded.jsonl --spec our-rules/ --json verdicts.json)";

struct CheckArguments {
  std::vector<std::string> files;
  SpecificationOptions specification;
  OutputOptions output;
};

// A trace, and what is said of it.
struct Checked {
  std::string file;
  trace::TraceFile trace;
  TraceJudgement judgement;
};

Json ClauseVerdictJson(const Clause& clause, const ClauseVerdict& verdict) {
  static constexpr const char* kTimings[] = {"inline", "after_return", "before_return", "none"};
  Json json;
  json["clause"] = clause.id;
  json["group"] = clause.group;
  json["level"] = oracle::LevelName(clause.level);
  json["verdict"] = oracle::VerdictName(verdict.verdict);
  for (size_t i = 0; i < verdict.reached.size(); ++i) {
    json["reached"][kTimings[i]] = verdict.reached[i];
  }
  json["violations"] = verdict.violations;
  json["readings"] = Json::array();
  for (size_t i = 0; i < verdict.readings.size(); ++i) {
    Json reading;
    reading["text"] = clause.readings[i].text;
    reading["count"] = verdict.readings[i];
    json["readings"].push_back(std::move(reading));
  }
  json["missing"] = verdict.missing;
  return json;
}

Json FindingJson(const Checked& checked, const Clause& clause, const TraceFinding& finding) {
  const auto index = [](int value, int none) { return value == none ? Json() : Json(value); };
  Json json;
  json["clause"] = clause.id;
  json["level"] = oracle::LevelName(clause.level);
  json["message"] = finding.message;
  json["line"] = checked.trace.lines[finding.event];
  json["started_line"] = checked.trace.lines[finding.started_event];
  json["request"] = index(finding.request, trace::kNone8);
  json["module"] = index(finding.module, trace::kNone8);
  json["operation"] = index(finding.operation, trace::kNone16);
  return json;
}

Json CheckedJson(const Checked& checked, const Specification& specification) {
  Json json;
  json["file"] = checked.file;
  json["events"] = checked.trace.events.size();
  json["verdict"] = oracle::VerdictName(oracle::OverallVerdict(checked.judgement.clauses));
  json["findings"] = Json::array();
  for (const TraceFinding& finding : checked.judgement.findings) {
    const Clause& clause = specification.clauses()[finding.clause];
    json["findings"].push_back(FindingJson(checked, clause, finding));
  }
  json["clauses"] = Json::array();
  for (size_t i = 0; i < checked.judgement.clauses.size(); ++i) {
    json["clauses"].push_back(
        ClauseVerdictJson(specification.clauses()[i], checked.judgement.clauses[i]));
  }
  return json;
}

bool NothingReached(const TraceJudgement& judgement) {
  return std::none_of(judgement.clauses.begin(), judgement.clauses.end(),
                      [](const ClauseVerdict& clause) { return TimesReached(clause) > 0; });
}

class Printer {
 public:
  Printer(const Specification& specification, const report::Style& style, std::ostream* out)
      : specification_(specification), style_(style), out_(*out) {}

  void Print(const Checked& checked, bool quiet) const {
    out_ << report::Paint(style_, report::Ink::kBold, checked.file) << ": "
         << report::Counted(checked.trace.events.size(), "event") << "\n";
    for (const TraceFinding& finding : checked.judgement.findings) PrintFinding(checked, finding);
    if (!quiet) PrintReadings(checked.judgement);
    if (!quiet) PrintInconclusive(checked.judgement);
    if (!quiet) PrintPassed(checked.judgement);
    PrintSummary(checked.judgement);
  }

 private:
  void PrintFinding(const Checked& checked, const TraceFinding& finding) const {
    const Clause& clause = specification_.clauses()[finding.clause];
    const bool must = clause.level == oracle::Level::kMust;
    const int line = checked.trace.lines[finding.event];
    const int started = checked.trace.lines[finding.started_event];
    out_ << "\n"
         << report::Paint(style_, must ? report::Ink::kRed : report::Ink::kYellow,
                          must ? "violation" : "warning")
         << "  " << report::Paint(style_, report::Ink::kBold, clause.id) << "  line " << line;
    if (started != line) out_ << ", started on line " << started;
    out_ << "\n";
    const int columns = report::Columns(style_);
    PrintLabelled("  ", clause.title, columns, &out_);
    PrintLabelled("  found: ", report::Printable(finding.message), columns, &out_);
    for (const oracle::Source& source : clause.sources) {
      PrintLabelled("  see:   ", report::PageAddress(source.page), columns, &out_);
    }
  }

  void PrintReadings(const TraceJudgement& judgement) const {
    for (size_t i = 0; i < judgement.clauses.size(); ++i) {
      if (judgement.clauses[i].verdict != Verdict::kUnspecified) continue;
      const Clause& clause = specification_.clauses()[i];
      out_ << "\nunspecified  " << report::Paint(style_, report::Ink::kBold, clause.id) << "\n";
      PrintLabelled("  ", clause.title, report::Columns(style_), &out_);
      for (size_t r = 0; r < clause.readings.size(); ++r) {
        const uint64_t count = judgement.clauses[i].readings[r];
        if (count == 0) continue;
        PrintLabelled("  seen " + report::Counted(count, "time") + ": ", clause.readings[r].text,
                      report::Columns(style_), &out_);
      }
    }
  }

  // The clauses under what they would need.
  void PrintInconclusive(const TraceJudgement& judgement) const {
    std::map<std::string, std::string> by_reason;
    for (size_t i = 0; i < judgement.clauses.size(); ++i) {
      if (judgement.clauses[i].verdict != Verdict::kInconclusive) continue;
      std::string& ids = by_reason[judgement.clauses[i].missing];
      ids += (ids.empty() ? "" : ", ") + specification_.clauses()[i].id;
    }
    if (!by_reason.empty()) out_ << "\ninconclusive\n";
    for (const auto& [reason, ids] : by_reason) {
      PrintLabelled("  ", reason, report::Columns(style_), &out_);
      PrintLabelled("    ", ids, report::Columns(style_), &out_);
    }
  }

  void PrintPassed(const TraceJudgement& judgement) const {
    std::string ids;
    for (size_t i = 0; i < judgement.clauses.size(); ++i) {
      if (judgement.clauses[i].verdict != Verdict::kPass) continue;
      ids += (ids.empty() ? "" : ", ") + specification_.clauses()[i].id;
    }
    if (ids.empty()) return;
    out_ << "\npass\n";
    PrintLabelled("  ", ids, report::Columns(style_), &out_);
  }

  void PrintSummary(const TraceJudgement& judgement) const {
    uint64_t counts[oracle::kVerdicts] = {};
    for (const ClauseVerdict& clause : judgement.clauses) {
      ++counts[static_cast<size_t>(clause.verdict)];
    }
    std::string text;
    for (int i = 0; i < oracle::kVerdicts; ++i) {
      if (counts[i] == 0) continue;
      text += (text.empty() ? "" : ", ") + std::to_string(counts[i]) + " " +
              std::string(oracle::VerdictName(static_cast<Verdict>(i)));
    }
    const Verdict overall = oracle::OverallVerdict(judgement.clauses);
    out_ << "\n"
         << report::Paint(style_, report::Ink::kBold, oracle::VerdictName(overall))
         << ": of the clauses, " << text << "\n";
    if (NothingReached(judgement)) out_ << "Nothing was checked: the trace reaches no clause.\n";
  }

  const Specification& specification_;
  const report::Style& style_;
  std::ostream& out_;
};

int StatusOf(const TraceJudgement& judgement) {
  if (NothingReached(judgement)) return kNotDone;
  const bool broken = oracle::OverallVerdict(judgement.clauses) == Verdict::kViolation;
  return broken ? kFindings : kClean;
}

int Check(const CheckArguments& arguments, const Console& console) {
  const auto specification = ChooseSpecification(arguments.specification);
  if (!specification.ok()) return Fail(specification.error(), console);
  oracle::TraceJudge judge(*specification);
  const report::Style style = StyleOf(arguments.output, console);
  const Printer printer(*specification, style, console.out);
  Json json;
  json["schema"] = "pendulum-trace-check/1";
  json["traces"] = Json::array();
  int status = kClean;
  for (const std::string& file : arguments.files) {
    auto trace = trace::LoadTrace(file, trace::AbsentMode::kUnknown);
    if (!trace.ok()) return Fail(trace.error(), console);
    auto judgement = judge.Judge(*trace, file);
    if (!judgement.ok()) return Fail(judgement.error(), console);
    const Checked checked = {file, std::move(trace).value(), std::move(judgement).value()};
    status = std::max(status, StatusOf(checked.judgement));
    json["traces"].push_back(CheckedJson(checked, *specification));
    if (!PrintsText(arguments.output)) continue;
    if (&file != &arguments.files.front()) *console.out << "\n";
    printer.Print(checked, arguments.output.quiet);
  }
  const auto written = WriteJson(arguments.output, json, console);
  return written.ok() ? status : Fail(written.error(), console);
}

}  // namespace

void AddTraceCheck(CLI::App* trace, Invocation* invocation) {
  auto arguments = std::make_shared<CheckArguments>();
  CLI::App* check = trace->add_subcommand("check", "Judge a recorded trace by the specification");
  check->add_option("FILE", arguments->files, "Trace files (harness/trace/README.md)")->required();
  AddSpecificationOption(check, &arguments->specification);
  AddOutputOptions(check, &arguments->output);
  check->footer(kFooter);
  RunWhenChosen(check, arguments, Check, invocation);
}

}  // namespace pendulum::cli
