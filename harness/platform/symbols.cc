#include "harness/platform/symbols.h"

#include <cxxabi.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <string_view>

#include "harness/platform/process.h"

namespace pendulum::platform {
namespace {

const std::string kTools[] = {"llvm-symbolizer",    "llvm-symbolizer-19", "llvm-symbolizer-18",
                              "llvm-symbolizer-17", "llvm-symbolizer-16", "llvm-symbolizer-15",
                              "llvm-symbolizer-14", "addr2line"};

std::string Hexadecimal(uint64_t number) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16);
  return "0x" + std::string(digits.data(), end.ptr);
}

// "file.cc:12" or "file.cc:12 (discriminator 3)" or "file.cc:?" or "??:0".
void ReadPlace(std::string_view text, SourceLine* line) {
  text = text.substr(0, text.find(" ("));
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || text.starts_with("?")) return;
  std::from_chars(text.data() + colon + 1, text.data() + text.size(), line->line);
  if (line->line != 0) line->file = text.substr(0, colon);
}

std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace

std::vector<SourceLine> FindLines(const std::string& path, const std::vector<uint64_t>& addresses,
                                  const std::vector<std::string>& passed_over) {
  std::vector<SourceLine> lines(addresses.size());
  const std::string tool = FindProgram(kTools);
  if (addresses.empty() || tool.empty()) return lines;
  // -a: the address in front of each group of frames.
  std::vector<std::string> arguments = {tool, "-a", "-C", "-f", "-i", "-e", path};
  if (tool.find("addr2line") == std::string::npos) arguments.push_back("--output-style=GNU");
  std::string input;
  for (const uint64_t address : addresses) input += Hexadecimal(address) + "\n";
  const Result<CommandResult> answered = RunCommand(arguments, input);
  if (!answered.ok() || answered->exit_status != 0) return lines;
  const std::vector<std::string_view> text = SplitLines(answered->output);
  size_t next = 0;  // the address whose group comes next
  bool chosen = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i].starts_with("0x")) {
      if (++next > addresses.size()) return lines;
      chosen = false;
      continue;
    }
    if (next == 0 || i + 1 == text.size()) break;
    SourceLine frame;
    if (!text[i].starts_with("??")) frame.function = text[i];
    ReadPlace(text[++i], &frame);
    SourceLine& line = lines[next - 1];
    const bool is_passed_over =
        std::any_of(passed_over.begin(), passed_over.end(),
                    [&](const std::string& folder) { return frame.file.starts_with(folder); });
    if (!chosen && (line.line == 0 || !is_passed_over)) line = frame;
    chosen = chosen || (line.line != 0 && !is_passed_over);
  }
  return lines;
}

std::string Demangle(const std::string& symbol) {
  int status = 0;
  char* readable = abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status);
  if (readable == nullptr) return symbol;
  std::string text = readable;
  std::free(readable);
  return text;
}

}  // namespace pendulum::platform
