// pendulum spec selftest: runs the witnesses of all clauses.
#include <filesystem>
#include <ostream>

#include "harness/cli/spec_command.h"
#include "harness/cli/specification.h"
#include "harness/oracle/selftest.h"
#include "harness/platform/process.h"

namespace pendulum::cli {
namespace {

using explore::Json;
using oracle::Clause;
using oracle::SelfTest;
using oracle::Specification;

struct SelfTestArguments {
  std::vector<std::string> witness;
  std::string folder;
  SpecificationOptions specification;
  OutputOptions output;
};

// Where a checkout keeps the witnesses.
constexpr const char* kWitnessFolder = "tests/spec/witness";

// The witness folder of the checkout that `place` is in, or empty.
std::string WitnessFolderAround(const std::filesystem::path& place) {
  std::error_code error;
  for (auto at = std::filesystem::absolute(place, error); !error; at = at.parent_path()) {
    const bool found = std::filesystem::is_directory(at / kWitnessFolder, error) &&
                       std::filesystem::is_directory(at / "spec", error);
    if (found) return (at / kWitnessFolder).string();
    error.clear();
    if (at == at.parent_path()) return "";
  }
  return "";
}

// Of the checkout around the folder of clauses, else the present folder, else the program.
std::string DefaultWitnessFolder(const std::string& folder) {
  std::vector<std::filesystem::path> places = {std::filesystem::path("."),
                                               std::filesystem::path(platform::ProgramPath())};
  if (!folder.empty()) places.insert(places.begin(), folder);
  for (const std::filesystem::path& place : places) {
    const std::string found = place.empty() ? "" : WitnessFolderAround(place);
    if (!found.empty()) return found;
  }
  return "";
}

Json SelfTestJson(const SelfTest& test) {
  Json json;
  json["schema"] = "pendulum-selftest/1";
  json["clauses"] = test.clauses;
  json["witnesses"] = test.witnesses;
  json["faults"] = Json::array();
  for (const platform::Error& fault : test.faults) {
    json["faults"].push_back(
        {{"place", fault.place}, {"message", fault.message}, {"remedy", fault.remedy}});
  }
  return json;
}

int Report(const SelfTest& test, const SelfTestArguments& arguments, const Console& console) {
  const auto written = WriteJson(arguments.output, SelfTestJson(test), console);
  if (!written.ok()) return Fail(written.error(), console);
  if (PrintsText(arguments.output)) {
    for (const platform::Error& fault : test.faults) *console.out << fault.Text() << "\n";
    *console.out << report::Counted(test.clauses, "clause") << ", "
                 << report::Thousands(test.witnesses) << " witnesses: ";
    if (test.faults.empty()) {
      *console.out << "each holds and can fail\n";
    } else {
      *console.out << report::Counted(test.faults.size(), "fault") << "\n";
    }
  }
  return test.faults.empty() ? kClean : kFindings;
}

platform::Result<std::vector<std::string>> FoldersOf(const SelfTestArguments& arguments) {
  std::vector<std::string> folders = arguments.witness;
  if (!folders.empty()) return folders;
  if (!arguments.specification.more.empty()) {
    folders = OwnWitnessFolders(arguments.specification.more);
    if (!folders.empty()) return folders;
    return platform::Error{"there is no folder \"witness\" in it",
                           arguments.specification.more.front(), "--witness DIR"};
  }
  folders.push_back(DefaultWitnessFolder(arguments.folder));
  if (!folders.front().empty()) return folders;
  return platform::Error{
      "there are no witnesses here: they are kept in the checkout, and neither this folder nor the "
      "program is in one",
      "", "--witness DIR, with the checkout's " + std::string(kWitnessFolder)};
}

int RunSelfTest(const SelfTestArguments& arguments, const Console& console) {
  const auto specification = arguments.folder.empty() ? ChooseSpecification(arguments.specification)
                                                      : Specification::Load(arguments.folder);
  if (!specification.ok()) return Fail(specification.error(), console);
  if (specification->clauses().empty()) {
    return Fail({"has no clause", arguments.folder, ""}, console);
  }
  const auto folders = FoldersOf(arguments);
  if (!folders.ok()) return Fail(folders.error(), console);
  // The witnesses of the built-in clauses know nothing of the user's, and may break them.
  const bool only_own = !arguments.specification.more.empty();
  const size_t first = only_own ? Specification::BuiltIn().clauses().size() : 0;
  const auto test = oracle::TestWitnesses(*specification, *folders, first);
  if (!test.ok()) return Fail(test.error(), console);
  return Report(*test, arguments, console);
}

}  // namespace

void AddSpecSelfTest(CLI::App* spec, Invocation* invocation) {
  auto arguments = std::make_shared<SelfTestArguments>();
  CLI::App* command = spec->add_subcommand(
      "selftest", "Show that each clause can hold and can fail, by the witnesses kept for it");
  command
      ->add_option(
          "--witness", arguments->witness,
          "Where ID.meets.jsonl, ID.breaks.jsonl and ID.reading-1.jsonl are; several times "
          "for several folders (default: the checkout's tests/spec/witness)")
      ->type_name("DIR")
      ->take_all()
      ->expected(1)
      ->allow_extra_args(false);
  AddSpecificationOption(command, &arguments->specification);
  command
      ->add_option("--folder", arguments->folder,
                   "Test the clauses of this folder instead of the built-in ones")
      ->type_name("DIR")
      ->excludes("--spec");
  AddOutputOptions(command, &arguments->output);
  command->footer(
      "With --spec your own clauses are tested, and their witnesses judged by the built-in ones "
      "too;\nwithout --witness they are looked for in the folder \"witness\" beside them.\n"
      "Exit status 1: a witness is missing, does not show what it should, or belongs to no "
      "clause.\n\n"
      "Examples:\n  pendulum spec selftest\n"
      "  pendulum spec selftest --spec my-clauses/ --witness my-clauses/witness/");
  RunWhenChosen(command, arguments, RunSelfTest, invocation);
}

}  // namespace pendulum::cli
