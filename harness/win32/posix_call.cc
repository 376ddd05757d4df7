#include "harness/win32/posix_call.h"

#include <dlfcn.h>
#include <link.h>
#include <unwind.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace pendulum::win32 {
namespace {

// Where a call site of libstdc++ has the module's return address: so many bytes above the frame of
// the function that it calls. It is the same each time, since these functions have frames of a
// fixed size; whoever finds something else there unwinds again.
struct KnownSite {
  const void* return_address = nullptr;
  ptrdiff_t offset_bytes = 0;
};
constexpr int kMostKnownSites = 64;
KnownSite known_sites[kMostKnownSites];
int known_site_count = 0;

bool InModule(const void* address) { return SiteOf(address).offset != 0; }

const void* At(const void* frame, ptrdiff_t offset_bytes) {
  return *reinterpret_cast<void* const*>(static_cast<const char*>(frame) + offset_bytes);
}

struct Search {
  const void* found = nullptr;
  uintptr_t slot = 0;  // where on the stack it stands
};

_Unwind_Reason_Code OnFrame(_Unwind_Context* context, void* raw_search) {
  auto* search = static_cast<Search*>(raw_search);
  const auto* address = reinterpret_cast<const void*>(_Unwind_GetIP(context));
  if (!InModule(address)) return _URC_NO_REASON;
  search->found = address;
  search->slot = _Unwind_GetCFA(context) - sizeof(void*);
  return _URC_END_OF_STACK;
}

void Remember(const void* return_address, const void* frame, const Search& search) {
  const auto offset_bytes =
      static_cast<ptrdiff_t>(search.slot - reinterpret_cast<uintptr_t>(frame));
  if (offset_bytes <= 0 || At(frame, offset_bytes) != search.found) return;
  for (int i = 0; i < known_site_count; ++i) {
    if (known_sites[i].return_address != return_address) continue;
    known_sites[i].offset_bytes = offset_bytes;
    return;
  }
  if (known_site_count < kMostKnownSites) {
    known_sites[known_site_count++] = {return_address, offset_bytes};
  }
}

// The code of the libraries of the run-time, which stay where they are.
struct Runtime {
  static constexpr int kMost = 8;
  uintptr_t begin[kMost] = {};
  uintptr_t end[kMost] = {};
  int count = 0;
  bool is_known = false;
};
Runtime runtime;

bool IsOfRuntime(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.starts_with("libgcc_s.so") || name.starts_with("libc.so") ||
         name.starts_with("ld-linux");
}

int NoteRuntime(dl_phdr_info* object, size_t, void*) {
  if (!IsOfRuntime(object->dlpi_name)) return 0;
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr)& part = object->dlpi_phdr[i];
    if (part.p_type != PT_LOAD || (part.p_flags & PF_X) == 0) continue;
    if (runtime.count == Runtime::kMost) std::abort();
    runtime.begin[runtime.count] = object->dlpi_addr + part.p_vaddr;
    runtime.end[runtime.count] = runtime.begin[runtime.count] + part.p_memsz;
    ++runtime.count;
  }
  return 0;
}

}  // namespace

bool IsInRuntime(const void* return_address) {
  if (!runtime.is_known) {
    runtime.is_known = true;
    dl_iterate_phdr(NoteRuntime, nullptr);
  }
  const auto address = reinterpret_cast<uintptr_t>(return_address);
  for (int i = 0; i < runtime.count; ++i) {
    if (address >= runtime.begin[i] && address < runtime.end[i]) return true;
  }
  return false;
}

void* FindReal(const char* name, const char* version) {
  char interceptor[96];
  std::snprintf(interceptor, sizeof interceptor, "__interceptor_%s", name);
  void* real = dlsym(RTLD_DEFAULT, interceptor);
  if (real == nullptr && version != nullptr) real = dlvsym(RTLD_NEXT, name, version);
  if (real == nullptr) real = dlsym(RTLD_NEXT, name);
  if (real == nullptr) std::abort();
  return real;
}

const void* ModuleCaller(const void* return_address, const void* frame) {
  if (boundary.images == 0 || InModule(return_address)) return return_address;
  for (int i = 0; i < known_site_count; ++i) {
    if (known_sites[i].return_address != return_address) continue;
    const void* found = At(frame, known_sites[i].offset_bytes);
    if (InModule(found)) return found;
  }
  Search search;
  {
    // The unwinder has locks of its own, which are none of the module's.
    const bool was_in_module = boundary.in_module;
    boundary.in_module = false;
    _Unwind_Backtrace(OnFrame, &search);
    boundary.in_module = was_in_module;
  }
  if (search.found == nullptr) return return_address;
  Remember(return_address, frame, search);
  return search.found;
}

}  // namespace pendulum::win32
