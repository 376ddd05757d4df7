// pendulum spec coverage: which clauses the runs of some reports have reached.
#include <algorithm>
#include <array>
#include <map>
#include <ostream>

#include "harness/cli/spec_command.h"
#include "harness/cli/specification.h"
#include "harness/platform/json_reader.h"

namespace pendulum::cli {
namespace {

using explore::Json;
using oracle::Clause;
using platform::JsonDocument;
using platform::JsonErrors;
using platform::JsonValue;

struct CoverageArguments {
  std::vector<std::string> reports;
  SpecificationOptions specification;
  OutputOptions output;
};

// As a report names them, and as people read them.
constexpr const char* kTimings[] = {"inline", "after_return", "before_return", "none"};
constexpr const char* kTimingTitles[] = {"inline", "after return", "before return", "other"};
constexpr size_t kTimingCount = std::size(kTimings);
constexpr int kNumberColumns = 15;

using Counts = std::array<uint64_t, kTimingCount>;

uint64_t Total(const Counts& counts) {
  uint64_t total = 0;
  for (const uint64_t count : counts) total += count;
  return total;
}

// Adds what a report says to *counts, by clause.
platform::Status AddReport(const std::string& path, std::map<std::string, Counts>* counts) {
  JsonErrors errors;
  const JsonDocument document = JsonDocument::Load(path, &errors);
  const JsonValue root = document.root();
  if (root) root.Required("schema").Choice({"pendulum-report/1"});
  if (!errors.ok()) return errors.first();
  for (const JsonValue& clause : root.Required("clauses").Elements()) {
    Counts& of = (*counts)[clause.Required("clause").String()];
    const JsonValue reached = clause.Required("reached");
    for (size_t i = 0; i < kTimingCount; ++i) {
      of[i] += static_cast<uint64_t>(reached.Required(kTimings[i]).Integer(0));
    }
  }
  if (!errors.ok()) return errors.first();
  return platform::OkStatus();
}

Json CoverageJson(const std::vector<std::pair<std::string, Counts>>& rows) {
  Json json;
  json["schema"] = "pendulum-coverage/1";
  json["clauses"] = Json::array();
  Json never = Json::array();
  for (const auto& [id, counts] : rows) {
    Json clause;
    clause["clause"] = id;
    for (size_t i = 0; i < kTimingCount; ++i) clause["reached"][kTimings[i]] = counts[i];
    json["clauses"].push_back(std::move(clause));
    if (Total(counts) == 0) never.push_back(id);
  }
  json["never_reached"] = std::move(never);
  return json;
}

void PrintCoverage(const std::vector<std::pair<std::string, Counts>>& rows, bool quiet,
                   std::ostream* out) {
  size_t widest = 0;
  size_t never = 0;
  for (const auto& [id, counts] : rows) widest = std::max(widest, id.size());
  const auto number = [](const std::string& text) {
    const size_t width = kNumberColumns;
    return std::string(text.size() < width ? width - text.size() : 1, ' ') + text;
  };
  if (!quiet) {
    *out << report::Pad("clause", static_cast<int>(widest));
    for (const char* title : kTimingTitles) *out << number(title);
    *out << "\n";
  }
  for (const auto& [id, counts] : rows) {
    if (Total(counts) == 0) ++never;
    if (quiet || Total(counts) == 0) continue;
    *out << report::Pad(id, static_cast<int>(widest));
    for (const uint64_t count : counts) *out << number(report::Thousands(count));
    *out << "\n";
  }
  if (never > 0 && !quiet) *out << "\nnever reached:\n";
  for (const auto& [id, counts] : rows) {
    if (Total(counts) == 0 && !quiet) *out << "  " << id << "\n";
  }
  *out << (quiet ? "" : "\n") << report::Counted(rows.size(), "clause") << ": "
       << report::Thousands(rows.size() - never) << " reached, " << report::Thousands(never)
       << " never\n";
}

int Coverage(const CoverageArguments& arguments, const Console& console) {
  const auto specification = ChooseSpecification(arguments.specification);
  if (!specification.ok()) return Fail(specification.error(), console);
  std::map<std::string, Counts> counts;
  for (const std::string& path : arguments.reports) {
    const auto added = AddReport(path, &counts);
    if (!added.ok()) return Fail(added.error(), console);
  }
  std::vector<std::pair<std::string, Counts>> rows;
  uint64_t reached = 0;
  for (const Clause& clause : specification->clauses()) {
    rows.emplace_back(clause.id, counts[clause.id]);
    reached += Total(rows.back().second);
  }
  if (counts.size() > rows.size()) {
    *console.err << "pendulum: " << report::Counted(counts.size() - rows.size(), "clause")
                 << " of the reports are not in this specification (--spec adds your own)\n";
  }
  const auto written = WriteJson(arguments.output, CoverageJson(rows), console);
  if (!written.ok()) return Fail(written.error(), console);
  if (PrintsText(arguments.output)) PrintCoverage(rows, arguments.output.quiet, console.out);
  if (reached > 0) return kClean;
  return Fail({"nothing was checked: no clause was reached", "", ""}, console);
}

}  // namespace

void AddSpecCoverage(CLI::App* spec, Invocation* invocation) {
  auto arguments = std::make_shared<CoverageArguments>();
  CLI::App* command =
      spec->add_subcommand("coverage", "Show which clauses the runs of some reports have reached");
  command
      ->add_option("FILE", arguments->reports,
                   "Reports of `pendulum verify --json FILE`; what they say is added up")
      ->required();
  AddSpecificationOption(command, &arguments->specification);
  AddOutputOptions(command, &arguments->output);
  command->footer(
      "A clause is reached when its guard holds: for an operation that completed inline, for one\n"
      "whose completion came after its handler had returned, for one whose completion came\n"
      "before, or where no operation is concerned (other).\n"
      "Exit status 3: no clause was reached.\n\n"
      "Examples:\n  pendulum verify my_module.cpp --json report.json\n"
      "  pendulum spec coverage report.json\n  pendulum spec coverage reports/*.json --json -");
  RunWhenChosen(command, arguments, Coverage, invocation);
}

}  // namespace pendulum::cli
