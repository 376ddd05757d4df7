#include "harness/report/call_script.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <string_view>
#include <vector>

#include "harness/report/call_words.h"
#include "harness/report/event_text.h"
#include "harness/report/text.h"
#include "harness/report/told_event.h"
#include "harness/trace/names.h"

namespace pendulum::report {
namespace {

using explore::Finding;
using explore::TracedEvent;
using trace::Event;
using trace::EventKind;

// Writes the steps of one run. Threads have numbers in the order in which they are seen.
class Script {
 public:
  Script(std::span<const TracedEvent> trace, bool several) : trace_(trace), several_(several) {}

  // What happened in this event; empty: nothing to tell.
  std::string Step(uint32_t index);

 private:
  std::string Thread(const Event& event) {
    const auto [at, added] =
        threads_.try_emplace(event.worker, static_cast<int>(threads_.size() + 1));
    return "thread " + std::to_string(at->second);
  }
  std::string OfRequest(const Event& event) const {
    return several_ && event.request != trace::kNone8
               ? " of request " + std::to_string(event.request)
               : "";
  }
  std::string Place(uint32_t index) const {
    const module::Location& place = trace_[index].location;
    if (place.line <= 0 || !IsFromModule(trace_[index].event)) return "";
    return " [" + std::string(BaseName(place.file)) + ":" + std::to_string(place.line) + "]";
  }
  const Event* OperationOf(const Event& event) const;
  std::string Running(const Event& event) const;
  std::string Completion(const Event& event);
  std::string Handler(uint32_t index);

