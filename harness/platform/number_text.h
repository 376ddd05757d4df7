// Numbers in sentences.
#ifndef PENDULUM_PLATFORM_NUMBER_TEXT_H_
#define PENDULUM_PLATFORM_NUMBER_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace pendulum::platform {

// "23,000".
std::string Thousands(uint64_t number);

// "1 schedule", "23,000 schedules".
std::string Counted(uint64_t number, std::string_view singular);

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_NUMBER_TEXT_H_
