#include "harness/report/swim_lane.h"

#include <algorithm>
#include <map>
#include <set>

#include "harness/report/event_text.h"
#include "harness/report/told_event.h"

namespace pendulum::report {
namespace {

using explore::TracedEvent;
using trace::Event;
using trace::EventKind;

constexpr uint8_t kClient = kClientLane;
constexpr uint8_t kServer = kServerLane;

struct Row {
  uint32_t event = 0;
  uint8_t lane = 0;
  std::string_view glyph;
  std::string text;
  std::string place;  // "echo.cpp:57", or "57" when all places are in one file
  bool marked = false;
};

// Rows left out: how many, and before which of the kept rows they stood.
struct Gap {
  size_t rows = 0;
  size_t before = 0;
};

struct Lane {
  uint8_t id = 0;
  std::set<std::string> roles;
  int column = 0;
};

// What the drawing is made from: the trace up to the marked event, and who started what.
class Drawing {
 public:
  Drawing(std::span<const TracedEvent> trace, const SwimLaneOptions& options, const Style& style)
      : options_(options), style_(style), glyphs_(GlyphsOf(style)) {
    size_t end = trace.size();
    if (options.event != SwimLaneOptions::kNoEvent) {
      end = std::min<size_t>(end, size_t{options.event} + 1);
    }
    trace_ = trace.first(end);
    for (const TracedEvent& traced : trace_) {
      if (traced.event.kind == EventKind::kOperationCalled) {
        started_[traced.event.operation] = &traced.event;
      }
    }
    ChooseRequest();
  }

  std::vector<std::string> Draw();
  std::vector<NightStep> Steps() const;

 private:
  void ChooseRequest();
  bool IsShown(uint32_t index) const;
  bool IsMarked(uint32_t index) const { return index == options_.event; }
  uint8_t LaneOf(const Event& event) const;
  std::string_view GlyphOf(const Event& event) const;
  const Event* Operation(const Event& event) const;
  std::vector<Row> MakeRows() const;
  bool AnsweredAtOnce(const std::vector<Row>& rows, const Event& event) const;
  std::vector<Row> LastRows(std::vector<Row> rows, Gap* gap) const;
  void MakeLanes(const std::vector<Row>& rows);
  void NoteRole(Lane* lane, const Event& event) const;
  void PlaceLanes(int left);
  std::string LaneName(const Lane& lane) const;
  std::string Heading() const;
  std::string Line(const Row& row, int left) const;

