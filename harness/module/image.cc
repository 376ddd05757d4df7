#include "harness/module/image.h"

#include <dlfcn.h>
#include <link.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>

#include "harness/platform/raw_memory.h"
#include "harness/platform/sanitizer.h"

namespace pendulum::module {

// Finds one object among all that are loaded and reads its program headers.
struct ImageReader {
  uintptr_t base = 0;
  Image* image = nullptr;
  // The part of the data that the loader made read-only after relocation.
  uintptr_t protected_begin = 0;
  uintptr_t protected_end = 0;

  static int OnObject(dl_phdr_info* info, size_t, void* raw_reader) {
    auto* reader = static_cast<ImageReader*>(raw_reader);
    if (info->dlpi_addr != reader->base) return 0;
    reader->Read(*info);
    return 1;
  }

  void Read(const dl_phdr_info& info) {
    const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
    for (int i = 0; i < info.dlpi_phnum; ++i) {
      const ElfW(Phdr)& header = info.dlpi_phdr[i];
      if (header.p_type != PT_GNU_RELRO) continue;
      protected_begin = (base + header.p_vaddr) / page * page;
      protected_end = (base + header.p_vaddr + header.p_memsz) / page * page;
    }
    for (int i = 0; i < info.dlpi_phnum; ++i) {
      const ElfW(Phdr)& header = info.dlpi_phdr[i];
      const uintptr_t begin = base + header.p_vaddr;
      const uintptr_t end = begin + header.p_memsz;
      if (header.p_type == PT_TLS) {
        image->thread_module_ = info.dlpi_tls_modid;
        image->thread_data_bytes_ = header.p_memsz;
        image->thread_data_image_bytes_ = header.p_filesz;
        image->thread_data_image_ = reinterpret_cast<const void*>(begin);
      }
      if (header.p_type != PT_LOAD) continue;
      image->begin_ = std::min(image->begin_, begin / page * page);
      image->end_ = std::max(image->end_, end);
      if ((header.p_flags & PF_W) != 0) AddWritable(begin, end);
      if ((header.p_flags & PF_X) != 0) {
        image->code_begin_ = std::min(image->code_begin_, begin);
        image->code_end_ = std::max(image->code_end_, end);
      }
    }
  }

  void AddWritable(uintptr_t begin, uintptr_t end) {
    const uintptr_t hole_begin = std::clamp(protected_begin, begin, end);
    const uintptr_t hole_end = std::clamp(protected_end, begin, end);
    if (hole_begin >= hole_end) {
      image->AddSegment(begin, end);
      return;
    }
    image->AddSegment(begin, hole_begin);
    image->AddSegment(hole_end, end);
  }
};

Image::Image(void* handle) {
  link_map* map = nullptr;
  dlinfo(handle, RTLD_DI_LINKMAP, static_cast<void*>(&map));
  assert(map != nullptr);
  ImageReader reader;
  reader.base = map->l_addr;
  reader.image = this;
  dl_iterate_phdr(ImageReader::OnObject, &reader);
  assert(begin_ < end_);
}

void Image::AddSegment(uintptr_t begin, uintptr_t end) {
  if (begin >= end) return;
  auto* bytes = reinterpret_cast<char*>(begin);
  segments_.push_back({bytes, end - begin, copy_.size()});
  const size_t offset = copy_.size();
  copy_.resize(offset + (end - begin));
  platform::RawCopy(copy_.data() + offset, bytes, end - begin);
}

void Image::Restore() {
  for (const Segment& segment : segments_) {
    platform::RawCopy(segment.begin, copy_.data() + segment.copy_offset, segment.bytes);
    platform::ForgetAccesses(segment.begin, segment.bytes);
  }
}

extern "C" void* __tls_get_addr(void* index);

void* Image::ThreadBlock() const {
  struct {
    unsigned long module;
    unsigned long offset;
  } index = {thread_module_, 0};
  return __tls_get_addr(&index);
}

}  // namespace pendulum::module
