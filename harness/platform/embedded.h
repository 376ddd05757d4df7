// Text files that were built into the program by cmake/EmbedFiles.cmake.
#ifndef PENDULUM_PLATFORM_EMBEDDED_H_
#define PENDULUM_PLATFORM_EMBEDDED_H_

#include <cstddef>
#include <string_view>

namespace pendulum::platform {

struct EmbeddedFile {
  std::string_view name;  // without folders
  std::string_view content;
};

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_EMBEDDED_H_
