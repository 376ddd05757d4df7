#include <cstring>

#include "tests/win32/simulation.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

class MemoryTest : public Simulation {};

TEST_F(MemoryTest, HeapBlocksKeepTheirContentsAndKnowTheirSize) {
  HANDLE heap = GetProcessHeap();
  auto* block = static_cast<char*>(HeapAlloc(heap, HEAP_ZERO_MEMORY, 8));
  ASSERT_NE(block, nullptr);
  for (int i = 0; i < 8; ++i) EXPECT_EQ(block[i], 0);
  std::memcpy(block, "1234567", 8);
  EXPECT_EQ(HeapSize(heap, 0, block), 8u);
  block = static_cast<char*>(HeapReAlloc(heap, HEAP_ZERO_MEMORY, block, 16));
  ASSERT_NE(block, nullptr);
  EXPECT_STREQ(block, "1234567");
  EXPECT_EQ(block[15], 0);
  EXPECT_EQ(HeapReAlloc(heap, HEAP_REALLOC_IN_PLACE_ONLY, block, 17), nullptr);
  EXPECT_EQ(HeapSize(heap, 0, block), 16u);
  EXPECT_TRUE(HeapFree(heap, 0, block));
  EXPECT_TRUE(HeapFree(heap, 0, nullptr));
}

TEST_F(MemoryTest, HeapsAreToldApart) {
  HANDLE heap = HeapCreate(0, 0, 0);
  EXPECT_NE(heap, GetProcessHeap());
  EXPECT_TRUE(HeapDestroy(heap));
  EXPECT_FALSE(HeapDestroy(GetProcessHeap()));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_HANDLE));
}

TEST_F(MemoryTest, WhatCannotBeHadIsAnError) {
  EXPECT_EQ(LocalAlloc(LMEM_FIXED, ~SIZE_T{0}), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NOT_ENOUGH_MEMORY));
  EXPECT_EQ(LocalFree(nullptr), nullptr);
}

}  // namespace
}  // namespace pendulum::win32
