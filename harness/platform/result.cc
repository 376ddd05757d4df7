#include "harness/platform/result.h"

namespace pendulum::platform {

std::string Error::Text() const {
  std::string text;
  if (!place.empty()) text = place + ": ";
  text += message;
  if (!remedy.empty()) text += " (" + remedy + ")";
  return text;
}

}  // namespace pendulum::platform
