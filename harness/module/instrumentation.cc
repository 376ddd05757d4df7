#include "harness/module/module.h"
#include "harness/module/toolchain.h"

namespace pendulum::module {
namespace {

constexpr const char* kNames[kInstrumentations] = {"none", "address", "accesses", "thread"};

}  // namespace

const char* InstrumentationName(Instrumentation instrumentation) {
  return kNames[static_cast<size_t>(instrumentation)];
}

std::optional<Instrumentation> FindInstrumentation(std::string_view name) {
  for (int i = 0; i < kInstrumentations; ++i) {
    if (name == kNames[i]) return static_cast<Instrumentation>(i);
  }
  return std::nullopt;
}

std::vector<const char*> InstrumentationFlags(Instrumentation instrumentation) {
  switch (instrumentation) {
    case Instrumentation::kNone:
      break;
    case Instrumentation::kAddress:
      // A report ends the run: what comes after it says nothing. Interfaces cross from objects that
      // were compiled without the information that the check of virtual tables needs.
      return {"-fsanitize=address,undefined", "-fno-sanitize=vptr", "-fno-sanitize-recover=all"};
    case Instrumentation::kAccesses:
    case Instrumentation::kThread:
      // The same code: which definitions of __tsan_read4 and its kin it meets is the program's
      // business.
      return {"-fsanitize=thread"};
  }
  return {};
}

}  // namespace pendulum::module
