#include "harness/explore/crash.h"

#include <cxxabi.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <typeinfo>
#include <utility>

#include "harness/explore/sanitizer_report.h"
#include "harness/module/heap.h"
#include "harness/platform/signals.h"
#include "harness/platform/symbols.h"
#include "harness/win32/boundary.h"

namespace pendulum::explore {
namespace {

CrashGuard guard;
void (*race_listener)(void* context, const CrashReport& report) = nullptr;
void* race_context = nullptr;

struct Code {
  uintptr_t begin;
  uintptr_t end;
};
Code code[win32::kMaxImages];
int code_count = 0;

bool IsModuleCode(uintptr_t address) {
  for (int i = 0; i < code_count; ++i) {
    if (address >= code[i].begin && address < code[i].end) return true;
  }
  return false;
}

// What a block of the module's heap is filled with, as the upper half of a pointer read from it.
bool HoldsFill(const platform::CrashContext& context, uint32_t fill) {
  return std::any_of(std::begin(context.registers), std::end(context.registers),
                     [fill](uintptr_t value) { return value >> 32 == fill; });
}

[[noreturn]] void End() {
  win32::boundary.in_module = false;
  if (guard.before_end != nullptr) guard.before_end(guard.context);
  if (guard.escape != nullptr) siglongjmp(*guard.escape, 1);
  _exit(kCrashedExitStatus);
}

// What is known of where the process stood, without its frames.
CrashRecord& Begin(const platform::CrashContext& context, CrashKind kind, const char* text) {
  CrashRecord& record = guard.state->crash;
  record = CrashRecord{};
  record.kind = kind;
  record.signal = context.signal;
  record.fault_address = context.fault_address;
  record.in_module = win32::boundary.in_module;
  record.touched_freed_memory = HoldsFill(context, 0xDDDDDDDD);
  record.touched_new_memory = HoldsFill(context, 0xCDCDCDCD);
  if (text != nullptr) std::strncpy(record.text, text, sizeof record.text - 1);
  if (guard.scheduler != nullptr) {
    record.worker = guard.scheduler->current();
    if (record.worker < sched::kMaxWorkers) {
      record.request = win32::boundary.request_of[record.worker];
      record.module = win32::boundary.module_of[record.worker];
    }
  }
  return record;
}

void KeepFrames(const uintptr_t* frames, trace::Site (&sites)[kMostReportFrames]) {
  for (int i = 0; frames != nullptr && i < kMostReportFrames && frames[i] != 0; ++i) {
    sites[i] = win32::SiteOf(reinterpret_cast<const void*>(frames[i]));
  }
}

[[noreturn]] void Write(const platform::CrashContext& context, CrashKind kind, const char* text) {
  CrashRecord& record = Begin(context, kind, text);
  uintptr_t frames[kMostFrames];
  const int count = platform::WalkFrames(context, IsModuleCode, frames, kMostFrames);
  record.frame_count = static_cast<uint32_t>(count);
  for (int i = 0; i < count; ++i) {
    // A site names the byte after a return address; the program counter is no return address.
    const uintptr_t after = frames[i] + (frames[i] == context.program_counter ? 1 : 0);
    record.frames[i] = win32::SiteOf(reinterpret_cast<const void*>(after));
  }
  End();
}

// The races noted since InstallCrashGuard, by their innermost frames, and how many to pass over.
struct Races {
  std::pair<uintptr_t, uintptr_t> noted[kRaceTurns];
  uint32_t count = 0;
  uint32_t passed = 0;
};
Races races;

void Fill(const platform::CrashContext& context, const CrashReport& report) {
  CrashRecord& record = Begin(context, report.kind, report.text);
  record.operation = report.operation;
  KeepFrames(report.allocated, record.allocated);
  KeepFrames(report.freed, record.freed);
  KeepFrames(report.other, record.other);
  uintptr_t frames[kMostFrames];
  int count = 0;
  if (report.innermost != nullptr) {
    while (count < kMostReportFrames && report.innermost[count] != 0) {
      frames[count] = report.innermost[count];
      ++count;
    }
  } else {
    count = platform::WalkFrames(context, IsModuleCode, frames, kMostFrames);
  }
  record.frame_count = static_cast<uint32_t>(count);
  for (int i = 0; i < count; ++i) {
    record.frames[i] = win32::SiteOf(reinterpret_cast<const void*>(frames[i]));
  }
}

}  // namespace

void WriteCrash(const platform::CrashContext& context, const CrashReport& report) {
  Fill(context, report);
  End();
}

void SetRaceListener(void (*listener)(void* context, const CrashReport& report), void* context) {
  race_listener = listener;
  race_context = context;
  WatchSanitizers();
}

void WriteRace(const CrashReport& report) {
  if (!HasCrashGuard()) {
    if (race_listener != nullptr) race_listener(race_context, report);
    return;
  }
  const std::pair<uintptr_t, uintptr_t> places = std::minmax(*report.innermost, *report.other);
  auto* const end = races.noted + races.count;
  if (races.count > races.passed || std::find(races.noted, end, places) != end) return;
  races.noted[races.count++] = places;
  Fill(platform::CrashContext{}, report);
  BatchState& state = *guard.state;
  state.crash.events = state.trace.count;
  state.crash.decisions = state.log.count;
  state.crash.notes = state.notes.count;
  state.crash.earlier_races = races.count - 1;
  if (guard.escape == nullptr && races.count > races.passed) End();
}

void PassRaces(uint32_t count) {
  assert(count < kRaceTurns);
  races.passed = count;
}

bool RaceWasNoted() { return races.count > 0; }

namespace {

void OnSignal(const platform::CrashContext& context) {
  CrashKind kind = CrashKind::kSignal;
  if (context.signal == SIGABRT) kind = CrashKind::kAbort;
  const auto* touched = reinterpret_cast<const void*>(context.fault_address);
  if (guard.scheduler != nullptr && context.signal == SIGSEGV &&
      guard.scheduler->InGuardPage(touched)) {
    kind = CrashKind::kStackOverflow;
  }
  Write(context, kind, nullptr);
}

[[noreturn]] void OnTerminate() {
  const platform::CrashContext context = platform::CurrentContext();
  const bool was_in_module = win32::boundary.in_module;
  win32::boundary.in_module = false;
  char text[sizeof CrashRecord::text] = "std::terminate was called";
  if (const std::type_info* type = abi::__cxa_current_exception_type(); type != nullptr) {
    const std::string name = platform::Demangle(type->name());
    std::snprintf(text, sizeof text, "an exception of type %s was not caught", name.c_str());
    try {
      throw;
    } catch (const std::exception& exception) {
      std::snprintf(text, sizeof text, "an exception of type %s was not caught: %s", name.c_str(),
                    exception.what());
    } catch (...) {  // The name is all that can be told.
    }
  }
  win32::boundary.in_module = was_in_module;
  Write(context, CrashKind::kTerminate, text);
}

void OnHeapFailure(module::HeapFailure failure, size_t bytes) {
  const platform::CrashContext context = platform::CurrentContext();
  char text[sizeof CrashRecord::text];
  switch (failure) {
    case module::HeapFailure::kOutOfMemory:
      std::snprintf(text, sizeof text, "it asked for %zu bytes with %zu bytes in use", bytes,
                    module::Heap::Get().live_bytes());
      Write(context, CrashKind::kOutOfMemory, text);
    case module::HeapFailure::kFreedTwice:
      std::snprintf(text, sizeof text, "it freed a block of %zu bytes twice", bytes);
      break;
    case module::HeapFailure::kNotABlock:
      std::snprintf(text, sizeof text, "it freed an address that no allocation returned");
      break;
    case module::HeapFailure::kOverrun:
      std::snprintf(text, sizeof text, "it wrote beyond the end of a block of %zu bytes", bytes);
      break;
  }
  Write(context, CrashKind::kHeapMisuse, text);
}

}  // namespace

bool HasCrashGuard() { return guard.state != nullptr; }

void InstallCrashGuard(const CrashGuard& wanted) {
  guard = wanted;
  races = Races{};
  code_count = 0;
  platform::InstallCrashHandlers(OnSignal);
  std::set_terminate(OnTerminate);
  module::Heap::Get().set_failure_handler(OnHeapFailure);
  WatchSanitizers();
}

void SetCrashScheduler(const sched::Scheduler* scheduler) { guard.scheduler = scheduler; }

void AddCrashCode(uintptr_t begin, uintptr_t end) {
  if (code_count < win32::kMaxImages) code[code_count++] = {begin, end};
}

void RemoveCrashGuard() {
  platform::RemoveCrashHandlers();
  std::set_terminate(std::abort);
  module::Heap::Get().set_failure_handler(nullptr);
  guard = CrashGuard{};
}

}  // namespace pendulum::explore
