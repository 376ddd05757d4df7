#include "harness/cli/specification.h"

namespace pendulum::cli {

void AddSpecificationOption(CLI::App* command, SpecificationOptions* options) {
  command
      ->add_option("--spec", options->more,
                   "A file or folder of your own clauses, to judge by beside the built-in ones")
      ->allow_extra_args(false)
      ->type_name("FILE|DIR");
}

platform::Result<oracle::Specification> ChooseSpecification(const SpecificationOptions& options) {
  return oracle::Specification::BuiltInWith(options.more);
}

}  // namespace pendulum::cli
