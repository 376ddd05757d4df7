#include <algorithm>
#include <array>
#include <memory>
#include <ostream>

#include "harness/cli/command.h"
#include "harness/cli/corpus_inputs.h"
#include "harness/cli/corpus_merge.h"
#include "harness/cli/raw_input.h"
#include "harness/explore/json_text.h"
#include "harness/oracle/oracle.h"
#include "harness/report/text.h"

namespace pendulum::cli {
namespace {

using explore::Json;
using oracle::Oracle;
using oracle::Specification;
using platform::Result;

constexpr const char* kFooter =
    R"(A corpus is a folder of raw inputs of one fuzz target: write, flush, read_entity_body,
post_completion, pipeline, or module, which needs --module. The folder's name or its
first file says which.

  stats   how many inputs there are, and which cells (clause by timing) they reach
  merge   adds to the first folder what others have and it does not reach
  prune   leaves of a folder what takes all its edges and reaches all its cells

Inputs are named by their contents. What is merged or pruned is complete before it takes
the folder's place.

Exit status:
  0  it was done
  3  it could not be done; the folders are as they were

Examples:
  pendulum corpus stats corpus/pipeline --cells
  pendulum corpus merge corpus/pipeline pendulum-fuzz/pipeline/corpus
  pendulum corpus prune my_corpus --module my_module.cpp)";

// What is counted in a module's code.
constexpr const char* kEdges = "-fsanitize-coverage=inline-8bit-counters,pc-table";
constexpr std::array<const char*, Oracle::kTimingClasses> kTimings = {"inline", "after return",
                                                                      "before return", "none"};

struct CorpusArguments {
  std::vector<std::string> folders;
  std::string target;
  bool cells = false;
  RawInputOptions raw;
  OutputOptions output;
};

Result<fuzz::Target> TargetFor(const CorpusArguments& arguments) {
  if (!arguments.target.empty()) return *fuzz::FindTarget(arguments.target);
  auto target = TargetOfCorpus(arguments.folders.front());
  if (target.ok() || arguments.folders.size() == 1) return target;
  return TargetOfCorpus(arguments.folders[1]);
}

// The modules as shared objects; `more` are flags for the compiler of sources.
Result<std::vector<std::string>> ModulesFor(fuzz::Target target, const RawInputOptions& raw,
                                            const std::vector<std::string>& more) {
  std::vector<std::string> files = raw.modules;
  if (files.empty() && target == fuzz::Target::kModule) {
    return platform::Error{
        "inputs of the target module say nothing of the module that they are for", "--module",
        "name it: --module my_module.cpp"};
  }
  if (files.empty()) {
    auto source = ScriptedModuleSource();
    if (!source.ok()) return source.error();
    files = {*source};
  }
  const bool shared = files.front().ends_with(".so");
  std::vector<std::string> flags = raw.flags;
  if (!shared) flags.insert(flags.end(), more.begin(), more.end());
  const auto modules = PrepareModules(files, flags, module::Instrumentation::kNone);
  if (!modules.ok()) return modules.error();
  std::vector<std::string> paths;
  for (const PreparedModule& module : *modules) paths.push_back(module.path);
  return paths;
}

std::string NamesOf(uint32_t timings) {
  std::string names;
  for (size_t i = 0; i < kTimings.size(); ++i) {
    if ((timings >> i & 1) != 0) names += (names.empty() ? "" : ", ") + std::string(kTimings[i]);
  }
  return names;
}

// One line a clause: with which timings no input reaches it.
std::vector<std::string> EmptyCells(const CorpusReach& reach) {
  std::vector<std::string> lines;
  const auto clauses = Specification::BuiltIn().clauses();
  for (size_t clause = 0; clause < clauses.size(); ++clause) {
    uint32_t empty = 0;
    for (size_t i = 0; i < kTimings.size(); ++i) {
      const bool reached = reach.inputs_by_cell[clause * kTimings.size() + i] != 0;
      if (!reached) empty |= 1u << i;
    }
    if (empty == 0) continue;
    const bool none = empty == (1u << kTimings.size()) - 1;
    lines.push_back(clauses[clause].id + ": " + (none ? "never reached" : NamesOf(empty)));
  }
  return lines;
}

struct Stats {
  size_t inputs = 0;
  uint64_t bytes = 0;
  uint64_t clauses = 0;
  uint64_t cells = 0;
};

Stats StatsOf(const std::vector<CorpusInput>& inputs, const CorpusReach& reach) {
  Stats stats;
  stats.inputs = inputs.size();
  for (const CorpusInput& input : inputs) stats.bytes += input.content.size();
  stats.cells = reach.Cells();
  for (size_t at = 0; at < reach.inputs_by_cell.size(); at += kTimings.size()) {
    const auto first = reach.inputs_by_cell.begin() + static_cast<ptrdiff_t>(at);
    stats.clauses += std::any_of(first, first + kTimings.size(), [](uint64_t n) { return n != 0; });
  }
  return stats;
}

int ShowStats(const CorpusArguments& arguments, const Console& console) {
  const auto target = TargetFor(arguments);
  if (!target.ok()) return Fail(target.error(), console);
  const auto inputs = ReadCorpus(arguments.folders, *target);
  if (!inputs.ok()) return Fail(inputs.error(), console);
  const auto modules = ModulesFor(*target, arguments.raw, {});
  if (!modules.ok()) return Fail(modules.error(), console);
  const auto reach = ReachOf(*inputs, *modules, Specification::BuiltIn());
  if (!reach.ok()) return Fail(reach.error(), console);
  const Stats stats = StatsOf(*inputs, *reach);
  const size_t clauses = Specification::BuiltIn().clauses().size();
  const std::vector<std::string> empty = EmptyCells(*reach);
  if (arguments.output.json != "-") {
    std::ostream& out = *console.out;
    out << fuzz::TargetName(*target) << ": " << report::Counted(stats.inputs, "input") << ", "
        << report::Counted(stats.bytes, "byte") << "; " << stats.clauses << " of " << clauses
        << " clauses and " << stats.cells << " cells reached\n";
    for (const std::string& path : reach->ending) out << "  ends the process: " << path << "\n";
    if (arguments.cells) {
      out << "empty cells\n";
      for (const std::string& line : empty) out << "  " << line << "\n";
    }
  }
  if (arguments.output.json.empty()) return kClean;
  Json json;
  json["schema"] = "pendulum-corpus-stats/1";
  json["target"] = fuzz::TargetName(*target);
  json["inputs"] = stats.inputs;
  json["bytes"] = stats.bytes;
  json["clauses"] = stats.clauses;
  json["cells"] = stats.cells;
  json["ending"] = reach->ending;
  json["empty_cells"] = empty;
  const auto told = WriteOutput(arguments.output.json, explore::JsonText(json), console);
  return told.ok() ? kClean : Fail(told.error(), console);
}

int Merge(const CorpusArguments& arguments, bool prunes, const Console& console) {
  const auto target = TargetFor(arguments);
  if (!target.ok()) return Fail(target.error(), console);
  CorpusMerge merge;
  merge.target = *target;
  merge.into = arguments.folders.front();
  merge.from.assign(arguments.folders.begin() + 1, arguments.folders.end());
  merge.keeps_all = !prunes;
  auto plain = ModulesFor(*target, arguments.raw, {});
  if (!plain.ok()) return Fail(plain.error(), console);
  merge.plain = *plain;
  auto instrumented = ModulesFor(*target, arguments.raw, {kEdges});
  if (!instrumented.ok()) return Fail(instrumented.error(), console);
  merge.instrumented = *instrumented;
  const auto merged = MergeCorpora(merge);
  if (!merged.ok()) return Fail(merged.error(), console);
  if (arguments.output.json != "-") {
    *console.out << merge.into << ": " << report::Counted(merged->inputs, "input") << " now, "
                 << merged->inputs_before << " before, of " << merged->inputs_seen
                 << " different ones; " << merged->cells << " cells reached\n";
    for (const std::string& path : merged->ending) {
      *console.out << "  ends the process, and is kept: " << path << "\n";
    }
  }
  if (arguments.output.json.empty()) return kClean;
  Json json;
  json["schema"] = "pendulum-corpus-merge/1";
  json["inputs_before"] = merged->inputs_before;
  json["inputs_seen"] = merged->inputs_seen;
  json["inputs"] = merged->inputs;
  json["cells"] = merged->cells;
  json["ending"] = merged->ending;
  const auto told = WriteOutput(arguments.output.json, explore::JsonText(json), console);
  return told.ok() ? kClean : Fail(told.error(), console);
}

std::shared_ptr<CorpusArguments> AddArguments(CLI::App* command) {
  auto arguments = std::make_shared<CorpusArguments>();
  command->add_option("--target", arguments->target, "The fuzz target that the inputs are for")
      ->check(CLI::IsMember(
          {"module", "write", "flush", "read_entity_body", "post_completion", "pipeline"}))
      ->type_name("TARGET");
  command
      ->add_option("--module", arguments->raw.modules,
                   "What inputs of the target `module` are run with: sources, or shared objects")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("--flag", arguments->raw.flags, "For the compiler of these sources")
      ->type_name("FLAG")
      ->allow_extra_args(false);
  command->add_option("--json", arguments->output.json, "Write the result as JSON; - for stdout")
      ->type_name("FILE");
  return arguments;
}

}  // namespace

