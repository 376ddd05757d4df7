#include "harness/trace/names.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <vector>

#include "harness/trace/digest.h"
#include "harness/trace/method.h"
#include "harness/trace/recorder.h"

namespace pendulum::trace {
namespace {

TEST(Names, EveryNamedValueIsFoundAgain) {
  for (int i = 0; i < kValueTypeCount; ++i) {
    const auto type = static_cast<ValueType>(i);
    std::set<int64_t> values;
    for (const NamedValue& named : NamedValues(type)) {
      EXPECT_EQ(ValueFromName(type, named.name), named.value) << named.name;
      EXPECT_EQ(ValueName(type, named.value), named.name);
      EXPECT_TRUE(values.insert(named.value).second) << named.name;
    }
  }
  EXPECT_EQ(ValueFromName(ValueType::kHresult, "ERROR_INVALID_PARAMETER"), 0x80070057);
  EXPECT_EQ(ValueFromName(ValueType::kStatus, "RQ_BEGIN_REQUEST"), std::nullopt);
}

TEST(Names, ValuesReadAsPeopleWriteThem) {
  EXPECT_EQ(ValueText(ValueType::kInteger, -4), "-4");
  EXPECT_EQ(ValueText(ValueType::kBoolean, 1), "TRUE");
  EXPECT_EQ(ValueText(ValueType::kHresult, 0), "S_OK");
  EXPECT_EQ(ValueText(ValueType::kHresult, 0x80070026), "0x80070026 (ERROR_HANDLE_EOF)");
  EXPECT_EQ(ValueText(ValueType::kHresult, 0x80079999), "0x80079999");
  EXPECT_EQ(ValueText(ValueType::kStatus, 7), "7");
  EXPECT_EQ(ValueText(ValueType::kMethod, static_cast<int64_t>(Method::kWin32_SetEvent)),
            "SetEvent");
  EXPECT_EQ(ValueText(ValueType::kMethod, 60000), "60000");
}

TEST(Names, EveryEventAndMethodIsFoundByItsName) {
  for (int i = 0; i < kEventKindCount; ++i) {
    EXPECT_EQ(EventFromName(EventName(static_cast<EventKind>(i))), static_cast<EventKind>(i));
  }
  EXPECT_EQ(EventFromName("event"), std::nullopt);
  for (int i = 0; i < static_cast<int>(Method::kCount); ++i) {
    EXPECT_EQ(MethodFromName(MethodName(static_cast<Method>(i))), static_cast<Method>(i))
        << MethodName(static_cast<Method>(i));
  }
}

TEST(Names, TellsTheMethodsOfARequestsObjects) {
  EXPECT_TRUE(IsRequestMethod(Method::kIHttpContext_GetRequest));
  EXPECT_TRUE(IsRequestMethod(Method::kIHttpContext3_EnableFullDuplex));
  EXPECT_TRUE(IsRequestMethod(Method::kIHttpResponse_Clear));
  EXPECT_FALSE(IsRequestMethod(Method::kIHttpServer_GetAppPoolName));
  EXPECT_FALSE(IsRequestMethod(Method::kIHttpConnection_IsConnected));
  EXPECT_FALSE(IsRequestMethod(Method::kWin32_SetEvent));
}

TEST(Digest, PiecesJoinIntoTheWhole) {
  std::vector<uint8_t> bytes;
  for (int i = 0; i < 1000; ++i) bytes.push_back(static_cast<uint8_t>(i * 7));
  const auto digest_of = [](std::span<const uint8_t> one, std::span<const uint8_t> other = {}) {
    Digest digest;
    digest.Add(one);
    digest.Add(other);
    return digest.value();
  };
  const std::span all(bytes);
  const uint32_t whole = digest_of(all);
  for (size_t cut : {size_t{0}, size_t{1}, size_t{500}, size_t{999}, bytes.size()}) {
    EXPECT_EQ(digest_of(all.first(cut), all.subspan(cut)), whole) << cut;
  }
  bytes[10] ^= 1;
  EXPECT_NE(digest_of(bytes), whole);
  bytes[10] ^= 1;
  std::swap(bytes[20], bytes[21]);
  EXPECT_NE(digest_of(bytes), whole);
  EXPECT_NE(digest_of(std::vector<uint8_t>{0}), digest_of(std::vector<uint8_t>{0, 0}));
}

// As its description says, byte for byte: however many bytes are taken at once.
TEST(Digest, IsTheWeightedSumOfItsDescription) {
  std::vector<uint8_t> bytes;
  uint32_t expected = 0;
  for (uint32_t i = 0; i < 700; ++i) {
    Digest digest;
    digest.Add(bytes);
    ASSERT_EQ(digest.value(), expected) << i;
    const auto byte = static_cast<uint8_t>(i < 300 ? 255 : i * 89);
    bytes.push_back(byte);
    expected +=
        (byte + 1u) * static_cast<uint32_t>(i % 256 * 127 + 1) * (2 * (i / 256) + 1) * 2654435761u;
  }
}

class CountingSink : public EventSink {
 public:
  void OnEvent(const Event&, uint32_t index) override { last_index = index; }
  uint32_t last_index = 0;
};

TEST(Recorder, HashCoversEveryFieldAndNotTheSites) {
  const auto buffer = std::make_unique<TraceBuffer>();
  const auto hash_of = [&](const Event& event, Site site) {
    Recorder recorder(buffer.get(), nullptr);
    recorder.Clear();
    recorder.set_site(site);
    recorder.Append(event);
    return recorder.Hash();
  };
  const Event event = {EventKind::kCall, 1, 2, 3, 4, 5, 6, 7};
  const uint64_t hash = hash_of(event, {});
  EXPECT_EQ(hash, hash_of(event, {10, 20}));
  EXPECT_EQ(hash, 0xE476128B62CB910Bu) << "hashes are kept in replay files: they may not change";
  std::vector<Event> others(8, event);
  others[0].kind = EventKind::kWaitBegan;
  others[1].worker = 9;
  others[2].request = 9;
  others[3].module = 9;
  others[4].operation = 9;
  others[5].d = 9;
  others[6].a = 9;
  others[7].b = 9;
  for (const Event& other : others) EXPECT_NE(hash_of(other, {}), hash);
}

TEST(Recorder, KeepsEventsHandsThemOnAndCountsThoseBeyondItsRoom) {
  const auto buffer = std::make_unique<TraceBuffer>();
  CountingSink sink;
  Recorder recorder(buffer.get(), &sink);
  const Event event = {EventKind::kCall, 0, 0, 0, 0, 0, 0, 0};
  for (uint32_t i = 0; i < kMaxEvents + 3; ++i) recorder.Append(event);
  EXPECT_EQ(recorder.buffer().count, kMaxEvents);
  EXPECT_EQ(recorder.buffer().dropped, 3u);
  EXPECT_EQ(sink.last_index, kMaxEvents - 1);
  EXPECT_TRUE(recorder.NearlyFull());
  recorder.Clear();
  EXPECT_EQ(recorder.buffer().count, 0u);
  EXPECT_FALSE(recorder.NearlyFull());
}

}  // namespace
}  // namespace pendulum::trace
