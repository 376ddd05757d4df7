#include <cstring>
#include <string>
#include <string_view>

#include "harness/win32/files.h"
#include "tests/win32/simulation.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

using sched::RunState;

class FileTest : public Simulation {
 protected:
  ~FileTest() override { ClearPreloadedFiles(); }
};

HANDLE Open(const char* name, DWORD disposition, DWORD flags = 0) {
  return CreateFileA(name, GENERIC_READ | GENERIC_WRITE, 0, nullptr, disposition, flags, nullptr);
}

TEST_F(FileTest, WhatIsWrittenIsRead) {
  HANDLE file = Open("C:\\data\\a.txt", CREATE_NEW);
  ASSERT_NE(file, INVALID_HANDLE_VALUE);
  DWORD count = 0;
  EXPECT_TRUE(WriteFile(file, "hello", 5, &count, nullptr));
  EXPECT_EQ(count, 5u);
  EXPECT_EQ(SetFilePointer(file, 1, nullptr, FILE_BEGIN), 1u);
  char buffer[8] = {};
  EXPECT_TRUE(ReadFile(file, buffer, sizeof(buffer), &count, nullptr));
  EXPECT_EQ(std::string_view(buffer, count), "ello");
  EXPECT_TRUE(ReadFile(file, buffer, sizeof(buffer), &count, nullptr));
  EXPECT_EQ(count, 0u);
  EXPECT_EQ(GetFileSize(file, nullptr), 5u);
  const uint8_t* data = nullptr;
  size_t size = 0;
  ASSERT_TRUE(FileHandleBytes(file, &data, &size));
  EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(data), size), "hello");
  CloseHandle(file);
  EXPECT_FALSE(FileHandleBytes(file, &data, &size));
}

TEST_F(FileTest, DispositionsFollowWhatExists) {
  EXPECT_EQ(Open("C:\\x", OPEN_EXISTING), INVALID_HANDLE_VALUE);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_FILE_NOT_FOUND));
  EXPECT_NE(Open("C:\\x", OPEN_ALWAYS), INVALID_HANDLE_VALUE);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_SUCCESS));
  EXPECT_EQ(Open("c:/X", CREATE_NEW), INVALID_HANDLE_VALUE);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_FILE_EXISTS));
  EXPECT_NE(Open("\\\\?\\C:\\x", CREATE_ALWAYS), INVALID_HANDLE_VALUE);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_ALREADY_EXISTS));
}

TEST_F(FileTest, AccessRightsAreChecked) {
  HANDLE file = CreateFileA("C:\\r", GENERIC_READ, 0, nullptr, CREATE_ALWAYS, 0, nullptr);
  DWORD count = 0;
  EXPECT_FALSE(WriteFile(file, "x", 1, &count, nullptr));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_ACCESS_DENIED));
}

TEST_F(FileTest, PreloadedFilesAreThereInEachRun) {
  PreloadFile("C:\\inetpub\\wwwroot\\index.htm", "<p>");
  sched::DefaultStrategy strategy;
  for (uint64_t run = 0; run < 2; ++run) {
    Begin(&strategy, run);
    EXPECT_EQ(GetFileAttributesA("C:\\inetpub\\wwwroot"), FILE_ATTRIBUTE_DIRECTORY);
    HANDLE file = OpenFileForHost("C:\\inetpub\\wwwroot\\index.htm");
    ASSERT_NE(file, nullptr);
    EXPECT_EQ(GetFileSize(file, nullptr), 3u);
    EXPECT_TRUE(DeleteFileA("C:\\INETPUB\\wwwroot\\index.htm"));
    EXPECT_EQ(GetFileSize(file, nullptr), 3u) << "an open file is kept until it is closed";
    EXPECT_EQ(OpenFileForHost("C:\\inetpub\\wwwroot\\index.htm"), nullptr);
  }
  End();
}

TEST_F(FileTest, AnOverlappedReadEndsNowOrLater) {
  PreloadFile("C:\\f", "0123456789");
  static bool was_pending;
  static bool was_inline;
  was_pending = was_inline = false;
  ForRandomSchedules(
      50,
      [this] {
        Start([] {
          HANDLE file = Open("C:\\f", OPEN_EXISTING, FILE_FLAG_OVERLAPPED);
          OVERLAPPED overlapped = {};
          overlapped.Offset = 4;
          overlapped.hEvent = CreateEventA(nullptr, TRUE, FALSE, nullptr);
          char buffer[4] = {};
          if (ReadFile(file, buffer, 3, nullptr, &overlapped)) {
            was_inline = true;
          } else {
            EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_IO_PENDING));
            was_pending = true;
          }
          DWORD count = 0;
          EXPECT_TRUE(GetOverlappedResult(file, &overlapped, &count, TRUE));
          EXPECT_EQ(count, 3u);
          EXPECT_STREQ(buffer, "456");
          EXPECT_EQ(WaitForSingleObject(overlapped.hEvent, 0), WAIT_OBJECT_0);
        });
      },
      [](RunState state) { EXPECT_EQ(state, RunState::kQuiet); });
  EXPECT_TRUE(was_pending);
  EXPECT_TRUE(was_inline);
}

TEST_F(FileTest, AnAssociatedFileSendsPackets) {
  PreloadFile("C:\\f", "0123456789");
  ForRandomSchedules(
      50,
      [this] {
        Start([] {
          HANDLE file = Open("C:\\f", OPEN_EXISTING, FILE_FLAG_OVERLAPPED);
          HANDLE port = CreateIoCompletionPort(file, nullptr, 77, 0);
          ASSERT_NE(port, nullptr);
          OVERLAPPED overlapped = {};
          char buffer[16];
          ReadFile(file, buffer, sizeof(buffer), nullptr, &overlapped);
          DWORD count = 0;
          ULONG_PTR key = 0;
          LPOVERLAPPED done = nullptr;
          EXPECT_TRUE(GetQueuedCompletionStatus(port, &count, &key, &done, INFINITE));
          EXPECT_EQ(count, 10u);
          EXPECT_EQ(key, 77u);
          EXPECT_EQ(done, &overlapped);
        });
      },
      [](RunState state) { EXPECT_EQ(state, RunState::kQuiet); });
}

TEST_F(FileTest, WhatIsNotSimulatedFailsAndIsNotedOnce) {
  PROCESS_INFORMATION information;
  for (int i = 0; i < 2; ++i) {
    EXPECT_FALSE(CreateProcessA("a.exe", nullptr, nullptr, nullptr, FALSE, 0, nullptr, nullptr,
                                nullptr, &information));
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_CALL_NOT_IMPLEMENTED));
  }
  ASSERT_EQ(captured_line_count(), 1);
  EXPECT_STREQ(captured_line(0), "not simulated: CreateProcessA");
}

}  // namespace
}  // namespace pendulum::win32
