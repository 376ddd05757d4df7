#include "harness/oracle/blame.h"

#include <algorithm>

namespace pendulum::oracle {

uint32_t FirstModuleFault(const Specification& specification,
                          std::span<const Violation> violations) {
  const auto first =
      std::find_if(violations.begin(), violations.end(), [&](const Violation& violation) {
        const Clause& clause = specification.clauses()[violation.clause];
        return clause.subject == Subject::kModule && clause.level == Level::kMust;
      });
  return first == violations.end() ? UINT32_MAX : first->event;
}

bool IsHostsFault(const Specification& specification, std::span<const Violation> violations,
                  const Violation& violation) {
  const Clause& clause = specification.clauses()[violation.clause];
  return clause.subject == Subject::kHost && clause.level == Level::kMust &&
         violation.event < FirstModuleFault(specification, violations);
}

}  // namespace pendulum::oracle