  std::span<const TracedEvent> trace_;
  bool several_;
  std::map<uint8_t, int> threads_;
  std::map<uint8_t, std::vector<std::string>> inside_;  // handlers that have not returned
};

const Event* Script::OperationOf(const Event& event) const {
  if (event.operation == trace::kNone16) return nullptr;
  for (const TracedEvent& one : trace_) {
    if (one.event.kind == EventKind::kOperationCalled && one.event.operation == event.operation) {
      return &one.event;
    }
  }
  return nullptr;
}

// Which handlers other threads are still in.
std::string Script::Running(const Event& event) const {
  std::string text;
  for (const auto& [worker, handlers] : inside_) {
    if (worker == event.worker || handlers.empty()) continue;
    text += (text.empty() ? " Meanwhile " : " and ") + handlers.back() + " on thread " +
            std::to_string(threads_.at(worker)) + " has not returned";
  }
  return text.empty() ? "" : text + ".";
}

std::string Script::Completion(const Event& event) {
  const Event* const operation = OperationOf(event);
  const std::string handler =
      (event.d & trace::kByRoutine) != 0 ? "the completion routine" : "OnAsyncCompletion";
  std::string text = (operation != nullptr ? OperationText(*operation) : "An operation") +
                     " completes: on " + Thread(event) + " the server calls " + handler +
                     OfRequest(event) + " with " +
                     trace::ValueText(trace::ValueType::kNotification, event.d & 0xFF) +
                     ", fPostNotification: " + ((event.d & trace::kPost) != 0 ? "TRUE" : "FALSE") +
                     ", GetCompletionBytes: " + std::to_string(event.a) +
                     ", GetCompletionStatus: " + HresultText(event.b) + ".";
  text += Running(event);
  inside_[event.worker].push_back(handler);
  return text;
}

// Of what begins or ends on a thread.
std::string Script::Handler(uint32_t index) {
  const Event& event = trace_[index].event;
  if (event.kind == EventKind::kNotificationEntered) {
    const std::string text = "On " + Thread(event) + " the server calls " + HandlerName(event.d) +
                             OfRequest(event) + "." + Running(event);
    inside_[event.worker].push_back(HandlerName(event.d));
    return text;
  }
  std::vector<std::string>& inside = inside_[event.worker];
  const std::string name = inside.empty() ? "The handler" : inside.back();
  if (!inside.empty()) inside.pop_back();
  return name + " on " + Thread(event) + " returns " +
         trace::ValueText(trace::ValueType::kStatus, event.b) + ".";
}

std::string Script::Step(uint32_t index) {
  const Event& event = trace_[index].event;
  switch (event.kind) {
    case EventKind::kNotificationEntered:
    case EventKind::kNotificationReturned:
    case EventKind::kCompletionReturned:
      return Handler(index);
    case EventKind::kCompletionDelivered:
      return Completion(event);
    case EventKind::kOperationCalled:
      return "On " + Thread(event) + " the module calls " + CallWords(event) + OfRequest(event) +
             ": this is " + OperationText(event) + "." + Place(index);
    case EventKind::kOperationReturned: {
      const Event* const operation = OperationOf(event);
      return (operation != nullptr ? OperationText(*operation) : "The call") + " returns " +
             AnswerWords(operation, event) + ".";
    }
    case EventKind::kRequestBegan:
      return "The server begins request " + std::to_string(event.request) + ".";
    case EventKind::kRequestEnded:
      return "Request " + std::to_string(event.request) + " is over.";
    case EventKind::kRequestParked:
      return "Nothing more happens: request " + std::to_string(event.request) + " stays in " +
             HandlerName(event.d) + ".";
    default:
      break;
  }
  if (!IsTold(event)) return "";
  std::string text = EventText(event, OperationOf(event));
  if (IsClientEvent(event)) {
    return "The " + text + OfRequest(event) + ".";
  }
  if (event.kind == EventKind::kCall) {
    text = "On " + Thread(event) + " the module calls " + text;
  } else if (event.worker != trace::kNone8 && threads_.contains(event.worker)) {
    text = "On " + Thread(event) + ": " + text;
  } else if (!text.empty()) {
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  }
  return text + OfRequest(event) + "." + Place(index);
}

// One item of a list in lines, of which the first begins with `label`.
void Add(const std::string& label, const std::string& words, int columns, std::string* text) {
  std::string begin = label;
  for (const std::string& line : Wrap(Printable(words), columns - static_cast<int>(label.size()))) {
    *text += begin + line + "\n";
    begin.assign(label.size(), ' ');
  }
}

void AddRule(const Finding& finding, int columns, std::string* text) {
  Add("", finding.clause + ": " + finding.message + ".", columns, text);
  *text += "\n";
  Add("Rule:   ", finding.title + ".", columns, text);
  for (const oracle::Source& source : finding.sources) {
    std::string page = PageAddress(source.page);
    if (!source.section.empty()) page += ", section " + source.section;
    *text += "Source: " + page + "\n";  // an address is not broken
  }
  if (!finding.fix.empty()) Add("Mend:   ", finding.fix, columns, text);
}

void AddWorld(const host::Scenario& scenario, int columns, std::string* text) {
  for (size_t i = 0; i < scenario.requests.size(); ++i) {
    *text += "\nRequest " + std::to_string(i) + "\n";
    for (const std::string& words : RequestWords(scenario.requests[i])) {
      Add("  ", words, columns, text);
    }
  }
  const std::vector<std::string> settings = SettingWords(scenario);
  if (settings.empty()) return;
  *text += "\nThe server, where it is not as usual\n";
  for (const std::string& words : settings) Add("  ", words, columns, text);
}

}  // namespace

std::string CallScript(const Finding& finding, const host::Scenario& scenario,
                       std::span<const TracedEvent> trace, int columns) {
  std::string text;
  AddRule(finding, columns, &text);
  AddWorld(scenario, columns, &text);
  text += "\nCall by call\n";
  Script script(trace, scenario.requests.size() > 1);
  int number = 0;
  for (uint32_t i = 0; i < trace.size() && i <= finding.event; ++i) {
    const std::string step = script.Step(i);
    if (step.empty()) continue;
    std::string label = std::to_string(++number) + ". ";
    label.insert(0, label.size() < 5 ? 5 - label.size() : 0, ' ');
    Add(label, step, columns, &text);
  }
  Add("  => ", "This breaks " + finding.clause + ": " + finding.message + ".", columns, &text);
  return text;
}

}  // namespace pendulum::report
