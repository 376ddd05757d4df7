// What a call script says of one event and of a scenario: whole sentences with every argument.
#ifndef PENDULUM_REPORT_CALL_WORDS_H_
#define PENDULUM_REPORT_CALL_WORDS_H_

#include <string>
#include <vector>

#include "harness/host/scenario.h"
#include "harness/trace/event.h"

namespace pendulum::report {

// "IHttpRequest::ReadEntityBody(pvBuffer: 64 bytes, cbBuffer: 64, fAsync: TRUE, …)", of the event
// that starts an operation.
std::string CallWords(const trace::Event& called);

// What that call gave back: "S_OK, and the operation is pending".
std::string AnswerWords(const trace::Event* called, const trace::Event& returned);

// The request as the client sends it, one phrase each.
std::vector<std::string> RequestWords(const host::RequestDescription& request);

// The settings of the server that are not the defaults: "partial_reads: false".
std::vector<std::string> SettingWords(const host::Scenario& scenario);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_CALL_WORDS_H_
