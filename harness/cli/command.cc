#include "harness/cli/command.h"

#include <ostream>

#include "harness/platform/file.h"

namespace pendulum::cli {

void AddOutputOptions(CLI::App* command, OutputOptions* options) {
  command->add_option("--json", options->json, "Write the results as JSON to FILE, or - for output")
      ->type_name("FILE|-");
  command->add_option("--color", options->color, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN")
      ->capture_default_str();
  command->add_option("--width", options->width, "Columns to write with")
      ->check(CLI::Range(report::kMinWidth, 1000))
      ->type_name("N");
  command->add_flag("--quiet,-q", options->quiet, "One line a result, and no progress");
}

report::Style StyleOf(const OutputOptions& options, const Console& console) {
  report::Style style;
  style.color = options.color == "always" ||
                (options.color == "auto" && console.out_is_terminal && !console.no_color);
  style.unicode = console.utf8;
  style.width = options.width > 0 ? options.width : console.width;
  return style;
}

platform::Status WriteOutput(const std::string& path, const std::string& text,
                             const Console& console) {
  if (path != "-") return platform::WriteFile(path, text);
  *console.out << text << std::flush;
  return platform::OkStatus();
}

int Fail(const platform::Error& error, const Console& console) {
  *console.err << "pendulum: " << error.Text() << "\n";
  return kNotDone;
}

int FailUsage(const std::string& message, const std::string& command, const Console& console) {
  *console.err << "pendulum: " << message << "\n"
               << "Try: pendulum " << command << (command.empty() ? "" : " ") << "--help\n";
  return kUsageError;
}

}  // namespace pendulum::cli
