#include <fmt/format.h>

#include <algorithm>

#include "harness/report/markup.h"
#include "harness/report/night_page_parts.h"
#include "harness/report/text.h"

namespace pendulum::report {
namespace {

// In pixels.
constexpr int kWidth = 260;
constexpr int kHeight = 90;
constexpr int kMargin = 8;

std::string Number(uint64_t number) { return Element("td", "number", Thousands(number)); }

// A line over the nights, from nothing at the bottom to the greatest value at the top.
std::string Chart(const Night& night, std::string_view name, uint64_t NightTrend::*member) {
  uint64_t most = 1;
  for (const NightTrend& trend : night.trends) most = std::max(most, trend.*member);
  const size_t count = night.trends.size();
  std::string line, points;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t value = night.trends[i].*member;
    const double x =
        kMargin + (count < 2 ? 0.5 : static_cast<double>(i) / static_cast<double>(count - 1)) *
                      (kWidth - 2 * kMargin);
    const double y =
        kHeight - kMargin -
        static_cast<double>(value) / static_cast<double>(most) * (kHeight - 2 * kMargin);
    line += fmt::format("{}{:.1f} {:.1f}", i == 0 ? "M" : "L", x, y);
    points += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\"><title>{}</title></circle>",
                          x, y, i + 1 == count ? 4 : 2.5,
                          Escape(fmt::format("night {}, {}: {}", night.trends[i].night,
                                             night.trends[i].date, Thousands(value))));
  }
  const uint64_t now = count == 0 ? 0 : night.trends.back().*member;
  return "<figure>" + Element("figcaption", "", name) + Element("div", "now", Short(now)) +
         fmt::format(
             "<svg class=\"chart\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {} {}\">"
             "<path class=\"base\" d=\"M{} {}H{}\"/><path class=\"line\" d=\"{}\"/>{}</svg>",
             EscapeAttribute(name), kWidth, kHeight, kMargin, kHeight - kMargin, kWidth - kMargin,
             line, points) +
         "</figure>\n";
}

// What was there before, and what came: a bar as long as its share of the largest corpus.
std::string GrowthBar(const NightTarget& target, uint64_t most) {
  const auto share = [most](uint64_t inputs) {
    return most == 0 ? 0.0 : 120.0 * static_cast<double>(inputs) / static_cast<double>(most);
  };
  const uint64_t kept = std::min(target.corpus_inputs, target.corpus_inputs_before);
  return fmt::format(
      "<svg class=\"bar\" width=\"120\" height=\"10\" aria-hidden=\"true\">"
      "<rect class=\"before\" width=\"{:.1f}\" height=\"10\"/>"
      "<rect class=\"came\" x=\"{:.1f}\" width=\"{:.1f}\" height=\"10\"/></svg>",
      share(kept), share(kept), share(target.corpus_inputs - kept));
}

std::string GrowthText(const NightTarget& target) {
  if (target.corpus_inputs >= target.corpus_inputs_before) {
    return "+" + Thousands(target.corpus_inputs - target.corpus_inputs_before);
  }
  return "−" + Thousands(target.corpus_inputs_before - target.corpus_inputs);
}

std::string TargetRow(const NightTarget& target, uint64_t most) {
  std::string text = target.failure.empty() ? "<tr>" : "<tr class=\"bad\">";
  text += "<th scope=\"row\">" + Element("code", "", target.name) + "</th>";
  text += Element("td", "", target.kind);
  if (!target.failure.empty()) {
    return text + "<td colspan=\"7\">" + Escape("did not run: " + target.failure) + "</td></tr>\n";
  }
  const double rate =
      target.seconds > 0 ? static_cast<double>(target.executions) / target.seconds : 0;
  text += Number(target.executions) + Number(static_cast<uint64_t>(rate)) +
          Element("td", "number", fmt::format("{:.0f} s", target.seconds)) +
          Number(target.corpus_inputs) + "<td>" + GrowthBar(target, most) + " " +
          Escape(GrowthText(target)) + "</td>" + Number(target.cells) + Number(target.restarts);
  return text + "</tr>\n";
}

}  // namespace

std::string TrendsHtml(const Night& night) {
  std::string text = "<section id=\"trends\">\n<h2>The last nights</h2>\n";
  if (night.trends.empty()) return text + Element("p", "none", "None yet.") + "</section>\n";
  text += "<div class=\"charts\">\n" + Chart(night, "Executions", &NightTrend::executions) +
          Chart(night, "Clause × timing cells", &NightTrend::cells) +
          Chart(night, "Open findings", &NightTrend::open_findings) +
          Chart(night, "New findings", &NightTrend::new_findings) +
          Chart(night, "Inputs in the corpora", &NightTrend::corpus_inputs) + "</div>\n";
  text += "<details><summary>The same as a table</summary><div class=\"wide\"><table><thead><tr>";
  for (const char* head : {"Night", "Date", "Executions", "Cells", "Open", "New", "Corpus"}) {
    text += fmt::format("<th scope=\"col\">{}</th>", head);
  }
  text += "</tr></thead><tbody>\n";
  for (const NightTrend& trend : night.trends) {
    text += "<tr>" + Number(trend.night) + Element("td", "", trend.date) +
            Number(trend.executions) + Number(trend.cells) + Number(trend.open_findings) +
            Number(trend.new_findings) + Number(trend.corpus_inputs) + "</tr>\n";
  }
  return text + "</tbody></table></div></details>\n</section>\n";
}

std::string TargetsHtml(const Night& night) {
  uint64_t most = 0;
  for (const NightTarget& target : night.targets) most = std::max(most, target.corpus_inputs);
  std::string text =
      "<section id=\"targets\">\n<h2>Targets</h2>\n<div class=\"wide\"><table><thead><tr>";
  for (const char* head : {"Target", "Kind", "Executions", "per second", "Time", "Corpus", "Growth",
                           "Cells", "Restarts"}) {
    text += fmt::format("<th scope=\"col\">{}</th>", head);
  }
  text += "</tr></thead><tbody>\n";
  for (const NightTarget& target : night.targets) text += TargetRow(target, most);
  return text + "</tbody></table></div>\n</section>\n";
}

std::string CanariesHtml(const Night& night) {
  std::string text =
      "<section id=\"canaries\">\n<h2>Canaries</h2>\n<p>Modules with a planted fault: while one of "
      "them is not found, that nothing else of its rule is found means nothing.</p>\n";
  if (night.canaries.empty()) return text + Element("p", "none", "None.") + "</section>\n";
  text +=
      "<div class=\"wide\"><table><thead><tr><th scope=\"col\">Rule</th>"
      "<th scope=\"col\">Module</th><th scope=\"col\">Found</th></tr></thead><tbody>\n";
  for (const NightCanary& canary : night.canaries) {
    text += canary.found ? "<tr>" : "<tr class=\"bad\">";
    text += "<th scope=\"row\">" + Element("code", "", canary.rule) + "</th>" +
            Element("td", "", canary.module) +
            Element("td", "",
                    canary.found ? fmt::format("✓ after {:.1f} s", canary.seconds)
                                 : fmt::format("✗ not within {:.0f} s", canary.seconds)) +
            "</tr>\n";
  }
  return text + "</tbody></table></div>\n</section>\n";
}

}  // namespace pendulum::report
