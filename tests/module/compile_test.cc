#include <sys/stat.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "gtest/gtest.h"
#include "harness/module/module.h"
#include "tests/module/source_module.h"

namespace pendulum::module {
namespace {

// What tells one file from another of the same content.
ino_t IdentityOf(const std::string& path) {
  struct stat about {};
  EXPECT_EQ(stat(path.c_str(), &about), 0) << path;
  return about.st_ino;
}

TEST(CompileTest, KeepsTheResultUntilAnInputChanges) {
  const std::string header = WriteSource("cached.h", "#define NUMBER 1\n");
  const std::string source =
      WriteSource("cached.cpp", std::string("#include \"cached.h\"\n") + kRegisters +
                                    "extern \"C\" int Number() { return NUMBER; }\n");
  const auto first = Compile({{source}, {}, WorkFolder()});
  ASSERT_TRUE(first.ok()) << first.error().Text();
  const ino_t identity = IdentityOf(*first);
  const auto second = Compile({{source}, {}, WorkFolder()});
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(*second, *first);
  EXPECT_EQ(IdentityOf(*second), identity) << "compiled though nothing changed";

  WriteSource("cached.h", "#define NUMBER 2\n");
  const auto third = Compile({{source}, {}, WorkFolder()});
  ASSERT_TRUE(third.ok());
  EXPECT_NE(IdentityOf(*third), identity) << "a header that changed went unnoticed";
  const auto module = Module::Load(*third);
  ASSERT_TRUE(module.ok());
  EXPECT_EQ(FunctionOf<int()>(**module, "Number")(), 2);
}

TEST(CompileTest, OtherFlagsAreAnotherResult) {
  const std::string source = WriteSource(
      "flags.cpp", std::string(kRegisters) + "extern \"C\" int Number() { return NUMBER; }\n");
  const auto one = Compile({{source}, {"-DNUMBER=1"}, WorkFolder()});
  const auto two = Compile({{source}, {"-DNUMBER=2"}, WorkFolder()});
  ASSERT_TRUE(one.ok()) << one.error().Text();
  ASSERT_TRUE(two.ok());
  EXPECT_NE(*one, *two);
}

TEST(CompileTest, AnotherInstrumentationIsAnotherResult) {
  const std::string source =
      WriteSource("instrumented.cpp",
                  std::string(kRegisters) +
                      "extern \"C\" int Element(int* array, int index) { return array[index]; }\n");
  std::set<std::string> results;
  for (int i = 0; i < kInstrumentations; ++i) {
    const auto instrumentation = static_cast<Instrumentation>(i);
    const auto compiled = Compile({{source}, {}, WorkFolder(), instrumentation});
    ASSERT_TRUE(compiled.ok()) << compiled.error().Text();
    results.insert(*compiled);
    const auto content = platform::ReadFile(*compiled);
    ASSERT_TRUE(content.ok());
    const auto calls = [&](const char* name) { return content->find(name) != std::string::npos; };
    const bool thread = instrumentation == Instrumentation::kThread ||
                        instrumentation == Instrumentation::kAccesses;
    EXPECT_EQ(calls("__asan_report_load4"), instrumentation == Instrumentation::kAddress) << i;
    EXPECT_EQ(calls("__ubsan_handle_pointer_overflow_abort"),
              instrumentation == Instrumentation::kAddress)
        << i;
    EXPECT_EQ(calls("__tsan_read4"), thread) << i;
  }
  EXPECT_EQ(results.size(), 4u);
}

TEST(CompileTest, InstrumentationsHaveNames) {
  for (int i = 0; i < kInstrumentations; ++i) {
    const auto instrumentation = static_cast<Instrumentation>(i);
    EXPECT_EQ(FindInstrumentation(InstrumentationName(instrumentation)), instrumentation);
  }
  EXPECT_EQ(FindInstrumentation("thread "), std::nullopt);
}

// The precompiled prelude in `folder`, which holds exactly one.
std::filesystem::path PreludeIn(const std::string& folder) {
  std::filesystem::path prelude;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".pch") prelude = entry.path();
  }
  EXPECT_FALSE(prelude.empty()) << folder;
  return prelude;
}

