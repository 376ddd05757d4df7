// Whole files, and hashes of their contents.
#ifndef PENDULUM_PLATFORM_FILE_H_
#define PENDULUM_PLATFORM_FILE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "harness/platform/result.h"

namespace pendulum::platform {

// Errors name the path and the system's reason.
Result<std::string> ReadFile(const std::string& path);
// Writes a file as a whole: a reader sees the old content or the new one. Makes no folders.
Status WriteFile(const std::string& path, std::string_view content);
// Makes a folder and those above it.
Status MakeFolder(const std::string& path);

// FNV-1a in 64 bits: the same on every machine. `seed` chains hashes.
inline constexpr uint64_t kHashSeed = 0xCBF29CE484222325;
uint64_t Hash(std::string_view bytes, uint64_t seed = kHashSeed);

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_FILE_H_
