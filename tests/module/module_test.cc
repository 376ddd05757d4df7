#include "harness/module/module.h"

#include <string>

#include "gtest/gtest.h"
#include "harness/module/heap.h"
#include "harness/win32/boundary.h"
#include "tests/module/source_module.h"

namespace pendulum::module {
namespace {

TEST(ModuleTest, LoadsAndNames) {
  const auto module = LoadSource("plain.cpp", "");
  ASSERT_NE(module, nullptr);
  EXPECT_EQ(module->name(), "plain");
  EXPECT_NE(module->register_module(), nullptr);
  EXPECT_FALSE(module->has_thread_data());
  EXPECT_EQ(module->SiteOffset(reinterpret_cast<void*>(module->image_begin())), 1U);
  EXPECT_EQ(module->SiteOffset(reinterpret_cast<void*>(module->image_end())), 0U);
  EXPECT_EQ(module->SiteOffset(this), 0U);
}

TEST(ModuleTest, RestoresStatics) {
  const auto module = LoadSource("statics.cpp", R"(
#include <string>
static int counter = 5;
static char zeros[100000];
static std::string text = "a text that is too long to fit into the object itself";
extern "C" int Count() { static int local = counter; return ++local + ++counter; }
extern "C" int Fill() { int before = zeros[77777]; zeros[77777] = 1; return before; }
extern "C" const char* Grow() { text += " and on"; return text.c_str(); }
)");
  ASSERT_NE(module, nullptr);
  auto* count = FunctionOf<int()>(*module, "Count");
  auto* fill = FunctionOf<int()>(*module, "Fill");
  auto* grow = FunctionOf<const char*()>(*module, "Grow");
  for (int run = 0; run < 3; ++run) {
    EXPECT_EQ(count(), 12);
    EXPECT_EQ(count(), 14);
    EXPECT_EQ(fill(), 0);
    EXPECT_EQ(fill(), 1);
    // Without a heap of its own, the module's restored text would lie in freed memory.
    const char* grown = nullptr;
    {
      win32::ModuleScope in_module;
      grown = grow();
    }
    EXPECT_TRUE(std::string_view(grown).ends_with("itself and on")) << grown;
    module->Restore();
    EXPECT_EQ(module->outstanding_blocks(), 0U);
  }
}

TEST(ModuleTest, ItsHeapIsItsOwn) {
  const auto module = LoadSource("heap.cpp", R"(
#include <cstdlib>
static void* early = std::malloc(10);
extern "C" void* Early() { return early; }
extern "C" void* Late() { return std::malloc(33); }
extern "C" void* Bigger(void* block) { return std::realloc(block, 3333); }
extern "C" void* Zeroed() { return std::calloc(3, 5); }
)");
  ASSERT_NE(module, nullptr);
  EXPECT_TRUE(Heap::Get().Contains(FunctionOf<void*()>(*module, "Early")()));
  auto* late = FunctionOf<void*()>(*module, "Late");
  void* block = late();
  EXPECT_TRUE(Heap::Get().Contains(block));
  EXPECT_EQ(module->outstanding_blocks(), 1U);
  void* bigger = FunctionOf<void*(void*)>(*module, "Bigger")(block);
  EXPECT_EQ(Heap::Get().BytesOf(bigger), 3333U);
  EXPECT_EQ(module->outstanding_blocks(), 1U);
  EXPECT_EQ(static_cast<char*>(FunctionOf<void*()>(*module, "Zeroed")())[14], 0);
  EXPECT_EQ(module->outstanding_blocks(), 2U);
  module->Restore();
  EXPECT_EQ(module->outstanding_blocks(), 0U);
  EXPECT_EQ(late(), block) << "the same run gets the same addresses";
}

TEST(ModuleTest, ThreadsHaveDataOfTheirOwn) {
  const auto module = LoadSource("threads.cpp", R"(
thread_local int value = 40;
thread_local char more[1000];
extern "C" int Next() { return ++value + more[500]++; }
)");
  ASSERT_NE(module, nullptr);
  ASSERT_TRUE(module->has_thread_data());
  auto* next = FunctionOf<int()>(*module, "Next");
  constexpr uint8_t kDriver = 0xFF;
  for (int run = 0; run < 2; ++run) {
    EXPECT_EQ(next(), 41);
    module->SwitchThread(kDriver, 0, 1);
    EXPECT_EQ(next(), 41);
    EXPECT_EQ(next(), 43);
    module->SwitchThread(0, 7, 2);
    EXPECT_EQ(next(), 41);
    module->SwitchThread(7, 0, 1);
    EXPECT_EQ(next(), 45);
    module->SwitchThread(0, kDriver, 0);
    EXPECT_EQ(next(), 43);
    module->SwitchThread(kDriver, 0, 3);
    EXPECT_EQ(next(), 41) << "another thread in the same place";
    module->SwitchThread(0, kDriver, 0);
    module->Restore();
  }
}

TEST(ModuleTest, StaticDestructorsAreNotCollected) {
  const auto module = LoadSource("destructors.cpp", R"(
static int destroyed;
struct Counted { ~Counted() { ++destroyed; } };
extern "C" void Touch() {
  static Counted counted;
  thread_local Counted per_thread;
  (void)&per_thread;
}
)");
  ASSERT_NE(module, nullptr);
  auto* touch = FunctionOf<void()>(*module, "Touch");
  const uint64_t before = HarnessAllocationCount();
  for (int run = 0; run < 1000; ++run) {
    touch();
    module->Restore();
  }
  EXPECT_EQ(HarnessAllocationCount(), before);
}

TEST(ModuleTest, SitesHaveLines) {
  const auto module = LoadSource("lines.cpp", R"(
extern "C" __attribute__((noinline)) void* Where() { return __builtin_return_address(0); }
extern "C" void* Here() {
  void* site = Where();
  asm volatile("" ::: "memory");
  return site;
}
)");
  ASSERT_NE(module, nullptr);
  const void* site = FunctionOf<void*()>(*module, "Here")();
  const auto lines = Symbolize(module->path(), {module->SiteOffset(site), 0});
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_TRUE(lines[0].file.ends_with("lines.cpp")) << lines[0].file;
  EXPECT_EQ(lines[0].line, 8);
  EXPECT_EQ(lines[0].function, "Here");
  EXPECT_EQ(lines[1].line, 0);
}

std::string LoadError(const std::string& path) {
  const auto loaded = Module::Load(path);
  return loaded.ok() ? "loaded" : loaded.error().Text();
}

TEST(ModuleErrorTest, SaysWhatIsWrongWithTheFile) {
  EXPECT_EQ(LoadError("/no/such.so"), "/no/such.so: no such file");
  EXPECT_EQ(LoadError("/tmp"), "/tmp: is a folder, not a module");
  const std::string text = WriteSource("text.so",
                                       "this is no shared object, only a text that is "
                                       "longer than the header of one would be");
  EXPECT_EQ(LoadError(text), text + ": is not a shared object");
  const std::string dll = WriteSource("module.dll", "MZ and so on");
  EXPECT_NE(LoadError(dll).find("is a Windows image"), std::string::npos);
}

TEST(ModuleErrorTest, NamesWhatIsNotSimulated) {
  const std::string source =
      WriteSource("unknown.cpp", std::string(kRegisters) +
                                     "int FormatTheDisk(int drive);\n"
                                     "int Call() { return FormatTheDisk(3); }\n");
  const auto compiled = Compile({{source}, {}, WorkFolder()});
  ASSERT_TRUE(compiled.ok()) << compiled.error().Text();
  EXPECT_NE(LoadError(*compiled).find(
                "the module calls FormatTheDisk(int), which Pendulum does not simulate"),
            std::string::npos)
      << LoadError(*compiled);
}

TEST(ModuleErrorTest, MissesRegisterModule) {
  const std::string source = WriteSource("empty.cpp", "int Nothing() { return 0; }\n");
  const auto compiled = Compile({{source}, {}, WorkFolder()});
  ASSERT_TRUE(compiled.ok()) << compiled.error().Text();
  EXPECT_NE(LoadError(*compiled).find("has no function RegisterModule"), std::string::npos);
}

TEST(ModuleErrorTest, TakesAMangledRegisterModule) {
  const std::string source = WriteSource(
      "mangled.cpp",
      "class IHttpModuleRegistrationInfo; class IHttpServer;\n"
      "int RegisterModule(unsigned, IHttpModuleRegistrationInfo*, IHttpServer*) { return 0; }\n");
  const auto compiled = Compile({{source}, {}, WorkFolder()});
  ASSERT_TRUE(compiled.ok()) << compiled.error().Text();
  EXPECT_EQ(LoadError(*compiled), "loaded");
}

}  // namespace
}  // namespace pendulum::module
