// Parts that several JSON formats share.
#ifndef PENDULUM_REPORT_JSON_PARTS_H_
#define PENDULUM_REPORT_JSON_PARTS_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "harness/explore/finding.h"
#include "harness/explore/json_text.h"
#include "harness/module/module.h"
#include "harness/oracle/specification.h"
#include "harness/report/night.h"

namespace pendulum::report {

// {"file", "line", "function"}; null for a place that is not known.
explore::Json LocationJson(const module::Location& place);

// The text; null for an empty one.
explore::Json TextJson(std::string_view text);

// [{"page", "section", "address", "statements"}].
explore::Json SourcesJson(const std::vector<oracle::Source>& sources);

// [{"worker", "text", "location", "decision"}].
explore::Json StepsJson(const std::vector<NightStep>& steps);

// What a run with a finding shows: "operation" and "timing" of what it concerns, "location",
// "picture" (swim lanes of 100 columns) and "steps", added to `json`. `trace` is the finding's run.
void AddShown(const explore::Finding& finding, std::span<const explore::TracedEvent> trace,
              explore::Json* json);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_JSON_PARTS_H_
