#include "tests/oracle/mutated_traces.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>

#include "harness/trace/json_lines.h"
#include "harness/trace/names.h"

namespace pendulum::oracle {

namespace {

using trace::Event;

std::vector<Trace> LoadTraces() {
  std::vector<std::string> paths;
  const std::filesystem::path folder = PENDULUM_SOURCE_DIR "/tests/spec";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".jsonl") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Trace> traces;
  for (const std::string& path : paths) {
    auto file = trace::LoadTrace(path);
    EXPECT_TRUE(file.ok()) << file.error().Text();
    if (file.ok()) traces.push_back(file->events);
  }
  return traces;
}

}  // namespace

const std::vector<Trace>& Traces() {
  static const std::vector<Trace> traces = LoadTraces();
  return traces;
}

void MutateEvent(Numbers* numbers, trace::Event* event) {
  const auto small = [&] { return numbers->Below(8) == 0 ? numbers->Next() : numbers->Below(4); };
  switch (numbers->Below(9)) {
    case 0:
      event->kind = static_cast<trace::EventKind>(numbers->Below(trace::kEventKindCount));
      break;
    case 1:
      event->worker = static_cast<uint8_t>(small());
      break;
    case 2:
      event->request = static_cast<uint8_t>(small());
      break;
    case 3:
      event->module = static_cast<uint8_t>(small());
      break;
    case 4:
      event->operation = static_cast<uint16_t>(small());
      break;
    case 5:
      event->d ^= static_cast<uint16_t>(1u << numbers->Below(16));
      break;
    case 6:
      event->a = numbers->Below(4) == 0 ? 0x80070026 : small() * 256;
      break;
    case 7:
      event->b = numbers->Below(4) == 0 ? 0x80070026 : small() * 256;
      break;
    default:
      event->d = static_cast<uint16_t>(numbers->Below(16));
      break;
  }
}

Trace Mutated(Trace trace, Numbers* numbers) {
  for (uint32_t mutations = 1 + numbers->Below(6); mutations > 0 && !trace.empty(); --mutations) {
    const auto size = static_cast<uint32_t>(trace.size());
    const auto place = trace.begin() + numbers->Below(size);
    switch (numbers->Below(6)) {
      case 0:
        trace.erase(place);
        break;
      case 1: {
        const Event copy = *place;
        trace.insert(trace.begin() + numbers->Below(size), copy);
        break;
      }
      case 2: {
        const Trace& other = Traces()[numbers->Below(static_cast<uint32_t>(Traces().size()))];
        if (other.empty()) break;
        trace.insert(place, other[numbers->Below(static_cast<uint32_t>(other.size()))]);
        break;
      }
      default:
        MutateEvent(numbers, &*place);
        break;
    }
  }
  return trace;
}

Trace Rearranged(Trace trace, Numbers* numbers) {
  for (uint32_t swaps = 1 + numbers->Below(4); swaps > 0 && trace.size() > 1; --swaps) {
    const uint32_t place = numbers->Below(static_cast<uint32_t>(trace.size()) - 1);
    std::swap(trace[place], trace[place + 1]);
  }
  return trace;
}

bool Equal(const Violation& one, const Violation& other) {
  return one.clause == other.clause && one.event == other.event &&
         one.started_event == other.started_event && one.request == other.request &&
         one.module == other.module && one.operation == other.operation &&
         std::equal(std::begin(one.values), std::end(one.values), std::begin(other.values));
}

}  // namespace pendulum::oracle
