// The compiler and the SDK that modules are compiled with.
#ifndef PENDULUM_MODULE_TOOLCHAIN_H_
#define PENDULUM_MODULE_TOOLCHAIN_H_

#include <string>
#include <vector>

#include "harness/module/module.h"
#include "harness/platform/result.h"

namespace pendulum::module {

struct Toolchain {
  std::string compiler;  // path
  std::string sdk;       // folder
  std::string identity;  // changes when the compiler or a file of the SDK does
};

// The compiler is $CXX if that is a Clang, else the first of clang++, clang++-14 to clang++-19 on
// PATH. The SDK is $PENDULUM_SDK, else the folder this program was built with, else
// ../share/pendulum/sdk beside the program. Errors: one of them is missing.
platform::Result<Toolchain> FindToolchain();

// The flags that every module is compiled with (sdk/module.flags and those that findings need),
// without the prelude. Writes the overlay that makes header names case-insensitive to `folder`.
platform::Result<std::vector<std::string>> ModuleFlags(const Toolchain& toolchain,
                                                       const std::string& folder);

// What an instrumentation adds to them, both to compile and to link.
std::vector<const char*> InstrumentationFlags(Instrumentation instrumentation);
// The same for linking the shared object.
std::vector<const char*> InstrumentationLinkFlags(Instrumentation instrumentation);

}  // namespace pendulum::module

#endif  // PENDULUM_MODULE_TOOLCHAIN_H_
