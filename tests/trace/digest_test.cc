// The digest of bodies, against its definition written out.
#include "harness/trace/digest.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pendulum::trace {
namespace {

std::vector<uint8_t> Bytes(size_t count) {
  std::vector<uint8_t> bytes(count);
  for (size_t i = 0; i < count; ++i) bytes[i] = static_cast<uint8_t>(i * 73 + i / 7 + 200);
  return bytes;
}

// Each byte, and one more, times the weight of its position.
uint32_t ByDefinition(const std::vector<uint8_t>& bytes, size_t count) {
  uint32_t value = 0;
  for (size_t i = 0; i < count; ++i) {
    const auto block = static_cast<uint32_t>(i / 256);
    const auto weight = static_cast<uint32_t>(i % 256 * 127 + 1);
    value += (bytes[i] + 1u) * weight * (2 * block + 1) * 2654435761u;
  }
  return value;
}

TEST(DigestTest, IsWhatItsDefinitionSaysForEveryLength) {
  const std::vector<uint8_t> bytes = Bytes(700);
  for (size_t count = 0; count <= bytes.size(); ++count) {
    Digest digest;
    digest.Add({bytes.data(), count});
    EXPECT_EQ(digest.value(), ByDefinition(bytes, count)) << count;
    EXPECT_EQ(digest.bytes(), count);
  }
}

TEST(DigestTest, LargestBytesDoNotOverflow) {
  const std::vector<uint8_t> bytes(512, 255);
  Digest digest;
  digest.Add(bytes);
  EXPECT_EQ(digest.value(), ByDefinition(bytes, bytes.size()));
}

TEST(DigestTest, DoesNotDependOnThePieces) {
  const std::vector<uint8_t> bytes = Bytes(600);
  for (size_t piece = 1; piece <= 70; ++piece) {
    Digest digest;
    for (size_t at = 0; at < bytes.size(); at += piece) {
      digest.Add({bytes.data() + at, std::min(piece, bytes.size() - at)});
    }
    EXPECT_EQ(digest.value(), ByDefinition(bytes, bytes.size())) << piece;
  }
}

TEST(DigestTest, HeaderNamesCountInSmallLettersHoweverLong) {
  const std::string name = "X-" + std::string(100, 'A') + "-Z";
  std::string small;
  for (const char c : name) small += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  EXPECT_EQ(HeaderDigest(name, true), HeaderDigest(small, false));
  EXPECT_NE(HeaderDigest(name, false), HeaderDigest(small, false));
  EXPECT_EQ(HeaderDigest(small, false), ByDefinition({small.begin(), small.end()}, small.size()));
  EXPECT_EQ(HeaderDigest("", true), 1u);
}

}  // namespace
}  // namespace pendulum::trace
