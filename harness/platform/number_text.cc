#include "harness/platform/number_text.h"

namespace pendulum::platform {

std::string Thousands(uint64_t number) {
  std::string digits = std::to_string(number);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<size_t>(at), 1, ',');
  }
  return digits;
}

std::string Counted(uint64_t number, std::string_view singular) {
  std::string text = Thousands(number) + " " + std::string(singular);
  if (number != 1) text += 's';
  return text;
}

}  // namespace pendulum::platform
