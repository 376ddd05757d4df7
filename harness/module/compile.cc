#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <system_error>

#include "harness/module/module.h"
#include "harness/module/toolchain.h"
#include "harness/platform/file.h"
#include "harness/platform/process.h"

namespace pendulum::module {
namespace {

namespace fs = std::filesystem;
using platform::Error;
using platform::Result;

std::string Hexadecimal(uint64_t number) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(number));
  return digits;
}

uint64_t HashOf(const std::vector<std::string>& texts, uint64_t seed) {
  for (const std::string& text : texts) {
    seed = platform::Hash(text, platform::Hash(std::to_string(text.size()) + ":", seed));
  }
  return seed;
}

// One line a file that went into a result: hash of its content, blank, path.
std::string Fingerprint(const std::vector<std::string>& files) {
  std::string lines;
  for (const std::string& file : files) {
    const Result<std::string> content = platform::ReadFile(file);
    lines += content.ok() ? Hexadecimal(platform::Hash(*content)) : "missing";
    lines += " " + file + "\n";
  }
  return lines;
}

// Whether the files that `fingerprint` lists still are what they were.
bool StillHolds(const std::string& fingerprint) {
  std::vector<std::string> files;
  size_t begin = 0;
  while (begin < fingerprint.size()) {
    const size_t blank = fingerprint.find(' ', begin);
    const size_t end = fingerprint.find('\n', begin);
    if (blank == std::string::npos || end == std::string::npos || blank > end) return false;
    files.push_back(fingerprint.substr(blank + 1, end - blank - 1));
    begin = end + 1;
  }
  return !files.empty() && Fingerprint(files) == fingerprint;
}

// The files named by a dependency file as the compiler writes it for make.
std::vector<std::string> Prerequisites(const std::string& rule) {
  std::vector<std::string> files;
  std::string file;
  for (size_t i = std::min(rule.find(": "), rule.size()); i < rule.size(); ++i) {
    const char character = rule[i];
    const bool escaped = character == '\\' && i + 1 < rule.size();
    if (escaped && rule[i + 1] == ' ') {
      file += rule[++i];
    } else if (character == ' ' || character == '\n' || character == ':' || escaped) {
      if (!file.empty()) files.push_back(std::move(file));
      file.clear();
      if (escaped) ++i;
    } else {
      file += character;
    }
  }
  if (!file.empty()) files.push_back(std::move(file));
  return files;
}

platform::Status RunCompiler(const std::vector<std::string>& arguments, const std::string& place) {
  const Result<platform::CommandResult> result = platform::RunCommand(arguments);
  if (!result.ok()) return result.error();
  if (result->exit_status != 0) {
    return Error{"does not compile:\n" + result->errors + result->output, place,
                 "modules are C++17 unless the command gives the compiler another -std; its --help "
                 "says how"};
  }
  return platform::OkStatus();
}

// Everything one call of Compile shares between its steps.
struct Build {
  Toolchain toolchain;
  std::vector<std::string> flags;
  std::string folder;  // of this result
  std::string draft;   // suffix of files that are not complete yet
};

// Headers are compared by content: another checkout of the same SDK has other times.
constexpr const char* kByContent = "-fpch-validate-input-files-content";

std::string PreludePath(const Build& build, const std::string& work_folder) {
  const uint64_t key = HashOf(build.flags, platform::Hash(kByContent + build.toolchain.identity));
  return work_folder + "/prelude-" + Hexadecimal(key) + ".pch";
}

// The prelude, parsed once for all modules with the same flags: half of the time of a compilation.
Result<std::string> PreludeFor(const Build& build, const std::string& work_folder) {
  const std::string prelude = PreludePath(build, work_folder);
  if (fs::exists(prelude)) return prelude;
  std::vector<std::string> arguments = {build.toolchain.compiler};
  arguments.insert(arguments.end(), build.flags.begin(), build.flags.end());
  arguments.insert(arguments.end(),
                   {"-Wno-unused-command-line-argument", kByContent, "-x", "c++-header",
                    build.toolchain.sdk + "/pendulum_prelude.h", "-o", prelude + build.draft});
  if (auto compiled = RunCompiler(arguments, "the prelude"); !compiled.ok()) {
    return compiled.error();
  }
  fs::rename(prelude + build.draft, prelude);
  return prelude;
}

std::string ObjectOf(const Build& build, size_t source) {
  return build.folder + "/" + std::to_string(source) + build.draft + ".o";
}

