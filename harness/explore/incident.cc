#include "harness/explore/incident.h"

#include <cassert>
#include <csignal>
#include <cstdio>

#include "harness/platform/signals.h"
#include "harness/trace/names.h"

namespace pendulum::explore {
namespace {

constexpr uint64_t kNullPageBytes = 64 * 1024;

// The handler that was entered last: the same for each repetition of the run, which the line where
// a signal happened to interrupt a loop is not.
const trace::Event* LastHandler(const trace::TraceBuffer& trace, trace::Site* site) {
  for (uint32_t i = trace.count; i > 0; --i) {
    const trace::EventKind kind = trace.events[i - 1].kind;
    if (kind != trace::EventKind::kNotificationEntered &&
        kind != trace::EventKind::kCompletionDelivered) {
      continue;
    }
    *site = trace.sites[i - 1];
    return &trace.events[i - 1];
  }
  return nullptr;
}

std::string TouchText(const CrashRecord& crash) {
  if (crash.touched_freed_memory) return "it used a pointer that it read from freed memory";
  if (crash.touched_new_memory) return "it used a pointer that was never set";
  if (crash.fault_address == 0) return "it used a null pointer, or one that is no address";
  if (crash.fault_address < kNullPageBytes) {
    char text[64];
    std::snprintf(text, sizeof text, "it used a null pointer (address 0x%llx)",
                  static_cast<unsigned long long>(crash.fault_address));
    return text;
  }
  return "it touched memory that is not there, or that it may not write";
}

std::string SignalText(const CrashRecord& crash) {
  const std::string name = platform::SignalName(crash.signal);
  switch (crash.signal) {
    case SIGSEGV:
    case SIGBUS:
      return "the module crashed with " + name + ": " + TouchText(crash);
    case SIGFPE:
      return "the module crashed with " + name + ": it divided by zero, or by too small a number";
    default:
      return "the module crashed with " + name;
  }
}

std::string CrashText(const Setup& setup, const CrashRecord& crash) {
  switch (crash.kind) {
    case CrashKind::kStackOverflow:
      return "the module used up its stack of " + std::to_string(setup.stack_bytes / 1024) + " KiB";
    case CrashKind::kOutOfMemory:
      return "out of memory: more than " + std::to_string(setup.memory_bytes >> 20) + " MiB; " +
             crash.text;
    case CrashKind::kAbort:
      return "the module called abort()";
    case CrashKind::kTerminate:
      return std::string("the module ended in std::terminate: ") + crash.text;
    case CrashKind::kHeapMisuse:
      return std::string("the module damaged its heap: ") + crash.text;
    case CrashKind::kSanitizer:
    case CrashKind::kPendingMemory:
    case CrashKind::kEndedMemory:
    case CrashKind::kRace:
      return crash.text;
    case CrashKind::kExit:
      return std::string("the module did not survive the run: ") + crash.text;
    default:
      return SignalText(crash);
  }
}

trace::CrashCause CauseOf(CrashKind kind) {
  switch (kind) {
    case CrashKind::kStackOverflow:
      return trace::CrashCause::kStackOverflow;
    case CrashKind::kOutOfMemory:
      return trace::CrashCause::kOutOfMemory;
    case CrashKind::kAbort:
    case CrashKind::kTerminate:
    case CrashKind::kHeapMisuse:
      return trace::CrashCause::kAbort;
    case CrashKind::kSanitizer:
      return trace::CrashCause::kReport;
    case CrashKind::kPendingMemory:
      return trace::CrashCause::kPendingMemory;
    case CrashKind::kEndedMemory:
      return trace::CrashCause::kEndedMemory;
    case CrashKind::kRace:
      return trace::CrashCause::kRace;
    default:
      return trace::CrashCause::kSignal;
  }
}

const char* ClauseOf(CrashKind kind) {
  switch (kind) {
    case CrashKind::kPendingMemory:
      return "MODULE-BUFFER-LIFETIME";
    case CrashKind::kEndedMemory:
      return "MODULE-USE-AFTER-END";
    case CrashKind::kRace:
      return "MODULE-DATA-RACE";
    default:
      return "MODULE-CRASH";
  }
}

void AddStack(const char* caption, const trace::Site (&frames)[kMostReportFrames],
              Incident* incident) {
  std::vector<trace::Site> sites;
  for (const trace::Site& site : frames) {
    if (site.offset != 0) sites.push_back(site);
  }
  if (!sites.empty()) incident->stacks.emplace_back(caption, std::move(sites));
}

void Append(const trace::Event& event, trace::Site site, trace::TraceBuffer* trace) {
  // A full trace loses its last event: how the run ended says more.
  const uint32_t index = trace->count < trace::kMaxEvents ? trace->count++ : trace->count - 1;
  trace->events[index] = event;
  trace->sites[index] = site;
}

}  // namespace

Incident DescribeIncident(const Setup& setup, BatchEnd end, BatchState* state) {
  assert(end == BatchEnd::kCrashed || end == BatchEnd::kHung);
  const CrashRecord& crash = state->crash;
  Incident incident;
  const trace::Event* handler = LastHandler(state->trace, &incident.handler);
  incident.site = incident.handler;
  trace::Event event{};
  event.operation = trace::kNone16;
  event.worker = handler == nullptr ? trace::kNone8 : handler->worker;
  event.request = handler == nullptr ? trace::kNone8 : handler->request;
  event.module = handler == nullptr ? trace::kNone8 : handler->module;
  if (end == BatchEnd::kHung) {
    incident.clause = "MODULE-HANG";
    incident.message = "the module runs on without calling the host; the watchdog stopped it";
    event.kind = trace::EventKind::kModuleHung;
  } else {
    incident.clause = ClauseOf(crash.kind);
    incident.message = CrashText(setup, crash);
    event.kind = trace::EventKind::kModuleCrashed;
    event.a = static_cast<uint32_t>(crash.signal);
    event.b = static_cast<uint32_t>(CauseOf(crash.kind));
    if (crash.kind != CrashKind::kExit) {
      event.worker = crash.worker;
      event.request = crash.request;
      event.module = crash.module;
    }
    event.operation = crash.operation;
    event.d = static_cast<uint16_t>(crash.earlier_races);
    AddStack("the other access", crash.other, &incident);
    AddStack("the block was freed", crash.freed, &incident);
    AddStack("the block was allocated", crash.allocated, &incident);
    incident.frames.assign(crash.frames, crash.frames + crash.frame_count);
    if (!incident.frames.empty()) incident.site = incident.frames[0];
    const bool gave_up = crash.kind == CrashKind::kAbort || crash.kind == CrashKind::kTerminate;
    incident.harness_failed =
        crash.kind != CrashKind::kExit && !crash.in_module && (gave_up || incident.frames.empty());
  }
  Append(event, incident.site, &state->trace);
  return incident;
}

}  // namespace pendulum::explore
