#include <fmt/format.h>

#include "harness/report/markup.h"
#include "harness/report/night_page_parts.h"
#include "harness/report/text.h"

namespace pendulum::report {
namespace {

constexpr std::string_view kTimings[] = {"inline", "after return", "before return", "no operation"};
constexpr int kHeats = 5;

// 1 to kHeats, by powers of a hundred; 0 for none.
int Heat(uint64_t reached) {
  int heat = 0;
  for (; reached > 0 && heat < kHeats; reached /= 100) ++heat;
  return heat;
}

std::string CellHtml(const NightClause& clause, size_t timing) {
  const uint64_t reached = clause.reached[timing];
  const std::string words =
      reached == 0
          ? fmt::format("{} was never reached: {}", clause.id, kTimings[timing])
          : fmt::format("{}, {}: {}", clause.id, kTimings[timing], Counted(reached, "time"));
  return fmt::format("<td class=\"heat-{}\" title=\"{}\">{}</td>", Heat(reached),
                     EscapeAttribute(words), reached == 0 ? "empty" : Short(reached));
}

// How many of its cells are empty.
size_t EmptyCells(const NightClause& clause) {
  size_t empty = 0;
  for (const uint64_t reached : clause.reached) empty += reached == 0;
  return empty;
}

std::string RowHtml(const NightClause& clause) {
  const size_t empty = EmptyCells(clause);
  std::string text =
      fmt::format("<tr class=\"clause\" data-empty=\"{}\"><th scope=\"row\">{} {}</th>", empty,
                  Element("code", "", clause.id), Element("span", "title", clause.title));
  for (size_t i = 0; i < clause.reached.size(); ++i) text += CellHtml(clause, i);
  return text + "</tr>\n";
}

// By name, a clause an item: what a text search finds, and what prints.
std::string EmptyCellsHtml(const Night& night) {
  std::string items;
  size_t cells = 0, never = 0;
  for (const NightClause& clause : night.clauses) {
    const size_t empty = EmptyCells(clause);
    if (empty == 0) continue;
    cells += empty;
    std::string names;
    for (size_t i = 0; i < clause.reached.size(); ++i) {
      if (clause.reached[i] == 0) names += (names.empty() ? "" : ", ") + std::string(kTimings[i]);
    }
    if (empty == clause.reached.size()) {
      ++never;
      names = "never reached at all";
    }
    items += "<li>" + Element("code", "", clause.id) + " " + Escape(names) + "</li>\n";
  }
  if (items.empty()) return Element("p", "", "No cell is empty.") + "\n";
  return fmt::format(
      "<details class=\"empty-cells\"><summary>{} by name; {} never reached at all</summary>"
      "<ul>\n{}</ul></details>\n",
      Counted(cells, "empty cell"), Counted(never, "clause"), items);
}

}  // namespace

std::string HeatMapHtml(const Night& night) {
  std::string text = "<section id=\"map\">\n<h2>Clause × timing</h2>\n";
  text +=
      R"(<p>How often each rule had something to judge, by how the operation concerned completed:
inline, after the handler had returned, before it had, or where no operation was concerned.</p>
<div class="controls" role="group" aria-label="Which rules to show">
<label>Show <select id="map-cells"><option value="all">all rules</option>
<option value="empty">those with an empty cell</option>
<option value="never">those never reached</option></select></label>
<label>with <input id="map-text" type="search" placeholder="rule or text"></label>
<span id="map-count" role="status"></span></div>
)";
  text += EmptyCellsHtml(night);
  text += "<div class=\"wide\"><table class=\"map\"><thead><tr><th scope=\"col\">Rule</th>";
  for (const std::string_view timing : kTimings) {
    text += fmt::format("<th scope=\"col\">{}</th>", timing);
  }
  text += "</tr></thead>\n";
  const std::string* group = nullptr;
  for (const NightClause& clause : night.clauses) {
    if (group == nullptr || *group != clause.group) {
      if (group != nullptr) text += "</tbody>\n";
      text += "<tbody><tr class=\"group\"><th colspan=\"5\" scope=\"rowgroup\">" +
              Escape(clause.group) + "</th></tr>\n";
    }
    group = &clause.group;
    text += RowHtml(clause);
  }
  return text + (group != nullptr ? "</tbody>" : "") + "</table></div>\n</section>\n";
}

}  // namespace pendulum::report
