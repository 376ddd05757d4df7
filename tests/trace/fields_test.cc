#include "harness/trace/fields.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace pendulum::trace {
namespace {

TEST(Fields, ReadmeListsEventsAsTheTableDoes) {
  std::ifstream file(PENDULUM_SOURCE_DIR "/harness/trace/README.md");
  std::stringstream readme;
  readme << file.rdbuf();
  const std::string path = PENDULUM_BINARY_DIR "/events.md";
  std::ofstream(path) << EventsMarkdown();
  EXPECT_NE(readme.str().find(EventsMarkdown()), std::string::npos)
      << "harness/trace/README.md must contain the text of " << path;
}

TEST(Fields, EachHoldsWhatIsPutIntoItAndLeavesTheOthersAlone) {
  for (int i = 0; i < kEventKindCount; ++i) {
    const auto kind = static_cast<EventKind>(i);
    for (const EventField& field : FieldsOf(kind)) {
      Event event = {kind, 0, 0, 0, 0, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF};
      SetFieldValue(field, 0, &event);
      EXPECT_EQ(FieldValue(event, field), 0) << EventName(kind) << " " << field.name;
      for (const EventField& other : FieldsOf(kind)) {
        const bool shares_word = other.name == field.name || !HasField(event, other) ||
                                 (other.word == field.word && other.shift == field.shift);
        if (!shares_word) {
          EXPECT_NE(FieldValue(event, other), 0) << field.name << " spoils " << other.name;
        }
      }
      SetFieldValue(field, 1, &event);
      EXPECT_EQ(FieldValue(event, field), 1) << EventName(kind) << " " << field.name;
    }
  }
}

TEST(Fields, NamesAreUniqueWithinAnEvent) {
  for (int i = 0; i < kEventKindCount; ++i) {
    std::set<std::string_view> names = {"event", "worker", "request", "module", "operation"};
    for (const EventField& field : FieldsOf(static_cast<EventKind>(i))) {
      EXPECT_TRUE(names.insert(field.name).second) << field.name;
    }
  }
}

TEST(Fields, IndicateCompletionHasAStatusInThePlaceOfItsBytes) {
  Event event = {};
  event.kind = EventKind::kOperationCalled;
  for (const EventField& field : FieldsOf(event.kind)) {
    event.d = static_cast<uint16_t>(OperationKind::kIndicateCompletion);
    if (field.name == "status_given") EXPECT_TRUE(HasField(event, field));
    if (field.name == "buffer_bytes") EXPECT_FALSE(HasField(event, field));
    event.d = static_cast<uint16_t>(OperationKind::kFlush);
    if (field.name == "status_given") EXPECT_FALSE(HasField(event, field));
    if (field.name == "buffer_bytes") EXPECT_TRUE(HasField(event, field));
  }
}

TEST(Fields, EachKindOfOperationHasItsOwn) {
  const auto names = [](OperationKind kind) {
    Event event = {};
    event.kind = EventKind::kOperationCalled;
    event.d = static_cast<uint16_t>(kind);
    std::set<std::string_view> held;
    for (const EventField& field : FieldsOf(event.kind)) {
      if (field.word != Word::kD && HasField(event, field)) held.insert(field.name);
    }
    return held;
  };
  using Names = std::set<std::string_view>;
  EXPECT_EQ(names(OperationKind::kWriteEntityChunks), (Names{"buffer_bytes", "chunks"}));
  EXPECT_EQ(names(OperationKind::kReadEntityBody), (Names{"buffer_bytes"}));
  EXPECT_EQ(names(OperationKind::kReadFragment), (Names{"buffer_bytes"}));
  EXPECT_EQ(names(OperationKind::kIndicateCompletion), (Names{"status_given"}));
  EXPECT_EQ(names(OperationKind::kExecuteRequest), (Names{"child", "execute_flags", "user_given"}));
  EXPECT_EQ(names(OperationKind::kNegotiateClientCertificate), (Names{"buffer_bytes"}));
}

}  // namespace
}  // namespace pendulum::trace
