// Sentences about a night's findings that more than one of its reports has.
#ifndef PENDULUM_REPORT_NIGHT_WORDS_H_
#define PENDULUM_REPORT_NIGHT_WORDS_H_

#include <string>

#include "harness/report/night.h"

namespace pendulum::report {

// "folder/echo.cpp:57 in CEcho::Start"; empty where nothing is known.
std::string PlaceText(const module::Location& place);

// "known until 2026-12-31, taken over by a.b: mended in the next release".
std::string KnownText(const NightFinding& finding);

// NightStep::worker in words: "worker 2", "client", "server".
std::string LaneText(uint8_t worker);

// All that there is to say of a finding, as plain text of several lines: its sentence, its place,
// what its schedule needs, the picture, the fix, the pages and the command that repeats it.
std::string StoryOf(const NightFinding& finding);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_NIGHT_WORDS_H_
