#include "harness/module/module.h"

#include <dlfcn.h>
#include <elf.h>
#include <sys/stat.h>

#include <cassert>
#include <cstring>
#include <filesystem>

#include "harness/module/heap.h"
#include "harness/module/image.h"
#include "harness/module/thread_data.h"
#include "harness/platform/file.h"
#include "harness/platform/symbols.h"
#include "harness/win32/boundary.h"

namespace pendulum::module {
namespace {

using platform::Error;
using platform::Result;

// The name that a definition without extern "C" gets.
constexpr const char* kRegisterModuleNames[] = {
    "RegisterModule",
    "_Z14RegisterModulejP27IHttpModuleRegistrationInfoP11IHttpServer",
    "_Z14RegisterModulemP27IHttpModuleRegistrationInfoP11IHttpServer",
};

// What is wrong with the file, before the loader says it less clearly.
platform::Status CheckFile(const std::string& path) {
  struct stat about {};
  if (stat(path.c_str(), &about) != 0) return Error{"no such file", path, ""};
  if (S_ISDIR(about.st_mode)) return Error{"is a folder, not a module", path, ""};
  const Result<std::string> content = platform::ReadFile(path);
  if (!content.ok()) return content.error();
  if (content->starts_with("MZ")) {
    return Error{"is a Windows image, which cannot be loaded here", path,
                 "give the module's source or a shared object compiled from it"};
  }
  if (content->size() < sizeof(Elf64_Ehdr) || !content->starts_with(ELFMAG)) {
    return Error{"is not a shared object", path, ""};
  }
  Elf64_Ehdr header;
  std::memcpy(&header, content->data(), sizeof header);
  if (header.e_ident[EI_CLASS] != ELFCLASS64) {
    return Error{"is not a 64-bit shared object", path, ""};
  }
  if (header.e_type != ET_DYN) {
    return Error{"is not a shared object", path, "link it with -shared"};
  }
  return platform::OkStatus();
}

// The loader's words, as a person who writes modules needs them.
Error LoaderError(const std::string& path, const std::string& words) {
  constexpr std::string_view kUndefined = "undefined symbol: ";
  const size_t at = words.find(kUndefined);
  if (at == std::string::npos) return Error{"cannot be loaded: " + words, path, ""};
  std::string symbol = words.substr(at + kUndefined.size());
  symbol = symbol.substr(0, symbol.find_first_of(", \n"));
  return Error{
      "the module calls " + platform::Demangle(symbol) + ", which Pendulum does not simulate", path,
      "leave the call out with #ifndef PENDULUM, or link the library that has it"};
}

int loaded_modules = 0;

}  // namespace

struct Module::Impl {
  explicit Impl(void* opened) : handle(opened), image(opened), thread_data(image) {}

  void* handle;
  std::string path;
  std::string name;
  RegisterModuleFunction register_module = nullptr;
  Image image;
  ThreadData thread_data;
};

Module::Module() = default;

Module::~Module() {
  if (impl_ == nullptr) return;
  Restore();
  {
    win32::ModuleScope in_module;
    dlclose(impl_->handle);
  }
  RemoveImage(impl_->image.begin());
  if (--loaded_modules == 0) Heap::Get().Clear();
}

Result<std::unique_ptr<Module>> Module::Load(const std::string& path) {
  if (platform::Status checked = CheckFile(path); !checked.ok()) return checked.error();
  const std::string absolute = std::filesystem::absolute(path).string();
  Heap::Get().Restore();
  void* handle = nullptr;
  {
    LoadingScope loading;
    win32::ModuleScope in_module;
    handle = dlopen(absolute.c_str(), RTLD_NOW | RTLD_LOCAL);
  }
  if (handle == nullptr) {
    const char* words = dlerror();
    return LoaderError(path, words == nullptr ? "no reason was given" : words);
  }
  void* function = nullptr;
  for (const char* name : kRegisterModuleNames) {
    if (function == nullptr) function = dlsym(handle, name);
  }
  if (function == nullptr) {
    win32::ModuleScope in_module;
    dlclose(handle);
    return Error{"has no function RegisterModule", path,
                 "a native module exports RegisterModule(DWORD, IHttpModuleRegistrationInfo*, "
                 "IHttpServer*)"};
  }
  std::unique_ptr<Module> module(new Module);
  module->impl_ = std::make_unique<Impl>(handle);
  module->impl_->path = path;
  module->impl_->name = std::filesystem::path(path).stem().string();
  module->impl_->register_module = reinterpret_cast<RegisterModuleFunction>(function);
  AddImage(module->impl_->image.begin(), module->impl_->image.end());
  ++loaded_modules;
  Heap::Get().Remember();
  return module;
}

RegisterModuleFunction Module::register_module() const { return impl_->register_module; }
const std::string& Module::path() const { return impl_->path; }
const std::string& Module::name() const { return impl_->name; }
uintptr_t Module::image_begin() const { return impl_->image.begin(); }
uintptr_t Module::image_end() const { return impl_->image.end(); }
uintptr_t Module::code_begin() const { return impl_->image.code_begin(); }
uintptr_t Module::code_end() const { return impl_->image.code_end(); }

void Module::Restore() {
  impl_->image.Restore();
  impl_->thread_data.Restore();
  Heap::Get().Restore();
}

bool Module::has_thread_data() const { return impl_->thread_data.in_use(); }

void Module::SwitchThread(sched::WorkerId from, sched::WorkerId to, uint32_t to_thread) {
  impl_->thread_data.Switch(from, to, to_thread);
}

uint32_t Module::SiteOffset(const void* address) const {
  const auto number = reinterpret_cast<uintptr_t>(address);
  if (number < impl_->image.begin() || number >= impl_->image.end()) return 0;
  return static_cast<uint32_t>(number - impl_->image.begin()) + 1;
}

size_t Module::outstanding_blocks() const { return Heap::Get().outstanding_blocks(); }

std::vector<Location> Symbolize(const std::string& path, const std::vector<uint32_t>& offsets) {
  // An offset is that of a return address plus one; the call is the byte before the former.
  std::vector<uint64_t> addresses;
  for (const uint32_t offset : offsets) addresses.push_back(offset < 2 ? 0 : offset - 2);
  std::vector<Location> locations;
  for (platform::SourceLine& line :
       platform::FindLines(path, addresses, {"/usr/", PENDULUM_SDK_FOLDER})) {
    locations.push_back({std::move(line.file), line.line, std::move(line.function)});
  }
  return locations;
}

}  // namespace pendulum::module
