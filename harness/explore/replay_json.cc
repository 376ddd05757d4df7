#include "harness/explore/replay_json.h"

#include <array>
#include <charconv>

#include "harness/explore/scenario_json.h"

namespace pendulum::explore {
namespace {

using platform::JsonKind;
using platform::JsonValue;
using sched::Decision;

std::array<std::string_view, sched::kQuestionCount> QuestionNames() {
  std::array<std::string_view, sched::kQuestionCount> names;
  for (int i = 0; i < sched::kQuestionCount; ++i) {
    names[static_cast<size_t>(i)] = sched::QuestionName(static_cast<sched::Question>(i));
  }
  return names;
}

Json DecisionToJson(const Decision& decision) {
  Json json;
  json["question"] = sched::QuestionName(decision.question);
  json["answer"] = decision.answer;
  json["answers"] = decision.answers;
  const bool is_thread = decision.request == sched::kWorkerGoesOn;
  if (!is_thread && decision.request != sched::kNoRequest) json["request"] = decision.request;
  if (decision.operation != sched::kNoOperation) {
    json[is_thread ? "thread" : "operation"] = decision.operation;
  }
  return json;
}

Decision DecisionFromJson(const JsonValue& json) {
  static const auto kQuestions = QuestionNames();
  json.AllowOnly({"question", "answer", "answers", "request", "operation", "thread"});
  Decision decision = {};
  decision.question =
      static_cast<sched::Question>(json.Required("question").Choice(std::span(kQuestions)));
  decision.answers =
      static_cast<uint16_t>(json.Required("answers").Integer(2, sched::kMostAnswers, 2));
  const JsonValue answer = json.Required("answer");
  decision.answer = static_cast<uint16_t>(answer.Integer(0, decision.answers - 1));
  const JsonValue thread = json.Optional("thread");
  const JsonValue request = json.Optional("request");
  const JsonValue operation = json.Optional("operation");
  if (thread) {
    decision.request = sched::kWorkerGoesOn;
    decision.operation = static_cast<uint16_t>(thread.Integer(0, sched::kNoOperation - 1));
    if (request || operation) thread.Report("a decision is about a thread or about an operation");
    if (decision.question != sched::Question::kTransition) {
      thread.Report("only a \"transition\" lets a thread go on");
    }
    return decision;
  }
  decision.request =
      static_cast<uint8_t>(request.Integer(0, sched::kWorkerGoesOn - 1, sched::kNoRequest));
  decision.operation =
      static_cast<uint16_t>(operation.Integer(0, sched::kNoOperation - 1, sched::kNoOperation));
  return decision;
}

uint64_t HashFromJson(const JsonValue& json) {
  const std::string text = json.String();
  uint64_t hash = 0;
  const char* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, hash, 16);
  if (json.Is(JsonKind::kString) &&
      (text.size() != 16 || result.ec != std::errc() || result.ptr != end)) {
    json.Report("expected 16 hexadecimal digits");
  }
  return hash;
}

module::Instrumentation InstrumentationFromJson(const JsonValue& json) {
  std::array<std::string_view, module::kInstrumentations> names;
  for (size_t i = 0; i < names.size(); ++i) {
    names[i] = module::InstrumentationName(static_cast<module::Instrumentation>(i));
  }
  return static_cast<module::Instrumentation>(
      json.Choice(std::span<const std::string_view>(names)));
}

std::vector<std::string> StringsFromJson(const JsonValue& json) {
  std::vector<std::string> strings;
  if (!json) return strings;
  for (const JsonValue& element : json.Elements()) strings.push_back(element.String());
  return strings;
}

Json ModuleToJson(const ReplayModule& module) {
  Json json;
  if (module.sources.empty()) {
    json["path"] = module.path;
  } else {
    json["sources"] = module.sources;
    json["flags"] = module.flags;
  }
  json["hash"] = HashText(module.hash);
  return json;
}

ReplayModule ModuleFromJson(const JsonValue& json) {
  ReplayModule module;
  json.AllowOnly({"path", "sources", "flags", "hash"});
  module.path = json.Optional("path").String();
  module.sources = StringsFromJson(json.Optional("sources"));
  module.flags = StringsFromJson(json.Optional("flags"));
  module.hash = HashFromJson(json.Required("hash"));
  if (json.Is(JsonKind::kObject) && module.path.empty() == module.sources.empty()) {
    json.Report("expected either the \"path\" of a shared object or a list of \"sources\"");
  }
  return module;
}

uint64_t NumberFromJson(const JsonValue& json) { return static_cast<uint64_t>(json.Integer(0)); }

void ReadFound(const JsonValue& json, ReplayFile* replay) {
  json.AllowOnly({"strategy", "seed", "run"});
  replay->strategy = json.Required("strategy").String();
  replay->seed = NumberFromJson(json.Required("seed"));
  replay->run = NumberFromJson(json.Required("run"));
}

Json NameToJson(const NamedDecision& named) {
  Json json;
  json["position"] = named.position;
  json["words"] = named.words;
  json["key"] = HashText(named.key);
  json["chosen"] = HashText(named.chosen);
  return json;
}

NamedDecision NameFromJson(const JsonValue& json, size_t schedule_length) {
  NamedDecision named;
  json.AllowOnly({"position", "words", "key", "chosen"});
  const JsonValue position = json.Required("position");
  named.position =
      static_cast<uint32_t>(position.Integer(0, sched::kLongestSchedule - 1, named.position));
  if (position && named.position >= schedule_length) {
    position.Report("expected the position of a decision in \"schedule\"");
  }
  named.words = json.Required("words").String();
  named.key = HashFromJson(json.Required("key"));
  named.chosen = HashFromJson(json.Required("chosen"));
  return named;
}

void ReadRoot(const JsonValue& json, ReplayFile* replay) {
  json.AllowOnly({"schema", "pendulum", "specification", "modules", "finding", "found_by",
                  "trace_hash", "scenario", "instrumentation", "schedule", "decisions"});
  json.Required("schema").Choice({kReplaySchema});
  replay->pendulum = json.Required("pendulum").String();
  replay->specification = HashFromJson(json.Required("specification"));
  const JsonValue modules = json.Required("modules");
  if (modules) {
    for (const JsonValue& module : modules.Elements()) {
      replay->modules.push_back(ModuleFromJson(module));
    }
    if (modules.Is(JsonKind::kArray) && replay->modules.empty()) {
      modules.Report("expected at least one module");
    }
  }
  const JsonValue finding = json.Required("finding");
  if (finding) {
    finding.AllowOnly({"clause", "message"});
    replay->clause = finding.Required("clause").String();
    replay->message = finding.Required("message").String();
  }
  if (const JsonValue found = json.Required("found_by")) ReadFound(found, replay);
  replay->trace_hash = HashFromJson(json.Required("trace_hash"));
  replay->scenario = ScenarioFromJson(json.Required("scenario"));
  if (const JsonValue instrumentation = json.Optional("instrumentation")) {
    replay->instrumentation = InstrumentationFromJson(instrumentation);
  }
  replay->schedule = ScheduleFromJson(json.Required("schedule"));
  if (const JsonValue decisions = json.Optional("decisions")) {
    for (const JsonValue& decision : decisions.Elements()) {
      replay->decisions.push_back(NameFromJson(decision, replay->schedule.size()));
    }
  }
}

platform::Result<ReplayFile> Read(const platform::JsonDocument& document,
                                  const platform::JsonErrors& errors) {
  ReplayFile replay;
  if (errors.ok()) ReadRoot(document.root(), &replay);
  if (!errors.ok()) return errors.first();
  return replay;
}

}  // namespace

