// What a finding shows beyond its columns, as JSON: pages, decisions, picture and steps.
#ifndef PENDULUM_NIGHTLY_SHOWN_H_
#define PENDULUM_NIGHTLY_SHOWN_H_

#include <string>
#include <string_view>

#include "harness/explore/json_text.h"
#include "harness/module/module.h"
#include "harness/report/night.h"

namespace pendulum::nightly {

// The sources, decisions, picture and steps of `finding` as JSON text, and back. What can't be read
// is left out.
std::string WriteShown(const report::NightFinding& finding);
void ReadShown(std::string_view text, report::NightFinding* finding);

// Parts of what `pendulum verify`, `replay` and `minimize` write. A part that is missing or of
// another type is an empty one.
std::string TextAt(const explore::Json& json, const char* name);
module::Location LocationAt(const explore::Json& json, const char* name);
std::vector<std::string> TextsAt(const explore::Json& json, const char* name);
std::vector<oracle::Source> SourcesAt(const explore::Json& json, const char* name);
std::vector<report::NightStep> StepsAt(const explore::Json& json, const char* name);
uint64_t CountAt(const explore::Json& json, const char* name);
// The member, or null.
const explore::Json& At(const explore::Json& json, const char* name);

}  // namespace pendulum::nightly

#endif  // PENDULUM_NIGHTLY_SHOWN_H_
