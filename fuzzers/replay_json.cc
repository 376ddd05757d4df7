// Any text as a replay file: it is refused with an error, or used; written and read again it is the
// same. So the scenario in it, and the bytes that an input of a fuzz target would have.
#include "harness/explore/replay_json.h"

#include <string>
#include <string_view>

#include "fuzzers/fuzzer.h"
#include "harness/fuzz/input.h"

namespace pendulum::fuzzers {
namespace {

void RequireSameBytes(const explore::ReplayFile& replay) {
  fuzz::Input input;
  input.scenario = replay.scenario;
  input.answers = sched::AnswersOf(replay.schedule);
  const auto bytes = fuzz::Encode(input);
  if (!bytes.ok()) return Require(!bytes.error().place.empty(), "an error has no place");
  const auto again = fuzz::Encode(fuzz::Decode(*bytes));
  Require(again.ok() && *again == *bytes, "the bytes differ when they are decoded and encoded");
}

void Try(std::string_view text) {
  const auto replay = explore::ReadReplay(text, "input.json");
  if (!replay.ok()) return Require(!replay.error().message.empty(), "an error has no message");
  ++accepted_inputs;
  const std::string written = explore::WriteReplay(*replay);
  const auto again = explore::ReadReplay(written, "written.json");
  if (!again.ok()) std::fprintf(stderr, "%s\n", again.error().Text().c_str());
  Require(again.ok(), "what the writer wrote is refused");
  Require(explore::WriteReplay(*again) == written, "the file differs when it is read again");
  RequireSameBytes(*replay);
}

}  // namespace
}  // namespace pendulum::fuzzers

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  pendulum::fuzzers::Try({reinterpret_cast<const char*>(data), size});
  return 0;
}