TEST(CompileTest, AnotherCheckoutOfTheSameSdkIsNoChange) {
  namespace fs = std::filesystem;
  const std::string sdk = WorkFolder() + "/copied sdk";
  fs::remove_all(sdk);
  fs::copy(PENDULUM_SOURCE_DIR "/harness/sdk", sdk, fs::copy_options::recursive);
  const std::string results = WorkFolder() + "/checkout";
  fs::remove_all(results);
  ASSERT_EQ(setenv("PENDULUM_SDK", sdk.c_str(), 1), 0);
  const auto first = Compile({{WriteSource("checkout_one.cpp", kRegisters)}, {}, results});
  for (const auto& entry : fs::recursive_directory_iterator(sdk)) {
    fs::last_write_time(entry.path(), fs::last_write_time(entry.path()) + std::chrono::hours(1));
  }
  const ino_t identity = IdentityOf(PreludeIn(results).string());
  const auto second = Compile({{WriteSource("checkout_two.cpp", kRegisters)}, {}, results});
  unsetenv("PENDULUM_SDK");
  ASSERT_TRUE(first.ok()) << first.error().Text();
  ASSERT_TRUE(second.ok()) << second.error().Text();
  EXPECT_EQ(IdentityOf(PreludeIn(results).string()), identity) << "built anew without need";
}

TEST(CompileTest, APreludeThatCannotBeUsedIsBuiltAnew) {
  const std::string results = WorkFolder() + "/damaged";
  std::filesystem::remove_all(results);
  const auto first = Compile({{WriteSource("damaged_one.cpp", kRegisters)}, {}, results});
  ASSERT_TRUE(first.ok()) << first.error().Text();
  std::filesystem::resize_file(PreludeIn(results), 1000);
  const auto second = Compile({{WriteSource("damaged_two.cpp", kRegisters)}, {}, results});
  ASSERT_TRUE(second.ok()) << second.error().Text();
}

TEST(CompileTest, LinksSeveralSources) {
  const std::string first = WriteSource("first part.cpp", kRegisters);
  const std::string second = WriteSource("second.cpp", "extern \"C\" int Two() { return 2; }\n");
  const auto compiled = Compile({{first, second}, {}, WorkFolder()});
  ASSERT_TRUE(compiled.ok()) << compiled.error().Text();
  EXPECT_EQ(std::filesystem::path(*compiled).filename(), "first part.so");
  const auto module = Module::Load(*compiled);
  ASSERT_TRUE(module.ok()) << module.error().Text();
  EXPECT_EQ(FunctionOf<int()>(**module, "Two")(), 2);
  const ino_t identity = IdentityOf(*compiled);
  const auto again = Compile({{first, second}, {}, WorkFolder()});
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(IdentityOf(*again), identity);
}

TEST(CompileTest, ShowsWhatTheCompilerSays) {
  const std::string source = WriteSource("broken.cpp", "int f() {\n  return nonsense;\n}\n");
  const auto compiled = Compile({{source}, {}, WorkFolder()});
  ASSERT_FALSE(compiled.ok());
  EXPECT_EQ(compiled.error().place, source);
  EXPECT_NE(compiled.error().message.find(
                "broken.cpp:2:10: error: use of undeclared identifier 'nonsense'"),
            std::string::npos)
      << compiled.error().message;
}

TEST(CompileTest, NamesASourceThatIsMissing) {
  const auto compiled = Compile({{"/no/such.cpp"}, {}, WorkFolder()});
  ASSERT_FALSE(compiled.ok());
  EXPECT_EQ(compiled.error().Text(), "/no/such.cpp: no such file");
}

TEST(CompileTest, SaysWhenTheSdkIsNotWhereItShouldBe) {
  const std::string source = WriteSource("sdk.cpp", kRegisters);
  setenv("PENDULUM_SDK", "/no/such/folder", 1);
  const auto compiled = Compile({{source}, {}, WorkFolder()});
  unsetenv("PENDULUM_SDK");
  ASSERT_FALSE(compiled.ok());
  EXPECT_EQ(compiled.error().place, "/no/such/folder");
  EXPECT_NE(compiled.error().message.find("pendulum_prelude.h"), std::string::npos);
}

TEST(CompileTest, FileNamesHaveNoCase) {
  const std::string source =
      WriteSource("case.cpp", std::string("#include <Windows.h>\n#include <HttpServ.h>\n") +
                                  "extern \"C\" HRESULT Result() { return E_FAIL; }\n");
  const auto compiled = Compile({{source}, {}, WorkFolder()});
  EXPECT_TRUE(compiled.ok()) << compiled.error().Text();
}

}  // namespace
}  // namespace pendulum::module
