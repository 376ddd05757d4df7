// JSON for people and programs: indented, but what fits on a line stands on one.
#ifndef PENDULUM_EXPLORE_JSON_TEXT_H_
#define PENDULUM_EXPLORE_JSON_TEXT_H_

#include <nlohmann/json.hpp>
#include <string>

namespace pendulum::explore {

// Members keep the order in which they were added.
using Json = nlohmann::ordered_json;

// The text of `json`, ending in a newline. Bytes that are no UTF-8 become U+FFFD.
std::string JsonText(const Json& json);

// A 64-bit hash as it stands in files: 16 hexadecimal digits.
std::string HashText(uint64_t hash);

}  // namespace pendulum::explore

#endif  // PENDULUM_EXPLORE_JSON_TEXT_H_
