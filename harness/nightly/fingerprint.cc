#include "harness/nightly/fingerprint.h"

#include <initializer_list>
#include <sstream>
#include <string_view>

#include "harness/explore/json_text.h"
#include "harness/platform/file.h"

namespace pendulum::nightly {

std::string Fingerprint(const FindingIdentity& identity) {
  const bool placed = identity.place.line > 0;
  const std::string number =
      placed && identity.source_line.empty() ? std::to_string(identity.place.line) : "";
  const std::string target = placed ? "" : identity.target;
  const std::initializer_list<std::string_view> parts = {
      identity.rule,           identity.operation,   identity.timing, identity.place.file,
      identity.place.function, identity.source_line, number,          target};
  uint64_t hash = platform::kHashSeed;
  // A byte that no part has keeps them apart.
  for (const std::string_view part : parts) {
    hash = platform::Hash(std::string_view("\0", 1), platform::Hash(part, hash));
  }
  return explore::HashText(hash);
}

std::string SourceLine(const std::string& path, int line) {
  if (line <= 0) return "";
  const auto text = platform::ReadFile(path);
  if (!text.ok()) return "";
  std::istringstream lines(*text);
  std::string found;
  for (int i = 0; i < line; ++i) {
    if (!std::getline(lines, found)) return "";
  }
  std::istringstream words(found);
  std::string result, word;
  while (words >> word) result += (result.empty() ? "" : " ") + word;
  return result;
}

}  // namespace pendulum::nightly
