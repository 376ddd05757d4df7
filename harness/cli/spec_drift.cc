// pendulum spec drift: what has changed in the documentation that clauses cite.
#include <algorithm>
#include <map>
#include <optional>
#include <ostream>

#include "harness/cli/spec_command.h"
#include "harness/oracle/documentation.h"
#include "harness/oracle/statements.h"

namespace pendulum::cli {
namespace {

using explore::Json;
using oracle::CitedSection;
using oracle::Clause;
using oracle::Documentation;
using oracle::Statement;

struct DriftArguments {
  std::string docs;
  std::string commit;
  std::string against;
  std::string record;
  OutputOptions output;
};

// The sections that clauses and statements cite, in the order of their names.
std::vector<CitedSection> AllCited() {
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> by;
  for (const Clause& clause : oracle::Specification::BuiltIn().clauses()) {
    for (const oracle::Source& source : clause.sources) {
      auto& ids = by[{source.page, source.section}];
      if (std::find(ids.begin(), ids.end(), clause.id) == ids.end()) ids.push_back(clause.id);
    }
  }
  for (const Statement& statement : oracle::Statements::BuiltIn().all) {
    by[{statement.page, statement.section}].push_back("statement " + statement.id);
  }
  std::vector<CitedSection> cited;
  for (const auto& [place, ids] : by) cited.push_back({place.first, place.second, ids});
  return cited;
}

// Of the pages and sections found, those that are cited; what is not there is in *missing.
Json RecordJson(const std::vector<CitedSection>& cited, const Documentation& now,
                std::vector<platform::Error>* missing) {
  Json json;
  json["schema"] = "pendulum-documentation/1";
  json["commit"] = now.commit;
  json["pages"] = Json::object();
  for (const CitedSection& one : cited) {
    const std::string heading = oracle::SectionHeading(one.section);
    const auto page = now.pages.find(one.page);
    if (page == now.pages.end() || page->second.sections.count(heading) == 0) {
      missing->push_back(
          {page == now.pages.end() ? "there is no such page" : "there is no such section",
           one.page + ", " + one.section, "cited by " + one.by.front()});
      continue;
    }
    Json& entry = json["pages"][one.page];
    entry["guid"] = page->second.guid;
    entry["sections"][heading] = page->second.sections.at(heading);
  }
  return json;
}

int Record(const DriftArguments& arguments, const Documentation& now, const Console& console) {
  std::vector<platform::Error> missing;
  const Json json = RecordJson(AllCited(), now, &missing);
  for (const platform::Error& problem : missing) *console.out << problem.Text() << "\n";
  if (!missing.empty()) return kFindings;
  const auto written = WriteOutput(arguments.record, explore::JsonText(json), console);
  if (!written.ok()) return Fail(written.error(), console);
  return kClean;
}

int Drift(const DriftArguments& arguments, const Console& console) {
  auto now = Documentation::Scan(arguments.docs);
  if (!now.ok()) return Fail(now.error(), console);
  now->commit = arguments.commit;
  if (!arguments.record.empty()) return Record(arguments, *now, console);
  std::optional<Documentation> loaded;
  if (!arguments.against.empty()) {
    auto read = Documentation::Load(arguments.against);
    if (!read.ok()) return Fail(read.error(), console);
    loaded = std::move(read).value();
  }
  const Documentation& recorded = loaded ? *loaded : Documentation::BuiltIn();
  const std::vector<CitedSection> cited = AllCited();
  const auto changes = oracle::CompareDocumentation(cited, recorded, *now);
  Json json;
  json["schema"] = "pendulum-drift/1";
  json["commit"] = recorded.commit;
  json["sections"] = cited.size();
  json["changes"] = Json::array();
  for (const platform::Error& change : changes) {
    json["changes"].push_back(
        {{"place", change.place}, {"message", change.message}, {"remedy", change.remedy}});
  }
  const auto written = WriteJson(arguments.output, json, console);
  if (!written.ok()) return Fail(written.error(), console);
  if (PrintsText(arguments.output)) {
    for (const platform::Error& change : changes) *console.out << change.Text() << "\n";
    *console.out << report::Counted(cited.size(), "cited section") << ": "
                 << (changes.empty() ? "nothing has changed"
                                     : report::Counted(changes.size(), "change"))
                 << " since commit " << recorded.commit << "\n";
  }
  return changes.empty() ? kClean : kFindings;
}

}  // namespace

void AddSpecDrift(CLI::App* spec, Invocation* invocation) {
  auto arguments = std::make_shared<DriftArguments>();
  CLI::App* command = spec->add_subcommand(
      "drift", "Compare what the clauses cite with the documentation's present text");
  command
      ->add_option("--docs", arguments->docs,
                   "A checkout of the documentation (MicrosoftDocs/iis-docs) or a part of it")
      ->type_name("DIR")
      ->required();
  command
      ->add_option("--against", arguments->against,
                   "What was recorded (default: spec/documentation.json, as built in)")
      ->type_name("FILE");
  CLI::Option* record = command
                            ->add_option("--record", arguments->record,
                                         "Write what is there now, to compare with later")
                            ->type_name("FILE|-");
  record->needs(
      command->add_option("--commit", arguments->commit, "The checkout's commit, to be recorded")
          ->type_name("ID")
          ->needs(record));
  AddOutputOptions(command, &arguments->output);
  command->footer(
      "Pages are known by their ms.assetid, sections by a hash of their text without white\n"
      "space. Exit status 1: something that is cited has changed.\n\n"
      "Examples:\n  pendulum spec drift --docs iis-docs/\n"
      "  pendulum spec drift --docs iis-docs/ --record spec/documentation.json --commit 63b689f");
  RunWhenChosen(command, arguments, Drift, invocation);
}

}  // namespace pendulum::cli
