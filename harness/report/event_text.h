// Events in a few words, for people.
#ifndef PENDULUM_REPORT_EVENT_TEXT_H_
#define PENDULUM_REPORT_EVENT_TEXT_H_

#include <cstdint>
#include <string>

#include "harness/trace/event.h"

namespace pendulum::report {

// The method of CHttpModule that handles a notification: "OnPostBeginRequest". `flags` is the d of
// a notification's or completion's event.
std::string HandlerName(uint16_t flags);

// "S_OK", "ERROR_HANDLE_EOF", "0x80041234" for one without a name.
std::string HresultText(uint32_t hresult);

// "ReadEntityBody #3": the operation that an event of kind kOperationCalled starts.
std::string OperationText(const trace::Event& called);

// What the call that `called` began has answered: "pending", "4,096 bytes inline",
// "ERROR_HANDLE_EOF". `called` may be null when the trace does not have it.
std::string AnswerText(const trace::Event* called, const trace::Event& returned);

// One event by itself: "OnExecuteRequestHandler", "returned RQ_NOTIFICATION_PENDING",
// "client sent 384 bytes (384 in all)". `operation` is the event that started the operation
// concerned, or null.
std::string EventText(const trace::Event& event, const trace::Event* operation);

// Whether the event belongs to the client rather than to a worker.
bool IsClientEvent(const trace::Event& event);

}  // namespace pendulum::report

#endif  // PENDULUM_REPORT_EVENT_TEXT_H_
