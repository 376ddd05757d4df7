// ThreadSanitizer's reports. It asks a function that a program may define whether to print one.
#include <cstdint>
#include <cstring>

#include "harness/platform/sanitizer.h"

// The names are the library's.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {
__attribute__((weak)) int __tsan_get_report_data(void* report, const char** description, int* count,
                                                 int* stack_count, int* access_count,
                                                 int* location_count, int* mutex_count,
                                                 int* thread_count, int* unique_thread_count,
                                                 void** sleep_trace, unsigned long trace_size);
__attribute__((weak)) int __tsan_get_report_mop(void* report, unsigned long index, int* thread,
                                                void** address, int* bytes, int* writes,
                                                int* atomic, void** trace,
                                                unsigned long trace_size);
__attribute__((weak)) int __tsan_get_report_thread(void* report, unsigned long index, int* thread,
                                                   uint64_t* system_thread, int* running,
                                                   const char** name, int* parent, void** trace,
                                                   unsigned long trace_size);
}

namespace pendulum::platform {
namespace {

RaceHandler race_handler = nullptr;

// The number that the thread identity was named by; -1 when it has no name.
int WorkerOf(void* report, int thread, int thread_count) {
  for (int i = 0; i < thread_count; ++i) {
    int number = 0;
    int running = 0;
    int parent = 0;
    uint64_t system_thread = 0;
    const char* name = nullptr;
    void* trace[1] = {};
    __tsan_get_report_thread(report, static_cast<unsigned long>(i), &number, &system_thread,
                             &running, &name, &parent, trace, 1);
    if (number != thread || name == nullptr || *name < '0' || *name > '9') continue;
    int worker = 0;
    for (const char* digit = name; *digit != '\0'; ++digit) worker = worker * 10 + (*digit - '0');
    return worker;
  }
  return -1;
}

bool Read(void* report, Race* race) {
  const char* description = nullptr;
  int counts[7] = {};
  void* sleep_trace[1] = {};
  __tsan_get_report_data(report, &description, &counts[0], &counts[1], &counts[2], &counts[3],
                         &counts[4], &counts[5], &counts[6], sleep_trace, 1);
  if (counts[2] < 2 || std::strcmp(description, "data-race") != 0) return false;
  for (unsigned long i = 0; i < 2; ++i) {
    RaceAccess& access = race->accesses[i];
    void* address = nullptr;
    int writes = 0;
    int atomic = 0;
    int thread = 0;
    __tsan_get_report_mop(report, i, &thread, &address, &access.bytes, &writes, &atomic,
                          access.trace, RaceAccess::kTraceFrames);
    access.worker = WorkerOf(report, thread, counts[5]);
    access.address = address;
    access.writes = writes != 0;
    access.atomic = atomic != 0;
  }
  return true;
}

}  // namespace

void SetRaceHandler(RaceHandler handler) { race_handler = handler; }

// Nothing is ever printed.
bool OnRaceReport(void* report) {
  Race race;
  if (race_handler != nullptr && Read(report, &race)) race_handler(race);
  return true;
}

}  // namespace pendulum::platform

namespace __tsan {

class ReportDesc;

__attribute__((visibility("default"))) bool OnReport(const ReportDesc* report, bool suppressed) {
  return suppressed ||
         pendulum::platform::OnRaceReport(const_cast<void*>(static_cast<const void*>(report)));
}

}  // namespace __tsan
// NOLINTEND(bugprone-reserved-identifier)
