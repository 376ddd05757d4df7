// How a module gets in: compiled from source, or loaded from a shared object, with what it takes to
// start each run clean.
#ifndef PENDULUM_MODULE_MODULE_H_
#define PENDULUM_MODULE_MODULE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/platform/result.h"
#include "harness/win32/boundary.h"

class IHttpModuleRegistrationInfo;
class IHttpServer;

namespace pendulum::module {

using RegisterModuleFunction = int32_t (*)(uint32_t server_version,
                                           IHttpModuleRegistrationInfo* info, IHttpServer* server);

// A module in memory. Loading runs its static constructors; then its image (writable data, thread
// data, heap) is remembered.
class Module {
 public:
  // Loads the shared object at `path` and finds RegisterModule (with C or C++ linkage). Errors:
  // file missing, not a shared object, undefined symbol (named), no RegisterModule.
  static platform::Result<std::unique_ptr<Module>> Load(const std::string& path);
  ~Module();

  RegisterModuleFunction register_module() const;
  const std::string& path() const;
  const std::string& name() const;  // file name without folder and extension

  // The addresses of its code and data, for win32::boundary.
  uintptr_t image_begin() const;
  uintptr_t image_end() const;
  // The part of it that can be executed.
  uintptr_t code_begin() const;
  uintptr_t code_end() const;

  // Puts the module's writable data, its thread-local data and its heap back to what they were
  // after loading. No module code may be on any stack.
  void Restore();

  // Exchanges the module's thread-local data when another worker goes on (see SetSwitchHook);
  // `to_thread` is the number of the thread that is entered. Not needed without such data.
  bool has_thread_data() const;
  void SwitchThread(sched::WorkerId from, sched::WorkerId to, uint32_t to_thread);

  // The offset of `address` in the image plus one; 0 when it lies elsewhere.
  uint32_t SiteOffset(const void* address) const;

  // Blocks of the heap (all modules share it) that are not freed, beyond those of loading.
  size_t outstanding_blocks() const;

 private:
  Module();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// A source line of a module.
struct Location {
  std::string file;  // as the compiler was told it
  int line = 0;      // 0: not known
  std::string function;
};

// Looks up sites (return addresses: offset in the image plus one, as SiteOffset gives them) through
// the module's debug information, with one external call for all.
std::vector<Location> Symbolize(const std::string& path, const std::vector<uint32_t>& offsets);

// What the compiler adds to a module's code to see more of what it does.
enum class Instrumentation : uint8_t {
  kNone,
  kAddress,   // AddressSanitizer and UndefinedBehaviorSanitizer
  kAccesses,  // each load and store of memory that others may see is told to Pendulum
  kThread,    // ThreadSanitizer
};
inline constexpr int kInstrumentations = 4;

// "none", "address", "accesses", "thread": as the command line and replay files have them.
const char* InstrumentationName(Instrumentation instrumentation);
std::optional<Instrumentation> FindInstrumentation(std::string_view name);

// What to compile. Sources are compiled together into one shared object in `work_folder`.
struct CompileRequest {
  std::vector<std::string> sources;
  std::vector<std::string> flags;  // what the user gave after `--`
  std::string work_folder;
  Instrumentation instrumentation = Instrumentation::kNone;
};

// Compiles and links with the flags that a module needs (the SDK's headers, prelude, debug
// information). Returns the path of the shared object; the same sources, flags, instrumentation and
// compiler give the cached result. The error holds the compiler's own messages.
platform::Result<std::string> Compile(const CompileRequest& request);

}  // namespace pendulum::module

#endif  // PENDULUM_MODULE_MODULE_H_
