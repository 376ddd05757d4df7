#include "harness/report/text.h"

#include <algorithm>

namespace pendulum::report {
namespace {

constexpr Glyphs kUnicode = {
    .vertical = "│",
    .horizontal = "─",
    .enter = "▼",
    .leave = "▲",
    .complete = "●",
    .client = "◆",
    .cross = "✗",
    .marker = "▶",
    .more = "⋮",
    .ellipsis = "…",
    .arrow_to = "→",
    .times = " ×",
};

constexpr Glyphs kAscii = {
    .vertical = "|",
    .horizontal = "-",
    .enter = "v",
    .leave = "^",
    .complete = "*",
    .client = "o",
    .cross = "X",
    .marker = ">",
    .more = ":",
    .ellipsis = "~",
    .arrow_to = "->",
    .times = " x",
};

bool StartsCodePoint(char character) {
  return (static_cast<unsigned char>(character) & 0xC0) != 0x80;
}

// The bytes of `text` that take its first `columns` columns.
size_t BytesOfColumns(std::string_view text, int columns) {
  int seen = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (StartsCodePoint(text[i]) && seen++ == columns) return i;
  }
  return text.size();
}

}  // namespace

int Columns(const Style& style) { return std::clamp(style.width, kMinWidth, kMaxWidth); }

std::string Paint(const Style& style, Ink ink, std::string_view text) {
  if (!style.color || text.empty()) return std::string(text);
  static constexpr std::string_view kCodes[] = {"1", "2", "1;31", "33", "32", "36"};
  std::string painted = "\x1b[";
  painted += kCodes[static_cast<size_t>(ink)];
  painted += 'm';
  painted += text;
  painted += "\x1b[0m";
  return painted;
}

const Glyphs& GlyphsOf(const Style& style) { return style.unicode ? kUnicode : kAscii; }

int DisplayWidth(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), StartsCodePoint));
}

std::string Fit(std::string_view text, int columns, const Style& style) {
  if (columns <= 0) return "";
  if (DisplayWidth(text) <= columns) return std::string(text);
  std::string fitted(text.substr(0, BytesOfColumns(text, columns - 1)));
  fitted += GlyphsOf(style).ellipsis;
  return fitted;
}

std::string Pad(std::string_view text, int columns) {
  std::string padded(text);
  const int missing = columns - DisplayWidth(text);
  if (missing > 0) padded.append(static_cast<size_t>(missing), ' ');
  return padded;
}

std::vector<std::string> Wrap(std::string_view text, int columns) {
  columns = std::max(columns, 1);
  std::vector<std::string> lines;
  while (DisplayWidth(text) > columns) {
    const size_t most = BytesOfColumns(text, columns);
    size_t end = text.rfind(' ', most);
    if (end == std::string_view::npos || end == 0) end = most;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  }
  if (!text.empty() || lines.empty()) lines.emplace_back(text);
  return lines;
}

std::string Printable(std::string_view text) {
  std::string printable;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (character == '\t') {
      printable += "  ";
    } else if (byte < 0x20 || byte == 0x7F) {
      printable += '?';
    } else {
      printable += character;
    }
  }
  return printable;
}

std::string_view BaseName(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string PageAddress(std::string_view page) {
  if (page.find("://") != std::string_view::npos) return std::string(page);
  if (page.ends_with(".md")) page.remove_suffix(3);
  // The pages of the other folder begin with these words.
  bool overview = page == "native-code-development-overview";
  for (const char* begin : {"walkthrough-", "designing-", "creating-native-", "comparing-"}) {
    overview = overview || page.starts_with(begin);
  }
  return std::string("https://learn.microsoft.com/en-us/iis/web-development-reference/") +
         (overview ? "native-code-development-overview/" : "native-code-api-reference/") +
         std::string(page);
}

}  // namespace pendulum::report
