// Stands in for libFuzzer where it isn't linked: runs the target over the files given, and over
// those in the folders given, in the order of their names.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "fuzzers/fuzzer.h"
#include "harness/platform/file.h"

namespace pendulum::fuzzers {
namespace {

std::vector<std::string> FilesOf(const std::string& path) {
  if (!std::filesystem::is_directory(path)) return {path};
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

int Replay(const std::vector<std::string>& paths) {
  size_t inputs = 0;
  for (const std::string& path : paths) {
    for (const std::string& file : FilesOf(path)) {
      const auto content = platform::ReadFile(file);
      if (!content) {
        std::fprintf(stderr, "%s\n", content.error().Text().c_str());
        return 2;
      }
      // Named before it runs: the last name is that of the input which ended the process.
      std::printf("%s\n", file.c_str());
      std::fflush(stdout);
      LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(content->data()), content->size());
      ++inputs;
    }
  }
  const auto accepted = static_cast<unsigned long long>(accepted_inputs);
  std::printf("inputs: %zu, accepted: %llu\n", inputs, accepted);
  return accepted_inputs > 0 ? 0 : 1;
}

}  // namespace
}  // namespace pendulum::fuzzers

int main(int count, char** arguments) {
  return pendulum::fuzzers::Replay(std::vector<std::string>(arguments + 1, arguments + count));
}
