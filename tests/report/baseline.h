// Texts that are kept in tests/baselines/ and compared with what the program writes now.
#ifndef PENDULUM_TESTS_REPORT_BASELINE_H_
#define PENDULUM_TESTS_REPORT_BASELINE_H_

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace pendulum {

// Whether `text` is the content of tests/baselines/`name`. With PENDULUM_UPDATE_BASELINES set in
// the environment the file is written instead.
inline testing::AssertionResult MatchesBaseline(const std::string& name, const std::string& text) {
  const std::string path = PENDULUM_SOURCE_DIR "/tests/baselines/" + name;
  if (std::getenv("PENDULUM_UPDATE_BASELINES") != nullptr) {
    std::ofstream(path) << text;
    return testing::AssertionSuccess() << path << " was written";
  }
  std::ifstream file(path);
  if (!file) return testing::AssertionFailure() << "there is no " << path;
  std::stringstream kept;
  kept << file.rdbuf();
  if (kept.str() == text) return testing::AssertionSuccess();
  return testing::AssertionFailure()
         << path << " differs; PENDULUM_UPDATE_BASELINES=1 writes it anew. The text now:\n"
         << text;
}

}  // namespace pendulum

#endif  // PENDULUM_TESTS_REPORT_BASELINE_H_
