// Words and columns: what the reports of all formats share.
#ifndef PENDULUM_REPORT_TEXT_H_
#define PENDULUM_REPORT_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/platform/number_text.h"

namespace pendulum::report {

// How a terminal is written to. Whoever makes one has asked the terminal and the environment.
struct Style {
  bool color = false;    // ANSI escape sequences
  bool unicode = false;  // UTF-8 box characters; ASCII otherwise
  int width = 80;        // columns; less than kMinWidth counts as that
};
inline constexpr int kMinWidth = 60;
inline constexpr int kMaxWidth = 160;

// The width in columns to write with: style.width within kMinWidth and kMaxWidth.
int Columns(const Style& style);

enum class Ink : uint8_t { kBold, kDim, kRed, kYellow, kGreen, kCyan };

// `text` in that ink, if the style has colours.
std::string Paint(const Style& style, Ink ink, std::string_view text);

// The characters that differ between UTF-8 and ASCII. Each takes one column but for arrow_to and
// times.
struct Glyphs {
  std::string_view vertical, horizontal, enter, leave, complete, client, cross, marker, more,
      ellipsis, arrow_to, times;
};
const Glyphs& GlyphsOf(const Style& style);

using platform::Counted;
using platform::Thousands;

// The columns that UTF-8 text takes, every code point being one column wide.
int DisplayWidth(std::string_view text);

// `text` in at most `columns` columns; what is cut off is replaced by an ellipsis.
std::string Fit(std::string_view text, int columns, const Style& style);

// `text` padded with spaces to `columns` columns.
std::string Pad(std::string_view text, int columns);

// `text` in lines of at most `columns` columns, broken at spaces where there are any.
std::vector<std::string> Wrap(std::string_view text, int columns);

// `text` without what a terminal would obey: control characters become "?", tabs two spaces.
std::string Printable(std::string_view text);

// The path's last component.
std::string_view BaseName(std::string_view path);

// The public address of a documentation page, which clauses name as "x-method.md"; of a
// page that is named by its address ("https://…"), that address.
std::string PageAddress(std::string_view page);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_TEXT_H_
