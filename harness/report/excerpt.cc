#include "harness/report/excerpt.h"

#include <algorithm>
#include <fstream>

namespace pendulum::report {
namespace {

constexpr int kLinesAround = 2;

struct SourceLine {
  int number = 0;
  std::string text;
};

// The lines around the place, or nothing if the file does not have that line.
std::vector<SourceLine> ReadLines(const module::Location& place) {
  std::ifstream file(place.file);
  std::vector<SourceLine> lines;
  std::string text;
  bool reached = false;
  for (int number = 1; number <= place.line + kLinesAround && std::getline(file, text); ++number) {
    if (number < place.line - kLinesAround) continue;
    reached = reached || number == place.line;
    while (text.ends_with('\r')) text.pop_back();
    lines.push_back({number, Printable(text)});
  }
  if (!reached) lines.clear();
  return lines;
}

// The spaces that all lines that are not blank begin with.
size_t CommonIndent(const std::vector<SourceLine>& lines) {
  size_t common = std::string::npos;
  for (const SourceLine& line : lines) {
    common = std::min(common, line.text.find_first_not_of(' '));
  }
  return common == std::string::npos ? 0 : common;
}

}  // namespace

std::vector<std::string> Excerpt(const module::Location& place, int indent, const Style& style) {
  if (place.line <= 0 || place.file.empty()) return {};
  std::vector<SourceLine> source = ReadLines(place);
  if (source.empty()) return {};
  const size_t common = CommonIndent(source);
  const int digits = DisplayWidth(std::to_string(source.back().number));
  const Glyphs& glyphs = GlyphsOf(style);
  std::vector<std::string> lines;
  for (SourceLine& line : source) {
    const bool here = line.number == place.line;
    line.text.erase(0, std::min(common, line.text.size()));
    const std::string number = std::to_string(line.number);
    std::string text(static_cast<size_t>(indent), ' ');
    text += here ? std::string(glyphs.marker) + " " : "  ";
    text += Pad("", digits - DisplayWidth(number)) + number + " " + std::string(glyphs.vertical);
    if (!line.text.empty()) text += " " + line.text;
    text = Fit(text, Columns(style), style);
    lines.push_back(here ? Paint(style, Ink::kBold, text) : Paint(style, Ink::kDim, text));
  }
  return lines;
}

}  // namespace pendulum::report
