#include "harness/fuzz/input.h"

#include <algorithm>
#include <array>
#include <string>

#include "harness/fuzz/codec.h"
#include "harness/fuzz/scenario_code.h"
#include "harness/sched/schedule.h"

namespace pendulum::fuzz {
namespace {

constexpr std::array<std::string_view, kTargets> kNames = {
    "module", "write", "flush", "read_entity_body", "post_completion", "pipeline"};

template <class Codec>
void CodeAnswers(Codec* codec, sched::Answers* answers) {
  for (size_t question = 0; question < answers->size(); ++question) {
    std::vector<uint16_t>& list = (*answers)[question];
    auto count = static_cast<uint32_t>(list.size());
    codec->Count(&count, 0, sched::kLongestSchedule, "/schedule");
    list.resize(count);
    for (uint16_t& answer : list) {
      uint32_t number = answer;
      codec->Number(&number, 0, sched::kMostAnswers - 1, "/schedule");
      answer = static_cast<uint16_t>(number);
    }
  }
}

}  // namespace

std::string_view TargetName(Target target) { return kNames[static_cast<size_t>(target)]; }

std::optional<Target> FindTarget(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Target>(found - kNames.begin());
}

Target TargetOf(std::span<const uint8_t> bytes) {
  return static_cast<Target>(bytes.empty() ? 0 : bytes[0] % kTargets);
}

Input Decode(std::span<const uint8_t> bytes) {
  Decoder decoder;
  decoder.Decode(bytes);
  return decoder.input();
}

bool Decoder::Decode(std::span<const uint8_t> bytes) {
  const size_t known = scenario_bytes_.size();
  const bool same = known != 0 && bytes.size() >= known &&
                    std::equal(scenario_bytes_.begin(), scenario_bytes_.end(), bytes.begin());
  Reader reader(same ? bytes.subspan(known) : bytes);
  if (!same) {
    input_.target = TargetOf(bytes);
    input_.scenario = host::Scenario();
    reader.Byte();
    CodeScenario(&reader, &input_.scenario);
    input_.scenario.name = "fuzz-";
    for (const char character : TargetName(input_.target)) {
      input_.scenario.name += character == '_' ? '-' : character;
    }
    input_.scenario.title = "an input of the fuzz target " + std::string(TargetName(input_.target));
    scenario_bytes_.clear();
    if (!reader.ran_out()) {
      scenario_bytes_.assign(bytes.begin(), bytes.begin() + static_cast<long>(reader.position()));
    }
  }
  CodeAnswers(&reader, &input_.answers);
  sched::TrimAnswers(&input_.answers);
  return !same;
}

platform::Result<std::vector<uint8_t>> EncodeScenario(Target target,
                                                      const host::Scenario& scenario) {
  Writer writer;
  writer.PutByte(static_cast<uint8_t>(target));
  host::Scenario copy = scenario;
  CodeScenario(&writer, &copy);
  return writer.TakeAll();
}

platform::Result<std::vector<uint8_t>> EncodeAnswers(std::span<const uint8_t> scenario,
                                                     sched::Answers* answers) {
  Writer writer;
  for (const uint8_t byte : scenario) writer.PutByte(byte);
  sched::TrimAnswers(answers);
  CodeAnswers(&writer, answers);
  return writer.Take();
}

platform::Result<std::vector<uint8_t>> Encode(const Input& input) {
  Writer writer;
  writer.PutByte(static_cast<uint8_t>(input.target));
  // The description is the same for both directions, so it takes what it might change.
  host::Scenario scenario = input.scenario;
  sched::Answers answers = input.answers;
  sched::TrimAnswers(&answers);
  CodeScenario(&writer, &scenario);
  CodeAnswers(&writer, &answers);
  return writer.Take();
}

}  // namespace pendulum::fuzz
