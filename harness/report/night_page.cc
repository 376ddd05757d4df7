#include <fmt/format.h>

#include <algorithm>

#include "harness/platform/embedded.h"
#include "harness/report/markup.h"
#include "harness/report/night_page_parts.h"
#include "harness/report/night_reports.h"
#include "harness/report/text.h"

namespace pendulum::report {

using platform::EmbeddedFile;
extern const EmbeddedFile kPageFiles[];
extern const size_t kPageFilesCount;

namespace {

// The page's own style and script: made at build time, so nothing in them is escaped.
std::string_view PageFile(std::string_view name) {
  for (size_t i = 0; i < kPageFilesCount; ++i) {
    if (kPageFiles[i].name == name) return kPageFiles[i].content;
  }
  return "";
}

size_t CountOf(const Night& night, LifeCycle life_cycle) {
  return static_cast<size_t>(
      std::count_if(night.findings.begin(), night.findings.end(),
                    [&](const NightFinding& one) { return one.life_cycle == life_cycle; }));
}

size_t OpenFindings(const Night& night) {
  return static_cast<size_t>(
      std::count_if(night.findings.begin(), night.findings.end(),
                    [](const NightFinding& one) { return IsOpen(one) && one.level == "must"; }));
}

size_t RanTargets(const Night& night) {
  return static_cast<size_t>(
      std::count_if(night.targets.begin(), night.targets.end(),
                    [](const NightTarget& one) { return one.failure.empty(); }));
}

size_t FoundCanaries(const Night& night) {
  return static_cast<size_t>(std::count_if(night.canaries.begin(), night.canaries.end(),
                                           [](const NightCanary& one) { return one.found; }));
}

std::string Duration(double seconds) {
  const auto whole = static_cast<uint64_t>(seconds + 0.5);
  if (whole < 120) return fmt::format("{} s", whole);
  if (whole < 7200) return fmt::format("{} min", (whole + 30) / 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

// What it comes to in a sentence.
std::string VerdictText(const Night& night) {
  if (!HasFailed(night)) {
    const size_t known = CountOf(night, LifeCycle::kKnown);
    return known == 0 ? "Nothing to do: no finding is open"
                      : "Nothing to do: no finding is open; " + Counted(known, "known one");
  }
  const size_t open = OpenFindings(night);
  const bool is_trusted = night.failures.empty() && FoundCanaries(night) == night.canaries.size() &&
                          RanTargets(night) == night.targets.size();
  const std::string verdict = open == 0 ? "No finding is open" : Counted(open, "open finding");
  return is_trusted ? verdict : verdict + ", and the night is not to be trusted";
}

// Why it is not to be trusted, a line each.
std::string FailuresHtml(const Night& night) {
  std::string items;
  for (const std::string& failure : night.failures) items += Element("li", "", failure);
  for (const NightTarget& target : night.targets) {
    if (target.failure.empty()) continue;
    const std::string text = target.name + " did not run: " + target.failure;
    if (std::find(night.failures.begin(), night.failures.end(), text) == night.failures.end()) {
      items += Element("li", "", text);
    }
  }
  for (const NightCanary& canary : night.canaries) {
    if (canary.found) continue;
    items += Element("li", "",
                     "the canary of " + canary.rule + " was not found: that no other " +
                         canary.rule + " was means nothing");
  }
  return items.empty() ? "" : "<ul class=\"failures\">" + items + "</ul>\n";
}

std::string Tile(std::string_view label, const std::string& value, const std::string& more) {
  return "<div class=\"tile\">" + Element("div", "label", label) + Element("div", "value", value) +
         Element("div", "more", more) + "</div>\n";
}

std::string TilesHtml(const Night& night) {
  uint64_t executions = 0, corpus = 0, before = 0;
  for (const NightTarget& target : night.targets) {
    executions += target.executions;
    corpus += target.corpus_inputs;
    before += target.corpus_inputs_before;
  }
  uint64_t reached = 0;
  for (const NightClause& clause : night.clauses) {
    reached += static_cast<uint64_t>(
        std::count_if(clause.reached.begin(), clause.reached.end(), [](auto n) { return n > 0; }));
  }
  const uint64_t grown = corpus >= before ? corpus - before : before - corpus;
  std::string text = "<div class=\"tiles\">\n";
  text += Tile("Open findings", Thousands(OpenFindings(night)),
               fmt::format("{} new, {} back again", CountOf(night, LifeCycle::kNew),
                           CountOf(night, LifeCycle::kRegression)));
  text += Tile("Executions", Short(executions), Thousands(executions));
  text += Tile("Clause × timing", Thousands(reached),
               fmt::format("of {} cells", Thousands(4 * night.clauses.size())));
  text += Tile(
      "Corpus", Thousands(corpus),
      fmt::format("{}{} since the night before", corpus >= before ? "+" : "−", Thousands(grown)));
  text += Tile("Targets", fmt::format("{} / {}", RanTargets(night), night.targets.size()), "ran");
  text += Tile("Canaries", fmt::format("{} / {}", FoundCanaries(night), night.canaries.size()),
               "found");
  text += Tile("Time", Duration(night.elapsed_seconds),
               "of a budget of " + Duration(night.budget_seconds));
  return text + "</div>\n";
}

std::string HeaderHtml(const Night& night) {
  const bool failed = HasFailed(night);
  std::string text = fmt::format("<header class=\"{}\">\n", failed ? "failed" : "clean");
  text +=
      Element("p", "night",
              fmt::format("Pendulum {} · night {} of {}{}", night.pendulum, night.number,
                          night.date, night.resumed ? " · resumed after it was broken off" : ""));
  text += "<h1>" + Element("span", "mark", failed ? "✗" : "✓") + " " + Escape(VerdictText(night)) +
          "</h1>\n";
  text += FailuresHtml(night);
  text += R"(<nav aria-label="Sections"><a href="#findings">Findings</a>
<a href="#trends">Trends</a> <a href="#targets">Targets</a> <a href="#map">Clause × timing</a>
<a href="#canaries">Canaries</a></nav>
)";
  return text + "</header>\n";
}

}  // namespace

std::string Element(std::string_view element, std::string_view kind, std::string_view text) {
  const std::string attribute = kind.empty() ? "" : " class=\"" + EscapeAttribute(kind) + "\"";
  return fmt::format("<{0}{1}>{2}</{0}>", element, attribute, Escape(text));
}

std::string Short(uint64_t number) {
  constexpr std::string_view kUnits[] = {"", " k", " M", " G", " T", " P"};
  double value = static_cast<double>(number);
  size_t unit = 0;
  while (value >= 999.5 && unit + 1 < std::size(kUnits)) {
    value /= 1000;
    ++unit;
  }
  return fmt::format("{:.{}f}{}", value, unit > 0 && value < 9.95 ? 1 : 0, kUnits[unit]);
}

std::string WriteNightPage(const Night& night) {
  std::string text = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
)";
  text += Element("title", "", fmt::format("Pendulum: night {} of {}", night.number, night.date));
  text += "\n<style>\n" + std::string(PageFile("page.css")) + "</style>\n</head>\n<body>\n";
  text += HeaderHtml(night) + "<main>\n" + TilesHtml(night) + FindingsHtml(night) +
          TrendsHtml(night) + TargetsHtml(night) + HeatMapHtml(night) + CanariesHtml(night) +
          "</main>\n";
  text += "<script>\n" + std::string(PageFile("page.js")) + "</script>\n</body>\n</html>\n";
  return text;
}

}  // namespace pendulum::report
