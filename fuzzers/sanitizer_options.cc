// What the sanitizers' libraries ask a target for before it begins: what makes executions cheap. An
// execution allocates a few kilobytes, so that the small quarantine holds the last thousand; leaks
// of the module are counted by its heap.

// The names are the libraries'.
// NOLINTBEGIN(bugprone-reserved-identifier)
#define PENDULUM_EXPORTED extern "C" __attribute__((visibility("default"), used))

PENDULUM_EXPORTED const char* __asan_default_options() {
  return "detect_leaks=0:quarantine_size_mb=8:thread_local_quarantine_size_kb=64:"
         "malloc_context_size=2:alloc_dealloc_mismatch=0:allocator_may_return_null=1:"
         "detect_odr_violation=0";
}

PENDULUM_EXPORTED const char* __tsan_default_options() {
  return "atexit_sleep_ms=0:history_size=0:report_signal_unsafe=0:report_thread_leaks=0";
}
// NOLINTEND(bugprone-reserved-identifier)
