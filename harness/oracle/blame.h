// Who is to blame where both sides broke rules in one run.
#ifndef PENDULUM_ORACLE_BLAME_H_
#define PENDULUM_ORACLE_BLAME_H_

#include <cstdint>
#include <span>

#include "harness/oracle/oracle.h"
#include "harness/oracle/specification.h"

namespace pendulum::oracle {

// The index of the first event at which the module broke a rule that it must keep; UINT32_MAX where
// there is none. `violations` are those of a run, in its order.
uint32_t FirstModuleFault(const Specification& specification,
                          std::span<const Violation> violations);

// Whether a violation of a run is a rule that the host must keep, and broke while the module had
// kept all of its own: what is documented holds for modules that keep their side.
bool IsHostsFault(const Specification& specification, std::span<const Violation> violations,
                  const Violation& violation);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_BLAME_H_
