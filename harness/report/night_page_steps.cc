#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/report/markup.h"
#include "harness/report/night_page_parts.h"
#include "harness/report/night_words.h"
#include "harness/report/swim_lane.h"
#include "harness/report/text.h"

namespace pendulum::report {
namespace {

// In pixels.
constexpr int kRow = 26;
constexpr int kHead = 34;
constexpr int kPlaceColumn = 170;
constexpr int kTextLeft = 14;
constexpr int kCharacter = 7;  // of the small text, at most
constexpr size_t kLongestText = 140;

// Lanes in the order of the picture as text: the client first, then the server, then workers.
int LaneOrder(uint8_t worker) {
  return worker == kClientLane ? -2 : worker == kServerLane ? -1 : worker;
}

class Drawing {
 public:
  explicit Drawing(const NightFinding& finding) : steps_(finding.steps) {
    std::map<int, uint8_t> lanes;
    for (const NightStep& step : steps_) lanes[LaneOrder(step.worker)] = step.worker;
    const int room = lanes.size() > 5 ? 90 : 150;
    for (const auto& [order, worker] : lanes) {
      columns_[worker] = kPlaceColumn + 20 + static_cast<int>(columns_.size()) * room;
    }
    for (const NightStep& step : steps_) {
      const int columns = std::min<int>(DisplayWidth(step.text), kLongestText);
      width_ = std::max(width_, columns_[step.worker] + kTextLeft + kCharacter * columns + 12);
    }
    for (const auto& [worker, x] : columns_) width_ = std::max(width_, x + 90);
  }

  std::string Draw() const {
    const int height = kHead + kRow * static_cast<int>(steps_.size()) + 8;
    std::string text = fmt::format(
        "<svg role=\"list\" aria-label=\"The run, step by step\" width=\"{0}\" height=\"{1}\" "
        "viewBox=\"0 0 {0} {1}\">\n",
        width_, height);
    for (const auto& [worker, x] : columns_) {
      text += fmt::format("<line class=\"lane\" x1=\"{0}\" y1=\"{1}\" x2=\"{0}\" y2=\"{2}\"/>", x,
                          kHead - 8, height - 6);
      text += fmt::format("<text class=\"head\" x=\"{}\" y=\"16\">{}</text>\n", x - 5,
                          Escape(LaneText(worker)));
    }
    for (size_t i = 1; i < steps_.size(); ++i) text += HandOver(i);
    for (size_t i = 0; i < steps_.size(); ++i) text += Step(i);
    return text + "</svg>\n";
  }

 private:
  static int Y(size_t step) { return kHead + kRow * static_cast<int>(step) + kRow / 2; }
  int X(size_t step) const { return columns_.at(steps_[step].worker); }

  // From the step before, where another worker goes on.
  std::string HandOver(size_t step) const {
    if (steps_[step].worker == steps_[step - 1].worker) return "";
    return fmt::format("<path class=\"hand-over\" d=\"M{} {} C{} {} {} {} {} {}\"/>\n", X(step - 1),
                       Y(step - 1), X(step - 1), Y(step), X(step), Y(step - 1), X(step), Y(step));
  }

  static std::string Glyph(bool is_last, bool is_decision, int x, int y) {
    if (is_last) {
      return fmt::format("<path class=\"cross\" d=\"M{} {}l10 10m0 -10l-10 10\"/>", x - 5, y - 5);
    }
    if (is_decision) {
      return fmt::format("<path class=\"decision\" d=\"M{} {}l7 7l-7 7l-7 -7z\"/>", x, y - 7);
    }
    return fmt::format("<circle class=\"event\" cx=\"{}\" cy=\"{}\" r=\"4\"/>", x, y);
  }

  std::string Step(size_t index) const {
    const NightStep& step = steps_[index];
    const int x = X(index), y = Y(index);
    const bool is_last = index + 1 == steps_.size();
    const std::string place = PlaceText(step.location);
    const std::string words = fmt::format(
        "{}. {}: {}{}{}", index + 1, LaneText(step.worker), step.text,
        step.is_decision ? " (decided by the schedule)" : "", place.empty() ? "" : " at " + place);
    std::string text = fmt::format(
        "<g class=\"step{}\" role=\"listitem\" tabindex=\"0\" aria-label=\"{}\"><title>",
        is_last ? " last" : "", EscapeAttribute(words));
    text += Escape(words) + "</title>";
    text += fmt::format("<rect x=\"0\" y=\"{}\" width=\"{}\" height=\"{}\"/>", y - kRow / 2, width_,
                        kRow);
    if (step.location.line > 0) {
      const std::string line =
          fmt::format("{}:{}", BaseName(step.location.file), step.location.line);
      const Style style{.unicode = true};
      text += fmt::format("<text class=\"line\" x=\"{}\" y=\"{}\">{}</text>", kPlaceColumn - 8,
                          y + 4, Escape(Fit(line, 23, style)));
    }
    text += Glyph(is_last, step.is_decision, x, y);
    const Style style{.unicode = true};
    text += fmt::format("<text x=\"{}\" y=\"{}\">{}</text></g>\n", x + kTextLeft, y + 4,
                        Escape(Fit(step.text, kLongestText, style)));
    return text;
  }

  const std::vector<NightStep>& steps_;
  std::map<uint8_t, int> columns_;  // the x of each lane
  int width_ = 0;
};

}  // namespace

std::string StepsSvg(const NightFinding& finding) {
  if (finding.steps.empty()) return "";
  return "<div class=\"steps\" tabindex=\"0\" role=\"region\" aria-label=\"Picture of the "
         "run\">\n" +
         Drawing(finding).Draw() +
         "</div>\n<p class=\"legend\"><span class=\"key\">◆</span> decided by the schedule · "
         "<span class=\"key broken\">✗</span> the rule is broken · "
         "<output class=\"chosen\">choose a step to see where it is in the source</output></p>\n";
}

}  // namespace pendulum::report
