#include "harness/oracle/gaps.h"

#include <algorithm>

#include "harness/trace/fields.h"

namespace pendulum::oracle {
namespace {

using trace::Event;
using trace::EventKind;
using trace::FieldSet;

EventKind KindOf(size_t source) { return static_cast<EventKind>(source / kSourcesOfKind); }

std::string KindText(size_t source) { return std::string(trace::EventName(KindOf(source))); }

std::string RequestWords(const std::set<uint8_t>& requests) {
  if (requests.size() > 1) return std::to_string(requests.size()) + " requests";
  return "request " + std::to_string(*requests.begin());
}

std::string LineWords(const std::set<int>& lines) {
  std::string text = "line " + std::to_string(*lines.begin());
  if (lines.size() > 1) text += " and " + std::to_string(lines.size() - 1) + " more";
  return text;
}

template <typename Visit>
void ForEachSource(const SourceSet& sources, Visit visit) {
  // libstdc++'s own: sets are large and nearly empty.
  for (size_t i = sources._Find_first(); i < sources.size(); i = sources._Find_next(i)) visit(i);
}

}  // namespace

void Gap::Add(const Gap& other) {
  sources |= other.sources;
  begun_before.insert(other.begun_before.begin(), other.begun_before.end());
  not_ended.insert(other.not_ended.begin(), other.not_ended.end());
  run_begun_before = run_begun_before || other.run_begun_before;
  run_not_ended = run_not_ended || other.run_not_ended;
}

Gaps::Gaps(const trace::TraceFile& file)
    : all_known_(file.mode == trace::AbsentMode::kDefault),
      begins_run_(!file.events.empty() && file.events.front().kind == EventKind::kRunBegan),
      recorded_(file.recorded) {
  for (int i = 0; i < trace::kEventKindCount; ++i) {
    const auto kind = static_cast<EventKind>(i);
    if (!IsRecorded(kind)) unrecorded_.set(SourceOf(kind, kHappened));
  }
}

bool Gaps::IsRecorded(EventKind kind) const {
  return all_known_ || (recorded_ & trace::KindBit(kind)) != 0;
}

void Gaps::Note(const Event& event, FieldSet absent, int line) {
  at_event_ = SourcesOf(event.kind, absent);
  ForEachSource(at_event_, [&](size_t source) { lines_[source].insert(line); });
  worker_ = event.worker;
  unclear_ = (absent & trace::kOperationField) != 0;
  const SourceSet worker = SourcesOf(event.kind, trace::kWorkerField);
  everywhere_ |= at_event_ & worker;
  of_run_ |= at_event_;
  of_request_[event.request] |= at_event_;
  if (event.operation != trace::kNone16) {
    of_operation_[event.operation] |= at_event_;
    if (event.kind == EventKind::kOperationCalled) {
      operations_[event.request].insert(event.operation);
    }
  }
  if (unclear_) NoteUnclear(event);
  NoteFrame(event);
}

// Any operation of the request may have been meant.
void Gaps::NoteUnclear(const Event& event) {
  SourceSet unclear = EverySourceOf(event.kind);
  unclear &= ~SourcesOf(event.kind, trace::kWorkerField);
  of_run_ |= unclear;
  of_request_[event.request] |= unclear;
  for (uint16_t operation : operations_[event.request]) of_operation_[operation] |= unclear;
}

void Gaps::NoteFrame(const Event& event) {
  std::vector<uint8_t>& frames = frames_[event.worker];
  if (event.kind == EventKind::kNotificationEntered ||
      event.kind == EventKind::kCompletionDelivered) {
    frames.push_back(event.request);
  }
  if (event.kind != EventKind::kNotificationReturned &&
      event.kind != EventKind::kCompletionReturned) {
    return;
  }
  const auto own = std::find(frames.rbegin(), frames.rend(), event.request);
  if (own != frames.rend()) frames.erase(own.base() - 1, frames.end());
}

SourceSet Gaps::MissingOf(uint8_t request) const {
  const auto found = of_request_.find(request);
  return found == of_request_.end() ? SourceSet() : found->second;
}

Gap Gaps::Missing(const FieldInfo& field, const Whom& whom) const {
  Gap gap;
  if (all_known_) return gap;
  const Dependencies& dependencies = DependenciesOf(field);
  SourceSet missing;
  switch (dependencies.reach) {
    case Reach::kStructure:
      return gap;
    case Reach::kEvent:
      gap.sources = dependencies.sources & at_event_;
      return gap;
    case Reach::kOperation:
      missing = unrecorded_;
      if (const auto found = of_operation_.find(whom.operation); found != of_operation_.end()) {
        missing |= found->second;
      } else if (HasBegunBefore(whom.request)) {
        gap.begun_before.insert(whom.request);
      }
      break;
    case Reach::kRequest: {
      missing = unrecorded_ | everywhere_ | MissingOf(whom.request);
      std::set<uint8_t> requests = {whom.request};
      const auto frames = frames_.find(worker_);
      const bool in_frame = frames != frames_.end() && !frames->second.empty();
      if (field.object == Object::handler && in_frame) requests.insert(frames->second.back());
      for (uint8_t request : requests) {
        missing |= MissingOf(request);
        if (HasBegunBefore(request)) gap.begun_before.insert(request);
      }
      break;
    }
    case Reach::kRun:
      missing = unrecorded_ | of_run_;
      gap.begun_before = begun_before_;
      gap.run_begun_before = !begins_run_;
      break;
  }
  gap.sources = dependencies.sources & missing;
  const bool meant = field.object == Object::operation || field.object == Object::delivery ||
                     (field.object == Object::completion && field.name == "same_worker");
  if (unclear_ && whom.at_hand && meant) {
    ForEachSource(at_event_, [&](size_t source) {
      if (source % kSourcesOfKind == kItsOperation) gap.sources.set(source);
    });
  }
  return gap;
}

std::string Gaps::FieldWords(size_t source) const {
  const auto lines = lines_.find(source);
  const std::string where = lines == lines_.end() ? "" : LineWords(lines->second);
  const int which = static_cast<int>(source % kSourcesOfKind);
  if (which == kItsOperation || where.empty()) {
    return "needs the operation that " + KindText(source) + " concerns" +
           (where.empty() ? "" : ", which " + where + " leaves open");
  }
  const std::string name =
      which == kItsWorker ? "worker" : std::string(trace::FieldsOf(KindOf(source))[which].name);
  return "needs " + name + " of " + KindText(source) + ", absent on " + where;
}

std::vector<std::string> Gaps::Reasons(const Gap& gap) const {
  std::vector<std::string> reasons;
  if (!gap.begun_before.empty()) {
    reasons.push_back("the trace begins in the middle of " + RequestWords(gap.begun_before));
  }
  if (gap.run_begun_before) {
    reasons.emplace_back(
        "the trace does not begin with run.began: there may have been more before");
  }
  if (!gap.not_ended.empty()) {
    reasons.push_back("the trace ended first, before " + RequestWords(gap.not_ended) + " did");
  }
  if (gap.run_not_ended) reasons.emplace_back("the trace ended first, before the run did");
  SourceSet unclear;
  ForEachSource(gap.sources, [&](size_t source) {
    const bool whole = source % kSourcesOfKind == kHappened;
    if (whole && unrecorded_[source]) {
      reasons.push_back("needs " + KindText(source) + ", which this trace doesn't record");
    }
  });
  ForEachSource(gap.sources, [&](size_t source) {
    const size_t operation = SourceOf(KindOf(source), kItsOperation);
    const bool is_field = lines_.contains(source) && source != operation;
    if (is_field) reasons.push_back(FieldWords(source));
    // Every source of the kind is missing when it is not clear whom the event concerns.
    if (!is_field && !unrecorded_[source]) unclear.set(operation);
  });
  ForEachSource(unclear, [&](size_t source) { reasons.push_back(FieldWords(source)); });
  return reasons;
}

std::string Gaps::Words(const Gap& gap) const {
  constexpr size_t kMost = 3;
  const std::vector<std::string> reasons = Reasons(gap);
  std::string text;
  for (size_t i = 0; i < std::min(reasons.size(), kMost); ++i) {
    text += (i == 0 ? "" : "; ") + reasons[i];
  }
  if (reasons.size() > kMost) text += "; and " + std::to_string(reasons.size() - kMost) + " more";
  return text;
}

}  // namespace pendulum::oracle
