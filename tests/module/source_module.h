// Modules that tests compile from a few lines of source.
#ifndef PENDULUM_TESTS_MODULE_SOURCE_MODULE_H_
#define PENDULUM_TESTS_MODULE_SOURCE_MODULE_H_

#include <dlfcn.h>

#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "harness/module/module.h"
#include "harness/platform/file.h"

namespace pendulum::module {

inline std::string WorkFolder() { return std::string(PENDULUM_BINARY_DIR) + "/tests/module/work"; }

// Writes a source file and returns its path.
inline std::string WriteSource(const std::string& name, const std::string& text) {
  const std::string folder = WorkFolder() + "/sources";
  EXPECT_TRUE(platform::MakeFolder(folder).ok());
  const std::string path = folder + "/" + name;
  EXPECT_TRUE(platform::WriteFile(path, text).ok());
  return path;
}

inline constexpr const char* kRegisters =
    "#include <httpserv.h>\n"
    "HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo*, IHttpServer*) {\n"
    "  return S_OK;\n"
    "}\n";

// Compiles `text` into a module with a RegisterModule and loads it.
inline std::unique_ptr<Module> LoadSource(const std::string& name, const std::string& text) {
  const std::string source = WriteSource(name, kRegisters + text);
  const auto compiled = Compile({{source}, {}, WorkFolder()});
  EXPECT_TRUE(compiled.ok()) << compiled.error().Text();
  if (!compiled.ok()) return nullptr;
  auto loaded = Module::Load(*compiled);
  EXPECT_TRUE(loaded.ok()) << loaded.error().Text();
  return loaded.ok() ? std::move(loaded).value() : nullptr;
}

// A function that a loaded module exports with C linkage.
template <typename Function>
Function* FunctionOf(const Module& module, const char* name) {
  void* handle = dlopen(module.path().c_str(), RTLD_NOW | RTLD_NOLOAD);
  EXPECT_NE(handle, nullptr);
  void* function = dlsym(handle, name);
  EXPECT_NE(function, nullptr) << name;
  dlclose(handle);
  return reinterpret_cast<Function*>(function);
}

}  // namespace pendulum::module

#endif  // PENDULUM_TESTS_MODULE_SOURCE_MODULE_H_
