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

// A text that goes on after a number, as it reads after 1: " chunks were" becomes " chunk was".
// Nouns that are not known to it stay as they are.
std::string AfterOne(std::string_view text);

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_NUMBER_TEXT_H_
