#include "harness/module/heap.h"

#include <cstdint>
#include <cstring>
#include <vector>

#include "gtest/gtest.h"
#include "harness/win32/boundary.h"

namespace pendulum::module {
namespace {

std::vector<HeapFailure> failures;

class HeapTest : public testing::Test {
 protected:
  void SetUp() override {
    heap_.Clear();
    failures.clear();
    heap_.set_failure_handler([](HeapFailure failure, size_t) { failures.push_back(failure); });
  }
  void TearDown() override {
    heap_.Clear();
    heap_.set_failure_handler(nullptr);
    heap_.set_limit_bytes(size_t{512} << 20);
  }
  Heap& heap_ = Heap::Get();
};

TEST_F(HeapTest, BlocksOfAllSizesHoldTheirBytes) {
  std::vector<std::pair<unsigned char*, size_t>> blocks;
  for (size_t bytes = 0; bytes < 300000; bytes += 1 + bytes / 7) {
    auto* block = static_cast<unsigned char*>(heap_.Allocate(bytes));
    ASSERT_NE(block, nullptr);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(block) % 16, 0U);
    EXPECT_EQ(heap_.BytesOf(block), bytes);
    std::memset(block, static_cast<int>(blocks.size() % 251), bytes);
    blocks.emplace_back(block, bytes);
  }
  ASSERT_GT(blocks.size(), 50U);
  for (size_t i = 0; i < blocks.size(); ++i) {
    for (size_t at = 0; at < blocks[i].second; ++at) {
      ASSERT_EQ(blocks[i].first[at], i % 251) << "block " << i;
    }
    heap_.Free(blocks[i].first);
  }
  EXPECT_EQ(heap_.outstanding_blocks(), 0U);
  EXPECT_TRUE(failures.empty());
}

TEST_F(HeapTest, AlignsAsAskedFor) {
  for (size_t alignment = 16; alignment <= 65536; alignment *= 2) {
    void* block = heap_.Allocate(24, alignment);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(block) % alignment, 0U) << alignment;
  }
}

TEST_F(HeapTest, RestoreForgetsContentsAndAddresses) {
  auto* kept = static_cast<char*>(heap_.Allocate(100));
  std::strcpy(kept, "loaded");
  heap_.Remember();
  const auto run = [&] {
    auto* block = static_cast<char*>(heap_.Allocate(5000));
    EXPECT_EQ(static_cast<unsigned char>(block[4000]), 0xCD);
    EXPECT_EQ(block[5016], 0) << "beyond the last block lies the run before";
    std::memset(block, 'x', 5000);
    std::strcpy(kept, "changed");
    heap_.Free(kept);
    EXPECT_EQ(heap_.Allocate(100) == kept, false) << "freed memory rests";
    return block;
  };
  char* first = run();
  heap_.Restore();
  EXPECT_STREQ(kept, "loaded");
  EXPECT_EQ(heap_.outstanding_blocks(), 0U);
  EXPECT_EQ(run(), first);
  EXPECT_TRUE(failures.empty());
}

TEST_F(HeapTest, RestoreClearsMuchMemoryToo) {
  heap_.Remember();
  auto* block = static_cast<char*>(heap_.Allocate(8 << 20));
  std::memset(block, 'x', 8 << 20);
  heap_.Restore();
  auto* again = static_cast<char*>(heap_.Allocate(16));
  EXPECT_EQ(again, block);
  for (size_t at = 4096; at < (8 << 20); at += 1000) ASSERT_EQ(again[at], 0) << at;
}

TEST_F(HeapTest, UsesFreedMemoryAgainInTheEnd) {
  heap_.Remember();
  uintptr_t highest = 0;
  for (int i = 0; i < 100000; ++i) {
    void* block = heap_.Allocate(1000);
    highest = std::max(highest, reinterpret_cast<uintptr_t>(block));
    heap_.Free(block);
  }
  void* base = heap_.Allocate(16);
  EXPECT_LT(highest - (reinterpret_cast<uintptr_t>(base) >> 32 << 32), 1U << 20);
}

TEST_F(HeapTest, ReallocateMovesTheContents) {
  auto* block = static_cast<char*>(heap_.Reallocate(nullptr, 10));
  std::strcpy(block, "something");
  block = static_cast<char*>(heap_.Reallocate(block, 1000));
  EXPECT_STREQ(block, "something");
  block = static_cast<char*>(heap_.Reallocate(block, 4));
  EXPECT_EQ(std::memcmp(block, "some", 4), 0);
  EXPECT_EQ(heap_.outstanding_blocks(), 1U);
}

TEST_F(HeapTest, NoticesMisuse) {
  auto* block = static_cast<char*>(heap_.Allocate(40));
  block[40] = 1;
  heap_.Free(block);
  EXPECT_EQ(failures, std::vector{HeapFailure::kOverrun});
  heap_.Free(block);
  EXPECT_EQ(failures.back(), HeapFailure::kFreedTwice);
  auto* other = static_cast<char*>(heap_.Allocate(400));
  heap_.Free(other + 64);
  EXPECT_EQ(failures.back(), HeapFailure::kNotABlock);
  EXPECT_EQ(failures.size(), 3U);
}

TEST_F(HeapTest, TheLimitHolds) {
  heap_.set_limit_bytes(1000);
  void* first = heap_.Allocate(600);
  EXPECT_EQ(heap_.Allocate(600), nullptr);
  EXPECT_EQ(failures, std::vector{HeapFailure::kOutOfMemory});
  heap_.Free(first);
  EXPECT_NE(heap_.Allocate(600), nullptr);
  EXPECT_EQ(heap_.Allocate(~size_t{0} / 2), nullptr);
}

TEST_F(HeapTest, OperatorNewFollowsTheBoundary) {
  const uint64_t before = HarnessAllocationCount();
  std::vector<int> ours(100);
  EXPECT_EQ(HarnessAllocationCount(), before + 1);
  EXPECT_FALSE(heap_.Contains(ours.data()));
  int* theirs = nullptr;
  {
    win32::ModuleScope in_module;
    theirs = new int[100];
  }
  EXPECT_TRUE(heap_.Contains(theirs));
  EXPECT_EQ(HarnessAllocationCount(), before + 1);
  delete[] theirs;
  EXPECT_EQ(heap_.outstanding_blocks(), 0U);
}

TEST_F(HeapTest, KnowsWhatHasBeenFreed) {
  auto* block = static_cast<char*>(heap_.Allocate(100));
  EXPECT_FALSE(heap_.IsFreed(block + 50));
  heap_.Free(block);
  EXPECT_TRUE(heap_.IsFreed(block + 50));
  EXPECT_FALSE(heap_.IsFreed(block - 1));
  int elsewhere = 0;
  EXPECT_FALSE(heap_.IsFreed(&elsewhere));
}

}  // namespace
}  // namespace pendulum::module
