// Source lines of code addresses, from debug information.
#ifndef PENDULUM_PLATFORM_SYMBOLS_H_
#define PENDULUM_PLATFORM_SYMBOLS_H_

#include <cstdint>
#include <string>
#include <vector>

namespace pendulum::platform {

struct SourceLine {
  std::string file;
  int line = 0;  // 0: not known
  std::string function;
};

// Asks llvm-symbolizer, or addr2line where that is not installed, for the lines of `addresses` (as
// linked, not as loaded) in the image at `path`: one process for all of them. The answer has one
// element for each address; without a tool or debug information its line is 0.
//
// Of functions that were inlined into each other the innermost is given whose file lies in none of
// the folders `passed_over` (library headers, in which nobody looks for a mistake); without such a
// one the innermost.
std::vector<SourceLine> FindLines(const std::string& path, const std::vector<uint64_t>& addresses,
                                  const std::vector<std::string>& passed_over = {"/usr/"});

// A C++ name as a person writes it; `symbol` itself when it is no mangled name.
std::string Demangle(const std::string& symbol);

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_SYMBOLS_H_
