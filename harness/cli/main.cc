#include <string>
#include <vector>

#include "harness/cli/command.h"

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return pendulum::cli::RunProgram(arguments, pendulum::cli::ProcessConsole(), true);
}
