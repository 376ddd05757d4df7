#include "harness/cli/progress.h"

#include <ostream>

namespace pendulum::cli {

ProgressLine::ProgressLine(const Console& console, bool enabled)
    : console_(console), enabled_(enabled && console.err_is_terminal) {}

ProgressLine::~ProgressLine() {
  if (shown_) *console_.err << "\r\x1b[K" << std::flush;
}

void ProgressLine::Show(const std::string& scenario, uint64_t runs_done, uint64_t runs_total,
                        size_t findings) {
  if (!enabled_) return;
  std::string text = report::Thousands(runs_done);
  if (runs_total > 0) text += " of " + report::Thousands(runs_total);
  text += " schedules, " + report::Counted(findings, "finding") + "  " + scenario;
  report::Style style;
  style.unicode = console_.utf8;
  *console_.err << "\r" << report::Fit(text, console_.width - 1, style) << "\x1b[K" << std::flush;
  shown_ = true;
}

}  // namespace pendulum::cli
