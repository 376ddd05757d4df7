// What all commands share: where they write, how they end, and how they are added to the program.
#ifndef PENDULUM_CLI_COMMAND_H_
#define PENDULUM_CLI_COMMAND_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "harness/platform/result.h"
#include "harness/report/text.h"

namespace pendulum::cli {

// The exit statuses that scripts rely on.
enum ExitStatus : int {
  kClean = 0,
  kFindings = 1,
  kUsageError = 2,
  kNotDone = 3,   // could not be done, or nothing was checked
  kDiverged = 4,  // a run did not repeat itself
};

// The program's surroundings. Results go to `out`, progress and diagnostics to `err`.
struct Console {
  std::ostream* out = nullptr;
  std::ostream* err = nullptr;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool utf8 = false;      // the locale's character set is UTF-8
  bool no_color = false;  // NO_COLOR is set, or the terminal is dumb
  int width = 100;        // columns of the terminal
};

// The console of this process: standard output and error, and what the environment says of them.
Console ProcessConsole();

// What one invocation of the program hands to the command that it chose.
struct Invocation {
  Console console;
  std::vector<std::string> arguments;  // all of them, without the program's name
  std::vector<std::string> passed_on;  // what stands after `--`
  bool may_hand_over = false;          // to a sibling of this program
  std::function<int()> run;            // set by the command that was chosen; returns an ExitStatus
};

// Options of the commands that write reports.
struct OutputOptions {
  std::string color = "auto";
  int width = 0;  // 0: the terminal's
  bool quiet = false;
  std::string json;  // a file, "-" for standard output, empty for none
};
void AddOutputOptions(CLI::App* command, OutputOptions* options);

report::Style StyleOf(const OutputOptions& options, const Console& console);

// Writes to the file, or to `console.out` for "-".
platform::Status WriteOutput(const std::string& path, const std::string& text,
                             const Console& console);

// Tells the error and returns kNotDone.
int Fail(const platform::Error& error, const Console& console);

// Tells a mistake in the command line, with the command to ask for help, and returns kUsageError.
int FailUsage(const std::string& message, const std::string& command, const Console& console);

// Each adds its command to `app` and sets `invocation->run` when it is chosen. Both arguments
// outlive the parsing and the run.
void AddVerifyCommand(CLI::App* app, Invocation* invocation);
void AddReplayCommand(CLI::App* app, Invocation* invocation);
void AddMinimizeCommand(CLI::App* app, Invocation* invocation);
void AddConvertCommand(CLI::App* app, Invocation* invocation);
void AddCorpusCommand(CLI::App* app, Invocation* invocation);
void AddFuzzCommand(CLI::App* app, Invocation* invocation);
void AddNightlyCommand(CLI::App* app, Invocation* invocation);
void AddSpecCommand(CLI::App* app, Invocation* invocation);
void AddTraceCommand(CLI::App* app, Invocation* invocation);

// The whole program: parses `arguments` (without the program's name), runs, returns an ExitStatus.
// With `may_hand_over` another program of the family may take the place of this process.
int RunProgram(const std::vector<std::string>& arguments, const Console& console,
               bool may_hand_over = false);

}  // namespace pendulum::cli

#endif  // PENDULUM_CLI_COMMAND_H_