// Compiles one source into `object` and adds what it includes to `inputs`.
platform::Status CompileSource(const Build& build, const std::string& prelude,
                               const std::string& source, const std::string& object,
                               std::vector<std::string>* inputs) {
  const std::string rule = object + ".d";
  std::vector<std::string> arguments = {build.toolchain.compiler};
  arguments.insert(arguments.end(), build.flags.begin(), build.flags.end());
  arguments.insert(arguments.end(),
                   {"-Wno-unused-command-line-argument", kByContent, "-include-pch", prelude,
                    "-MMD", "-MF", rule, "-c", source, "-o", object});
  if (auto compiled = RunCompiler(arguments, source); !compiled.ok()) return compiled;
  const Result<std::string> text = platform::ReadFile(rule);
  if (!text.ok()) return text.error();
  for (std::string& file : Prerequisites(*text)) {
    // The prelude is known by its key.
    if (file != prelude) inputs->push_back(fs::absolute(file).string());
  }
  return platform::OkStatus();
}

// Compiles all sources; `inputs` becomes what they include.
platform::Status CompileSources(const Build& build, const CompileRequest& request,
                                std::vector<std::string>* inputs) {
  inputs->clear();
  const Result<std::string> prelude = PreludeFor(build, request.work_folder);
  if (!prelude.ok()) return prelude.error();
  for (size_t i = 0; i < request.sources.size(); ++i) {
    auto compiled = CompileSource(build, *prelude, request.sources[i], ObjectOf(build, i), inputs);
    if (!compiled.ok()) return compiled;
  }
  return platform::OkStatus();
}

platform::Status BuildModule(const Build& build, const CompileRequest& request,
                             const std::string& output) {
  std::vector<std::string> inputs;
  auto compiled = CompileSources(build, request, &inputs);
  const std::string prelude = PreludePath(build, request.work_folder);
  if (!compiled.ok() && compiled.error().message.find(prelude) != std::string::npos) {
    // A prelude that can't be used: a system header has changed, or the file is damaged.
    fs::remove(prelude);
    compiled = CompileSources(build, request, &inputs);
  }
  if (!compiled.ok()) return compiled;
  std::vector<std::string> link = {build.toolchain.compiler, "-shared", "-o", output + build.draft};
  for (size_t i = 0; i < request.sources.size(); ++i) link.push_back(ObjectOf(build, i));
  // Guards of static local variables: ThreadSanitizer's run-time library keeps these names.
  for (const char* guard : {"acquire", "release", "abort"}) {
    link.push_back(std::string("-Wl,--wrap=__cxa_guard_") + guard);
  }
  link.push_back("-Wno-unused-command-line-argument");
  link.insert(link.end(), build.flags.begin(), build.flags.end());
  for (const char* flag : InstrumentationLinkFlags(request.instrumentation)) link.push_back(flag);
  if (auto linked = RunCompiler(link, output); !linked.ok()) return linked;
  fs::rename(output + build.draft, output);
  for (size_t i = 0; i < request.sources.size(); ++i) {
    fs::remove(ObjectOf(build, i));
    fs::remove(ObjectOf(build, i) + ".d");
  }
  return platform::WriteFile(build.folder + "/inputs", Fingerprint(inputs));
}

}  // namespace

Result<std::string> Compile(const CompileRequest& request) {
  if (request.sources.empty()) return Error{"there is no source to compile", "", ""};
  std::vector<std::string> sources;
  for (const std::string& source : request.sources) {
    if (!fs::exists(source)) return Error{"no such file", source, ""};
    sources.push_back(fs::absolute(source).string());
  }
  if (auto made = platform::MakeFolder(request.work_folder); !made.ok()) return made.error();
  Result<Toolchain> toolchain = FindToolchain();
  if (!toolchain.ok()) return toolchain.error();
  Result<std::vector<std::string>> flags = ModuleFlags(*toolchain, request.work_folder);
  if (!flags.ok()) return flags.error();

  Build build{*toolchain, *flags, "", ".new" + std::to_string(getpid())};
  for (const char* flag : InstrumentationFlags(request.instrumentation)) {
    build.flags.push_back(flag);
  }
  build.flags.insert(build.flags.end(), request.flags.begin(), request.flags.end());
  const std::string name = fs::path(sources[0]).stem().string();
  const uint64_t key =
      HashOf(sources, HashOf(build.flags, platform::Hash(build.toolchain.identity)));
  build.folder = request.work_folder + "/" + name + "-" + Hexadecimal(key);
  const std::string output = build.folder + "/" + name + ".so";
  if (fs::exists(output)) {
    const Result<std::string> fingerprint = platform::ReadFile(build.folder + "/inputs");
    if (fingerprint.ok() && StillHolds(*fingerprint)) return output;
  }
  if (auto made = platform::MakeFolder(build.folder); !made.ok()) return made.error();
  std::error_code ignored;
  fs::remove(build.folder + "/inputs", ignored);
  if (auto built = BuildModule(build, request, output); !built.ok()) return built.error();
  return output;
}

}  // namespace pendulum::module
