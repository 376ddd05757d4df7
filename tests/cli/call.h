// The program called in this process.
#ifndef PENDULUM_TESTS_CLI_CALL_H_
#define PENDULUM_TESTS_CLI_CALL_H_

#include <sstream>
#include <string>
#include <vector>

#include "harness/cli/command.h"

namespace pendulum::cli {

struct Outcome {
  int status = -1;
  std::string out;
  std::string err;
};

// `arguments` without the program's name; no terminal, 100 columns, ASCII.
inline Outcome Call(const std::vector<std::string>& arguments) {
  std::ostringstream out, err;
  Console console;
  console.out = &out;
  console.err = &err;
  Outcome outcome;
  outcome.status = RunProgram(arguments, console);
  outcome.out = out.str();
  outcome.err = err.str();
  return outcome;
}

// `text` without the place of the source folder, for baselines.
inline std::string WithoutSourceFolder(std::string text) {
  const std::string folder = PENDULUM_SOURCE_DIR "/";
  for (size_t place = text.find(folder); place != std::string::npos; place = text.find(folder)) {
    text.erase(place, folder.size());
  }
  return text;
}

}  // namespace pendulum::cli

#endif  // PENDULUM_TESTS_CLI_CALL_H_
