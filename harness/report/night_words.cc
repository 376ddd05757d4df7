#include "harness/report/night_words.h"

#include "harness/report/swim_lane.h"
#include "harness/report/text.h"

namespace pendulum::report {

std::string PlaceText(const module::Location& place) {
  if (place.line <= 0) return "";
  std::string text = place.file + ":" + std::to_string(place.line);
  const std::string function = place.function.substr(0, place.function.find('('));
  return function.empty() ? text : text + " in " + function;
}

std::string KnownText(const NightFinding& finding) {
  std::string text = "known";
  if (!finding.expires.empty()) text += " until " + finding.expires;
  if (!finding.owner.empty()) text += ", taken over by " + finding.owner;
  return finding.reason.empty() ? text : text + ": " + finding.reason;
}

std::string LaneText(uint8_t worker) {
  if (worker == kClientLane) return "client";
  if (worker == kServerLane) return "server";
  return "worker " + std::to_string(worker);
}

std::string StoryOf(const NightFinding& finding) {
  std::string text = finding.message + "\n";
  if (finding.location.line > 0) text += "at " + PlaceText(finding.location) + "\n";
  for (const std::string& decision : finding.decisions) text += "needs: " + decision + "\n";
  if (!finding.picture.empty()) text += "\n" + finding.picture + "\n";
  if (!finding.fix.empty()) text += "fix: " + finding.fix + "\n";
  for (const oracle::Source& source : finding.sources) {
    text += "page: " + PageAddress(source.page) + "\n";
  }
  if (!finding.replay.empty()) text += "replay: " + finding.replay + "\n";
  return text;
}

}  // namespace pendulum::report