  SwimLaneOptions options_;
  const Style& style_;
  const Glyphs& glyphs_;
  std::span<const TracedEvent> trace_;
  std::map<uint16_t, const Event*> started_;
  std::vector<Lane> lanes_;
  uint8_t request_ = trace::kNone8;  // only this one's events are shown; kNone8: all
};

// A finding that concerns one request is told by that request's events alone; one about waiting
// needs all of them, since what is waited for is often elsewhere.
void Drawing::ChooseRequest() {
  if (options_.event == SwimLaneOptions::kNoEvent || options_.event >= trace_.size()) return;
  const auto is_access = [](const TracedEvent& one) {
    return one.event.kind == trace::EventKind::kMemoryAccessed;
  };
  // Whoever shares memory may have had a part in it.
  if (std::any_of(trace_.begin(), trace_.end(), is_access)) return;
  const Event& event = trace_[options_.event].event;
  switch (event.kind) {
    case EventKind::kRunEnded:
    case EventKind::kRequestParked:
    case EventKind::kModuleHung:
    case EventKind::kWaitBegan:
      return;
    default:
      request_ = event.request;
  }
}

bool Drawing::IsShown(uint32_t index) const {
  if (IsMarked(index)) return true;
  const Event& event = trace_[index].event;
  if (request_ != trace::kNone8 && event.request != trace::kNone8 && event.request != request_) {
    return false;
  }
  return IsTold(event);
}

uint8_t Drawing::LaneOf(const Event& event) const {
  if (IsClientEvent(event)) return kClient;
  return event.worker == trace::kNone8 ? kServer : event.worker;
}

std::string_view Drawing::GlyphOf(const Event& event) const {
  switch (event.kind) {
    case EventKind::kNotificationEntered:
      return glyphs_.enter;
    case EventKind::kNotificationReturned:
    case EventKind::kCompletionReturned:
      return glyphs_.leave;
    case EventKind::kCompletionDelivered:
      return glyphs_.complete;
    case EventKind::kClientSent:
    case EventKind::kClientReceived:
    case EventKind::kClientDisconnected:
      return glyphs_.client;
    default:
      return glyphs_.vertical;
  }
}

const Event* Drawing::Operation(const Event& event) const {
  if (event.operation == trace::kNone16) return nullptr;
  const auto found = started_.find(event.operation);
  return found == started_.end() ? nullptr : found->second;
}

// Whether `event` is the answer of the call in the last row, which then becomes one row with it.
bool Drawing::AnsweredAtOnce(const std::vector<Row>& rows, const Event& event) const {
  if (event.kind != EventKind::kOperationReturned || rows.empty()) return false;
  const Event& last = trace_[rows.back().event].event;
  return last.kind == EventKind::kOperationCalled && last.operation == event.operation &&
         last.worker == event.worker && !rows.back().marked;
}

std::vector<Row> Drawing::MakeRows() const {
  std::set<std::string> files;
  for (const TracedEvent& traced : trace_) {
    if (traced.location.line > 0 && IsFromModule(traced.event)) files.insert(traced.location.file);
  }
  std::vector<Row> rows;
  for (uint32_t i = 0; i < trace_.size(); ++i) {
    if (!IsShown(i)) continue;
    const Event& event = trace_[i].event;
    if (AnsweredAtOnce(rows, event)) {
      Row& row = rows.back();
      row.text += " " + std::string(glyphs_.arrow_to) + " " + AnswerText(Operation(event), event);
      row.marked = IsMarked(i);
      continue;
    }
    Row row;
    row.event = i;
    row.lane = LaneOf(event);
    row.marked = IsMarked(i);
    row.glyph = row.marked ? glyphs_.cross : GlyphOf(event);
    row.text = EventText(event, Operation(event));
    const module::Location& place = trace_[i].location;
    if (place.line > 0 && (row.marked ? !IsClientEvent(event) : IsFromModule(event))) {
      row.place = std::to_string(place.line);
      if (files.size() > 1) row.place.insert(0, std::string(BaseName(place.file)) + ":");
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// The last rows; if the operation that the marked event concerns was started before them, that row
// comes first.
std::vector<Row> Drawing::LastRows(std::vector<Row> rows, Gap* gap) const {
  const size_t most = static_cast<size_t>(std::max(options_.rows, 2));
  // One missing row would take as much room as the line that says so.
  if (options_.rows <= 0 || rows.size() <= most + 1) return rows;
  const auto first = rows.end() - static_cast<ptrdiff_t>(most);
  gap->rows = rows.size() - most;
  const Event* operation =
      options_.event < trace_.size() ? Operation(trace_[options_.event].event) : nullptr;
  const auto start = std::find_if(rows.begin(), first, [&](const Row& row) {
    return operation != nullptr && &trace_[row.event].event == operation;
  });
  std::vector<Row> kept;
  if (start != first) {
    kept.push_back(std::move(*start));
    gap->before = 1;
  }
  kept.insert(kept.end(), std::make_move_iterator(first + static_cast<ptrdiff_t>(gap->before)),
              std::make_move_iterator(rows.end()));
  return kept;
}

void Drawing::NoteRole(Lane* lane, const Event& event) const {
  if (event.kind == EventKind::kNotificationEntered) lane->roles.insert("handler");
  if (event.kind == EventKind::kCompletionDelivered) lane->roles.insert("completion");
  if (event.kind == EventKind::kThreadBegan) lane->roles.insert("thread");
}

void Drawing::MakeLanes(const std::vector<Row>& rows) {
  std::map<uint8_t, Lane> lanes;
  for (const Row& row : rows) lanes[row.lane].id = row.lane;
  for (const TracedEvent& traced : trace_) {
    const auto found = lanes.find(LaneOf(traced.event));
    if (found != lanes.end()) NoteRole(&found->second, traced.event);
  }
  lanes_.clear();
  if (const auto client = lanes.find(kClient); client != lanes.end()) {
    lanes_.push_back(client->second);
  }
  for (auto& [id, lane] : lanes) {
    if (id != kClient) lanes_.push_back(std::move(lane));
  }
}

// A row has one event, so its text may run over the columns to the right of its own; only the last
// column needs room for a whole text.
void Drawing::PlaceLanes(int left) {
  constexpr int kTextColumns = 48;
  constexpr int kWidestLane = 20;
  constexpr int kNarrowestLane = 3;
  const int gaps = std::max(static_cast<int>(lanes_.size()) - 1, 1);
  const int room = Columns(style_) - left - kTextColumns;
  const int step = std::clamp(room / gaps, kNarrowestLane, kWidestLane);
  for (size_t i = 0; i < lanes_.size(); ++i) {
    lanes_[i].column = left + static_cast<int>(i) * step;
  }
}

std::string Roles(const Lane& lane) {
  if (lane.id == kClient) return "client";
  if (lane.id == kServer) return "server";
  std::string roles;
  for (const std::string& role : lane.roles) roles += (roles.empty() ? "" : ", ") + role;
  return roles.empty() ? "worker" : roles;
}

// What the worker does; with its number where another one does the same.
std::string Drawing::LaneName(const Lane& lane) const {
  const std::string roles = Roles(lane);
  const auto alike = std::count_if(lanes_.begin(), lanes_.end(),
                                   [&](const Lane& other) { return Roles(other) == roles; });
  return alike == 1 ? roles : roles + " " + std::to_string(lane.id);
}

std::string Drawing::Heading() const {
  std::string line;
  for (size_t i = 0; i < lanes_.size(); ++i) {
    line = Pad(line, lanes_[i].column);
    const int end = i + 1 < lanes_.size() ? lanes_[i + 1].column - 1 : Columns(style_);
    line += Fit(LaneName(lanes_[i]), end - lanes_[i].column, style_);
  }
  return Paint(style_, Ink::kBold, line);
}

std::string Drawing::Line(const Row& row, int left) const {
  const int place_columns = left - options_.indent - 2;
  std::string line(static_cast<size_t>(options_.indent), ' ');
  line += Paint(style_, Ink::kDim, Pad(Fit(row.place, place_columns, style_), place_columns));
  line += "  ";
  int at = left;
  for (const Lane& lane : lanes_) {
    if (lane.column < at) continue;
    line.append(static_cast<size_t>(lane.column - at), ' ');
    at = lane.column;
    if (lane.id != row.lane) {
      line += Paint(style_, Ink::kDim, glyphs_.vertical);
      ++at;
      continue;
    }
    const std::string text =
        Fit(std::string(row.glyph) + " " + Printable(row.text), Columns(style_) - at, style_);
    at += DisplayWidth(text) + 1;
    line += row.marked ? Paint(style_, Ink::kRed, text) : text;
    if (at < Columns(style_)) line += ' ';
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

std::vector<std::string> Drawing::Draw() {
  Gap gap;
  const std::vector<Row> rows = LastRows(MakeRows(), &gap);
  if (rows.empty()) return {};
  int place_columns = 0;
  for (const Row& row : rows) place_columns = std::max(place_columns, DisplayWidth(row.place));
  const int left = options_.indent + std::min(place_columns, 16) + 2;
  MakeLanes(rows);
  PlaceLanes(left);
  std::vector<std::string> lines = {Heading()};
  for (size_t i = 0; i < rows.size(); ++i) {
    if (gap.rows > 0 && i == gap.before) {
      const std::string text =
          std::string(glyphs_.more) + " " + Counted(gap.rows, "event") + " not shown";
      lines.push_back(Pad("", left) + Paint(style_, Ink::kDim, text));
    }
    lines.push_back(Line(rows[i], left));
  }
  return lines;
}

bool EndsHandler(const Event& event) {
  return event.kind == EventKind::kNotificationReturned ||
         event.kind == EventKind::kCompletionReturned || event.kind == EventKind::kThreadEnded ||
         event.kind == EventKind::kRequestEnded;
}

bool IsWorker(const Event& event) { return event.worker != trace::kNone8 && !IsClientEvent(event); }

std::vector<NightStep> Drawing::Steps() const {
  std::vector<NightStep> steps;
  const Event* last = nullptr;  // of a worker
  for (Row& row : MakeRows()) {
    const Event& event = trace_[row.event].event;
    NightStep step;
    step.worker = row.lane;
    step.text = std::move(row.text);
    if (!row.place.empty()) step.location = trace_[row.event].location;
    const auto answered = [&](const TracedEvent& one) {
      return one.event.kind == EventKind::kOperationReturned &&
             one.event.operation == event.operation && (one.event.d & trace::kPendingTrue) != 0;
    };
    step.is_decision =
        event.kind == EventKind::kClientDisconnected ||
        (event.kind == EventKind::kOperationCalled &&
         std::any_of(trace_.begin() + row.event, trace_.end(), answered)) ||
        (IsWorker(event) && last != nullptr && last->worker != event.worker && !EndsHandler(*last));
    if (IsWorker(event)) last = &event;
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace

std::vector<NightStep> SwimLaneSteps(std::span<const TracedEvent> trace, uint32_t event) {
  const Style style{.unicode = true};
  return Drawing(trace, {.event = event, .rows = 0}, style).Steps();
}

std::vector<std::string> SwimLane(std::span<const TracedEvent> trace,
                                  const SwimLaneOptions& options, const Style& style) {
  return Drawing(trace, options, style).Draw();
}

}  // namespace pendulum::report