Json ScheduleToJson(std::span<const Decision> schedule) {
  Json json = Json::array();
  for (const Decision& decision : schedule) json.push_back(DecisionToJson(decision));
  return json;
}

sched::Schedule ScheduleFromJson(const JsonValue& json) {
  sched::Schedule schedule;
  if (!json) return schedule;
  for (const JsonValue& element : json.Elements()) schedule.push_back(DecisionFromJson(element));
  if (schedule.size() > sched::kLongestSchedule) {
    json.Report("expected at most " + std::to_string(sched::kLongestSchedule) + " decisions, got " +
                std::to_string(schedule.size()));
  }
  return schedule;
}

std::string WriteReplay(const ReplayFile& replay) {
  Json json;
  json["schema"] = kReplaySchema;
  json["pendulum"] = replay.pendulum;
  json["specification"] = HashText(replay.specification);
  json["modules"] = Json::array();
  for (const ReplayModule& module : replay.modules) json["modules"].push_back(ModuleToJson(module));
  json["finding"]["clause"] = replay.clause;
  json["finding"]["message"] = replay.message;
  json["found_by"]["strategy"] = replay.strategy;
  json["found_by"]["seed"] = replay.seed;
  json["found_by"]["run"] = replay.run;
  json["trace_hash"] = HashText(replay.trace_hash);
  json["scenario"] = ScenarioToJson(replay.scenario);
  if (replay.instrumentation != module::Instrumentation::kNone) {
    json["instrumentation"] = module::InstrumentationName(replay.instrumentation);
  }
  json["schedule"] = ScheduleToJson(replay.schedule);
  json["decisions"] = Json::array();
  for (const NamedDecision& named : replay.decisions) {
    json["decisions"].push_back(NameToJson(named));
  }
  return JsonText(json);
}

platform::Result<ReplayFile> ReadReplay(std::string_view text, const std::string& file) {
  platform::JsonErrors errors;
  const platform::JsonDocument document(text, file, &errors);
  return Read(document, errors);
}

platform::Result<ReplayFile> LoadReplay(const std::string& path) {
  platform::JsonErrors errors;
  const platform::JsonDocument document = platform::JsonDocument::Load(path, &errors);
  return Read(document, errors);
}

}  // namespace pendulum::explore
