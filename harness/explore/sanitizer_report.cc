#include "harness/explore/sanitizer_report.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <mutex>

#include "harness/explore/crash.h"
#include "harness/module/heap.h"
#include "harness/platform/sanitizer.h"
#include "harness/platform/signals.h"
#include "harness/win32/boundary.h"

// The names are the libraries'.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {
__attribute__((weak)) void* __asan_get_report_pc();
__attribute__((weak)) void* __asan_get_report_bp();
__attribute__((weak)) void* __asan_get_report_sp();
__attribute__((weak)) void* __asan_get_report_address();
__attribute__((weak)) int __asan_get_report_access_type();
__attribute__((weak)) size_t __asan_get_report_access_size();
__attribute__((weak)) const char* __asan_get_report_description();
__attribute__((weak)) void __ubsan_get_current_report_data(const char** kind, const char** message,
                                                           const char** file, unsigned* line,
                                                           unsigned* column, char** address);
}

namespace pendulum::explore {
namespace {

const host::Host* report_host = nullptr;

// What a place in the modules' heap means: the kind as AddressSanitizer would name it had the block
// come from its own heap, and the block in words.
void DescribeHeapPlace(const module::HeapPlace& place, CrashReport* report, const char** kind,
                       char (&where)[96]) {
  using Kind = module::HeapPlace::Kind;
  const char* relation = "";
  switch (place.kind) {
    case Kind::kUnknown:
      return;
    case Kind::kLive:
      std::snprintf(where, sizeof where, " at byte %zu of a block of %zu bytes",
                    place.distance_bytes, place.block_bytes);
      return;
    case Kind::kFreed:
      *kind = "heap-use-after-free";
      std::snprintf(where, sizeof where, " at byte %zu of a freed block of %zu bytes",
                    place.distance_bytes, place.block_bytes);
      break;
    case Kind::kAfter:
      *kind = "heap-buffer-overflow";
      relation = "behind";
      break;
    case Kind::kBefore:
      *kind = "heap-buffer-overflow";
      relation = "before";
      break;
  }
  if (relation[0] != '\0') {
    std::snprintf(where, sizeof where, " %zu bytes %s a block of %zu bytes", place.distance_bytes,
                  relation, place.block_bytes);
  }
  if (place.origin == nullptr) return;
  report->allocated = place.origin->allocated;
  if (place.kind == Kind::kFreed) report->freed = place.origin->freed;
}

void ReportAddressError() {
  const auto* address = __asan_get_report_address();
  const char* kind = __asan_get_report_description();
  const size_t bytes = __asan_get_report_access_size();
  char where[96] = "";
  CrashReport report;
  report.kind = CrashKind::kSanitizer;
  const module::Heap& heap = module::Heap::Get();
  if (heap.Contains(address)) DescribeHeapPlace(heap.Find(address), &report, &kind, where);
  const host::MemoryPlace place =
      report_host == nullptr ? host::MemoryPlace{} : report_host->PlaceOf(address);
  if (place.owner == host::MemoryPlace::Owner::kPendingOperation && report.freed == nullptr) {
    report.kind = CrashKind::kPendingMemory;
    kind = "use of a pending operation's buffer";
    std::snprintf(where, sizeof where, " at byte %u of %u, while operation %u is pending",
                  place.offset_bytes, place.bytes, static_cast<unsigned>(place.operation));
  } else if (place.owner == host::MemoryPlace::Owner::kEndedRequest) {
    report.kind = CrashKind::kEndedMemory;
    kind = "use of a request's memory after its end";
    std::snprintf(where, sizeof where, " that request %u owned",
                  static_cast<unsigned>(place.request));
  }
  report.operation = place.operation;
  if (bytes != 0) {
    const char* access = __asan_get_report_access_type() != 0 ? "writes" : "reads";
    std::snprintf(report.text, sizeof report.text, "%s: it %s %zu %s%s", kind, access, bytes,
                  bytes == 1 ? "byte" : "bytes", where);
  } else {
    std::snprintf(report.text, sizeof report.text, "%s%s", kind, where);
  }
  platform::CrashContext context;
  context.program_counter = reinterpret_cast<uintptr_t>(__asan_get_report_pc());
  context.frame_pointer = reinterpret_cast<uintptr_t>(__asan_get_report_bp());
  context.stack_pointer = reinterpret_cast<uintptr_t>(__asan_get_report_sp());
  WriteCrash(context, report);
}

void ReportUndefinedBehaviour() {
  const char* kind = "";
  const char* message = "";
  const char* file = "";
  unsigned line = 0;
  unsigned column = 0;
  char* address = nullptr;
  __ubsan_get_current_report_data(&kind, &message, &file, &line, &column, &address);
  CrashReport report;
  report.kind = CrashKind::kSanitizer;
  // Messages can hold addresses, which are others each time.
  if (std::strstr(message, "0x") != nullptr) {
    std::snprintf(report.text, sizeof report.text, "%s, line %u, column %u", kind, line, column);
  } else {
    std::snprintf(report.text, sizeof report.text, "%s: %s, line %u, column %u", kind, message,
                  line, column);
  }
  WriteCrash(platform::CurrentContext(), report);
}

// The frames of a stack of ThreadSanitizer's that lie in modules. Its program counters are those of
// calls, and sites stand for return addresses.
void KeepModuleFrames(void* const (&trace)[platform::RaceAccess::kTraceFrames],
                      uintptr_t (&frames)[kMostReportFrames]) {
  int count = 0;
  for (int i = 0;
       i < platform::RaceAccess::kTraceFrames && trace[i] != nullptr && count < kMostReportFrames;
       ++i) {
    const auto* after = static_cast<const char*>(trace[i]) + 1;
    if (win32::SiteOf(after).offset != 0) frames[count++] = reinterpret_cast<uintptr_t>(after);
  }
}

const char* AccessName(const platform::RaceAccess& access) {
  if (access.atomic) return access.writes ? "changes atomically" : "reads atomically";
  return access.writes ? "writes" : "reads";
}

// Returns whether it was a race of the module.
bool ReportRace(const platform::Race& race) {
  const bool module_memory =
      module::Heap::Get().Contains(race.accesses[0].address) ||
      win32::SiteOf(race.accesses[0].address).offset != 0 ||
      (report_host != nullptr && report_host->IsModuleMemory(race.accesses[0].address));
  if (!module_memory) return false;
  static uintptr_t frames[2][kMostReportFrames];
  for (int i = 0; i < 2; ++i) {
    std::fill(std::begin(frames[i]), std::end(frames[i]), 0);
    KeepModuleFrames(race.accesses[i].trace, frames[i]);
  }
  if (frames[0][0] == 0 && frames[1][0] == 0) return false;
  CrashReport report;
  report.kind = CrashKind::kRace;
  report.innermost = frames[0];
  report.other = frames[1];
  char who[2][32];
  for (int i = 0; i < 2; ++i) {
    const int worker = race.accesses[i].worker;
    if (worker < 0) {
      std::snprintf(who[i], sizeof who[i], "the server");
    } else {
      std::snprintf(who[i], sizeof who[i], "worker %d", worker);
    }
  }
  std::snprintf(
      report.text, sizeof report.text, "%s %s %d %s that %s %s, and nothing orders the two", who[0],
      AccessName(race.accesses[0]), race.accesses[0].bytes,
      race.accesses[0].bytes == 1 ? "byte" : "bytes", who[1], AccessName(race.accesses[1]));
  WriteRace(report);
  return true;
}

}  // namespace

void WatchSanitizers() {
  platform::SetRaceHandler(ReportRace);
  // Workers share the system's thread, and so what std::call_once, and with it std::async, leaves
  // in thread-local data of the library's. To make a report that is then dropped takes
  // milliseconds.
  platform::IgnoreRaces(&std::__once_callable, sizeof std::__once_callable);
  platform::IgnoreRaces(&std::__once_call, sizeof std::__once_call);
}

void SetReportHost(const host::Host* host) { report_host = host; }

}  // namespace pendulum::explore

// Called before a report is printed.
extern "C" __attribute__((visibility("default"))) void __asan_on_error() {
  // Without a guard the sanitizer says itself what it found, and ends the process.
  if (pendulum::explore::HasCrashGuard()) pendulum::explore::ReportAddressError();
}
extern "C" __attribute__((visibility("default"))) void __ubsan_on_report() {
  if (pendulum::explore::HasCrashGuard()) pendulum::explore::ReportUndefinedBehaviour();
}
// NOLINTEND(bugprone-reserved-identifier)
