// What makes two findings the same one: rule, operation, timing class and place.
#ifndef PENDULUM_NIGHTLY_FINGERPRINT_H_
#define PENDULUM_NIGHTLY_FINGERPRINT_H_

#include <string>

#include "harness/module/module.h"

namespace pendulum::nightly {

struct FindingIdentity {
  std::string rule;
  std::string operation;
  std::string timing;
  module::Location place;   // its file relative to the configuration's folder
  std::string source_line;  // the text of that line; empty: not known
  std::string target;       // counts only where the place is not known
};

// 16 hexadecimal digits. The place is the function and the text of the line, so that lines that are
// inserted above it change nothing; its number counts only where the text is not known.
std::string Fingerprint(const FindingIdentity& identity);

// The text of a line of a file, from 1, without the spaces around it and with single ones within;
// empty where there is none.
std::string SourceLine(const std::string& path, int line);

}  // namespace pendulum::nightly

#endif  // PENDULUM_NIGHTLY_FINGERPRINT_H_
