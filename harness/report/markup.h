// Text inside XML and HTML.
#ifndef PENDULUM_REPORT_MARKUP_H_
#define PENDULUM_REPORT_MARKUP_H_

#include <string>
#include <string_view>

namespace pendulum::report {

// `text` for between tags, whatever it holds: markup is escaped, and bytes that are no UTF-8 as
// well as characters that XML can't have become U+FFFD.
std::string Escape(std::string_view text);

// The same for between quotes of either sort: tabs and ends of lines become character references,
// which attributes keep.
std::string EscapeAttribute(std::string_view text);

// An address that can be followed, with what no address can have percent-encoded; empty for one
// that is not of the web.
std::string LinkOf(std::string_view address);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_MARKUP_H_
