// What the sanitizers' libraries ask a program for before it begins. Without such a library nobody
// calls these.

// The names are the libraries'.
// NOLINTBEGIN(bugprone-reserved-identifier)
#define PENDULUM_EXPORTED extern "C" __attribute__((visibility("default"), used))

// The crash guard takes signals and reports. Leaks are counted by the modules' heap, whose blocks
// AddressSanitizer's quarantine never sees: it would only cost fresh pages.
PENDULUM_EXPORTED const char* __asan_default_options() {
  return "detect_leaks=0:quarantine_size_mb=0:thread_local_quarantine_size_kb=0:"
         "malloc_context_size=2:alloc_dealloc_mismatch=0:handle_segv=0:handle_sigbus=0:"
         "handle_sigfpe=0:handle_sigill=0:handle_abort=0:use_sigaltstack=0:"
         "allocator_may_return_null=1:detect_odr_violation=0:abort_on_error=0:exitcode=86";
}

PENDULUM_EXPORTED const char* __ubsan_default_options() {
  return "halt_on_error=1:handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:"
         "handle_abort=0:use_sigaltstack=0:exitcode=86";
}

// Every race is reported, each time: what is the same is known by its place. Runs are told apart by
// the harness, and stacks are named by it.
PENDULUM_EXPORTED const char* __tsan_default_options() {
  return "suppress_equal_stacks=0:suppress_equal_addresses=0:symbolize=0:atexit_sleep_ms=0:"
         "history_size=4:report_signal_unsafe=0:report_thread_leaks=0:report_destroy_locked=0:"
         "report_mutex_bugs=0:detect_deadlocks=0:handle_segv=0:handle_sigbus=0:handle_sigfpe=0:"
         "handle_sigill=0:handle_abort=0:use_sigaltstack=0:exitcode=0";
}
// NOLINTEND(bugprone-reserved-identifier)