void AddCorpusCommand(CLI::App* app, Invocation* invocation) {
  CLI::App* corpus = app->add_subcommand("corpus", "Inputs of fuzz targets: look, merge, prune");
  corpus->require_subcommand(1);
  corpus->footer(kFooter);
  CLI::App* stats = corpus->add_subcommand("stats", "What inputs there are and what they reach");
  auto of_stats = AddArguments(stats);
  stats->add_option("DIR", of_stats->folders, "Folders of inputs")->required();
  stats->add_flag("--cells", of_stats->cells, "Name the cells that no input reaches");
  stats->callback([of_stats, invocation] {
    invocation->run = [of_stats, invocation] { return ShowStats(*of_stats, invocation->console); };
  });
  CLI::App* merge = corpus->add_subcommand("merge", "Add what others reach to the first folder");
  auto of_merge = AddArguments(merge);
  merge->add_option("DIR", of_merge->folders, "The folder to add to, then the others")
      ->required()
      ->expected(2, 1 << 20);
  merge->callback([of_merge, invocation] {
    invocation->run = [of_merge, invocation] {
      return Merge(*of_merge, false, invocation->console);
    };
  });
  CLI::App* prune = corpus->add_subcommand("prune", "Leave what is needed to reach the same");
  auto of_prune = AddArguments(prune);
  prune->add_option("DIR", of_prune->folders, "The folder")->required()->expected(1);
  prune->callback([of_prune, invocation] {
    invocation->run = [of_prune, invocation] {
      return Merge(*of_prune, true, invocation->console);
    };
  });
}

}  // namespace pendulum::cli
