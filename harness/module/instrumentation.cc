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
      // The code that ThreadSanitizer needs, with the load of `counter++` apart from its store,
      // with the library's strings compiled along (see the SDK's prelude), and with calls of the
      // copying functions that come to us: harness/module/access_functions.cc defines all these.
      return {"-fsanitize=thread",
              "-mllvm",
              "-tsan-instrument-read-before-write=1",
              "-mllvm",
              "-tsan-instrument-func-entry-exit=0",
              "-DPENDULUM_ACCESSES"};
    case Instrumentation::kThread:
      return {"-fsanitize=thread"};
  }
  return {};
}

std::vector<const char*> InstrumentationLinkFlags(Instrumentation instrumentation) {
  if (instrumentation != Instrumentation::kAccesses) return {};
  return {"-Wl,-Bsymbolic-functions", "-Wl,--wrap=memcpy,--wrap=memmove,--wrap=memset"};
}

}  // namespace pendulum::module
