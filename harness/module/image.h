// The image of a loaded shared object: where it lies, and its writable data as they were after
// loading.
#ifndef PENDULUM_MODULE_IMAGE_H_
#define PENDULUM_MODULE_IMAGE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace pendulum::module {

class Image {
 public:
  // Remembers the writable data of the object that dlopen returned `handle` for.
  explicit Image(void* handle);

  uintptr_t begin() const { return begin_; }
  uintptr_t end() const { return end_; }
  // What can be executed lies between these.
  uintptr_t code_begin() const { return code_begin_; }
  uintptr_t code_end() const { return code_end_; }

  // Puts .data and .bss back to what they were when this was made. What the loader protects after
  // relocation can't have changed and is left alone.
  void Restore();

  // The initial thread-local data (PT_TLS), for ThreadData. thread_data_bytes is 0 without any.
  size_t thread_data_bytes() const { return thread_data_bytes_; }
  size_t thread_data_image_bytes() const { return thread_data_image_bytes_; }
  const void* thread_data_image() const { return thread_data_image_; }
  // This thread's block of them; allocates it if need be.
  void* ThreadBlock() const;

 private:
  friend struct ImageReader;

  struct Segment {
    char* begin;
    size_t bytes;
    size_t copy_offset;
  };
  void AddSegment(uintptr_t begin, uintptr_t end);

  uintptr_t begin_ = ~uintptr_t{0};
  uintptr_t end_ = 0;
  uintptr_t code_begin_ = ~uintptr_t{0};
  uintptr_t code_end_ = 0;
  std::vector<Segment> segments_;
  std::vector<char> copy_;
  size_t thread_module_ = 0;
  size_t thread_data_bytes_ = 0;
  size_t thread_data_image_bytes_ = 0;
  const void* thread_data_image_ = nullptr;
};

}  // namespace pendulum::module

#endif  // PENDULUM_MODULE_IMAGE_H_
