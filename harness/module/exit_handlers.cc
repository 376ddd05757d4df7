// Destructors of a module's static and thread-local objects are not registered with the C library:
// each run constructs those objects anew, so the lists would grow with every run, and at exit the
// destructors would run for objects whose memory has been put back since.
#include <dlfcn.h>

#include "harness/module/heap.h"

extern "C" int __cxa_atexit(void (*destructor)(void*), void* object, void* image) {
  if (pendulum::module::InImage(image)) return 0;
  using Function = int (*)(void (*)(void*), void*, void*);
  static Function of_library = nullptr;
  if (of_library == nullptr) {
    of_library = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "__cxa_atexit"));
  }
  return of_library(destructor, object, image);
}

extern "C" int __cxa_thread_atexit(void (*destructor)(void*), void* object, void* image) {
  if (pendulum::module::InImage(image)) return 0;
  using Function = int (*)(void (*)(void*), void*, void*);
  static Function of_library = nullptr;
  if (of_library == nullptr) {
    of_library = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "__cxa_thread_atexit"));
  }
  return of_library(destructor, object, image);
}
