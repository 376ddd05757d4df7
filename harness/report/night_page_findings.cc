#include <fmt/format.h>

#include <algorithm>

#include "harness/report/markup.h"
#include "harness/report/night_page_parts.h"
#include "harness/report/night_words.h"
#include "harness/report/text.h"

namespace pendulum::report {
namespace {

// What a person reads first.
int Order(const NightFinding& finding) {
  constexpr LifeCycle kOrder[] = {LifeCycle::kNew, LifeCycle::kRegression, LifeCycle::kConfirmed,
                                  LifeCycle::kKnown, LifeCycle::kFixed};
  const auto at = std::find(std::begin(kOrder), std::end(kOrder), finding.life_cycle);
  return 2 * static_cast<int>(at - std::begin(kOrder)) + (finding.level == "must" ? 0 : 1);
}

std::string Fact(std::string_view name, const std::string& text) {
  return text.empty() ? "" : Element("dt", "", name) + Element("dd", "", text) + "\n";
}

std::string NightsText(const NightFinding& finding) {
  return finding.first_night == finding.last_night
             ? fmt::format("night {}", finding.first_night)
             : fmt::format("nights {} to {}", finding.first_night, finding.last_night);
}

std::string OperationText(const NightFinding& finding) {
  if (finding.timing.empty() || finding.operation.empty()) return finding.operation;
  return finding.operation + ", " + finding.timing;
}

std::string FactsHtml(const NightFinding& finding) {
  std::string text = "<dl>\n";
  text += Fact("Place", PlaceText(finding.location));
  text += Fact("Target", finding.target);
  text += Fact("Operation", OperationText(finding));
  text +=
      Fact("Seen", fmt::format("{} in {}", Counted(finding.count, "time"), NightsText(finding)));
  if (finding.life_cycle == LifeCycle::kKnown) text += Fact("State", KnownText(finding));
  text += Fact("To mend it", finding.fix);
  text += Fact("Input", finding.input);
  text += Fact("Fingerprint", finding.fingerprint);
  return text + "</dl>\n";
}

std::string ReplayHtml(const NightFinding& finding) {
  if (finding.replay.empty()) return "";
  return "<div class=\"replay\">" + Element("code", "", finding.replay) +
         "<button type=\"button\" class=\"copy\">Copy</button></div>\n";
}

std::string DecisionsHtml(const NightFinding& finding) {
  if (finding.decisions.empty()) {
    return Element("p", "needs",
                   "It happens with the plainest schedule: nothing has to be decided.");
  }
  std::string text = "<p class=\"needs\">It happens when</p>\n<ul class=\"decisions\">";
  for (const std::string& decision : finding.decisions) text += Element("li", "", decision);
  return text + "</ul>\n";
}

std::string PicturesHtml(const NightFinding& finding) {
  std::string text = StepsSvg(finding);
  if (!finding.picture.empty()) {
    text += "<details class=\"text\"><summary>The same as text</summary>" +
            Element("pre", "", finding.picture) + "</details>\n";
  }
  return text;
}

std::string SourcesHtml(const NightFinding& finding) {
  if (finding.sources.empty()) return "";
  std::string text = "<p>Documentation:</p>\n<ul>";
  for (const oracle::Source& source : finding.sources) {
    const std::string name =
        source.section.empty() ? source.page : source.page + ", " + source.section;
    const std::string link = LinkOf(PageAddress(source.page));
    text += link.empty() ? Element("li", "", name)
                         : fmt::format("<li><a href=\"{}\" rel=\"noreferrer\">{}</a></li>",
                                       EscapeAttribute(link), Escape(name));
  }
  return text + "</ul>\n";
}

std::string FindingHtml(const NightFinding& finding) {
  const std::string_view state = LifeCycleName(finding.life_cycle);
  std::string text = fmt::format(
      "<details class=\"finding\" id=\"finding-{}\" data-state=\"{}\" "
      "data-open=\"{}\"{}>\n<summary>",
      EscapeAttribute(finding.fingerprint), state, IsOpen(finding) ? "yes" : "no",
      finding.life_cycle == LifeCycle::kNew ? " open" : "");
  text += Element("span", "badge " + std::string(state), state);
  if (finding.level != "must") text += Element("span", "badge warning", "warning");
  text += Element("code", "rule", finding.rule) + Element("span", "message", finding.message);
  const std::string place = PlaceText(finding.location);
  text += Element("span", "place", place.empty() ? finding.target : place) + "</summary>\n";
  text += "<div class=\"body\">\n" + Element("p", "title", finding.title) + "\n";
  text += ReplayHtml(finding) + FactsHtml(finding) + DecisionsHtml(finding) +
          PicturesHtml(finding) + SourcesHtml(finding);
  return text + "</div>\n</details>\n";
}

}  // namespace

std::string FindingsHtml(const Night& night) {
  std::vector<const NightFinding*> ordered;
  for (const NightFinding& finding : night.findings) ordered.push_back(&finding);
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto* left, const auto* right) {
    return Order(*left) < Order(*right);
  });
  std::string text = "<section id=\"findings\">\n<h2>Findings</h2>\n";
  if (ordered.empty()) return text + Element("p", "none", "None.") + "</section>\n";
  text += R"(<div class="controls" role="group" aria-label="Which findings to show">
<label>Show <select id="finding-state"><option value="all">all</option>
<option value="open">open ones</option><option value="new">new ones</option>
<option value="known">known ones</option><option value="fixed">fixed ones</option></select></label>
<label>with <input id="finding-text" type="search" placeholder="rule, place, text"></label>
<button type="button" id="open-all">Open all</button>
<button type="button" id="close-all">Close all</button>
<span id="finding-count" role="status"></span></div>
)";
  for (const NightFinding* finding : ordered) text += FindingHtml(*finding);
  return text + "</section>\n";
}

}  // namespace pendulum::report
