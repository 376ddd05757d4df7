#include "harness/cli/modules.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "harness/module/module.h"
#include "harness/platform/file.h"

namespace pendulum::cli {
namespace {

namespace fs = std::filesystem;
using platform::Error;
using platform::Result;

enum class FileKind : uint8_t { kSource, kSharedObject, kDll, kOther };

FileKind KindOf(const std::string& file) {
  std::string extension = fs::path(file).extension();
  std::transform(extension.begin(), extension.end(), extension.begin(), [](char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                : character;
  });
  if (extension == ".cpp" || extension == ".cc" || extension == ".cxx" || extension == ".c") {
    return FileKind::kSource;
  }
  if (extension == ".so") return FileKind::kSharedObject;
  return extension == ".dll" ? FileKind::kDll : FileKind::kOther;
}

// Why `file` can't be verified, or fine.
platform::Status CheckFile(const std::string& file) {
  std::error_code failed;
  if (!fs::exists(file, failed)) return Error{"there is no such file", file, ""};
  if (fs::is_directory(file, failed)) {
    return Error{"is a folder", file, "name the module's source files, or its shared object"};
  }
  switch (KindOf(file)) {
    case FileKind::kSource:
    case FileKind::kSharedObject:
      return platform::OkStatus();
    case FileKind::kDll:
      return Error{"a compiled DLL can't be verified yet", file,
                   "name the module's C++ sources instead"};
    case FileKind::kOther:
      break;
  }
  return Error{"is neither a source nor a shared object", file,
               "expected .cpp, .cc, .cxx, .c or .so"};
}

// The hash of the files' contents, in their order.
Result<uint64_t> HashOfFiles(const std::vector<std::string>& files,
                             const std::vector<std::string>& flags) {
  uint64_t hash = platform::kHashSeed;
  for (const std::string& file : files) {
    const Result<std::string> content = platform::ReadFile(file);
    if (!content.ok()) return content.error();
    hash = platform::Hash(*content, hash);
  }
  for (const std::string& flag : flags) hash = platform::Hash(flag + "\n", hash);
  return hash;
}

Result<PreparedModule> Compile(const std::vector<std::string>& sources,
                               const std::vector<std::string>& flags,
                               module::Instrumentation instrumentation) {
  PreparedModule prepared;
  prepared.name = sources.front();
  prepared.sources = sources;
  prepared.flags = flags;
  const Result<uint64_t> hash = HashOfFiles(sources, flags);
  if (!hash.ok()) return hash.error();
  prepared.hash = *hash;
  const std::string folder = WorkFolder();
  if (auto made = platform::MakeFolder(folder); !made.ok()) return made.error();
  Result<std::string> path = module::Compile({sources, flags, folder, instrumentation});
  if (!path.ok()) return path.error();
  prepared.path = std::move(path).value();
  return prepared;
}

Result<PreparedModule> SharedObject(const std::string& file) {
  PreparedModule prepared;
  prepared.name = file;
  // Without a slash the loader would look for it in the system's folders.
  prepared.path = fs::absolute(file);
  const Result<uint64_t> hash = HashOfFiles({file}, {});
  if (!hash.ok()) return hash.error();
  prepared.hash = *hash;
  return prepared;
}

}  // namespace

Result<std::vector<PreparedModule>> PrepareModules(const std::vector<std::string>& files,
                                                   const std::vector<std::string>& flags,
                                                   module::Instrumentation instrumentation) {
  std::vector<std::string> sources;
  for (const std::string& file : files) {
    if (auto fine = CheckFile(file); !fine.ok()) return fine.error();
    if (KindOf(file) == FileKind::kSource) sources.push_back(file);
  }
  if (sources.empty() && !flags.empty()) {
    return Error{"there is no source file to compile with \"" + flags.front() + "\"", "",
                 "what stands after -- goes to the compiler"};
  }
  std::vector<PreparedModule> modules;
  bool compiled = false;
  for (const std::string& file : files) {
    const bool is_source = KindOf(file) == FileKind::kSource;
    if (is_source && compiled) continue;
    Result<PreparedModule> prepared =
        is_source ? Compile(sources, flags, instrumentation) : SharedObject(file);
    if (!prepared.ok()) return prepared.error();
    compiled = compiled || is_source;
    modules.push_back(std::move(prepared).value());
  }
  return modules;
}

std::string WorkFolder() {
  const auto folder = [](const char* variable, const char* below) -> std::string {
    const char* const value = std::getenv(variable);
    return value == nullptr || *value == '\0' ? "" : std::string(value) + below;
  };
  for (const std::string& chosen :
       {folder("PENDULUM_CACHE", ""), folder("XDG_CACHE_HOME", "/pendulum"),
        folder("HOME", "/.cache/pendulum")}) {
    if (!chosen.empty()) return chosen;
  }
  return (fs::temp_directory_path() / ("pendulum-" + std::to_string(getuid()))).string();
}

}  // namespace pendulum::cli
