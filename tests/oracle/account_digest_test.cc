// Accounts that judge what follows differently have different digests; what only tells how a run
// came to where it is makes none.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/oracle/account.h"
#include "harness/trace/event.h"

namespace pendulum::oracle {
namespace {

using trace::Event;
using trace::EventKind;
using trace::kNone16;

Event Of(EventKind kind, uint32_t a = 0, uint32_t b = 0, uint16_t d = 0) {
  return {kind, 0, 0, 0, kNone16, d, a, b};
}

Event OnWorker(Event event, uint8_t worker) {
  event.worker = worker;
  return event;
}

Event OfModule(Event event, uint8_t module) {
  event.module = module;
  return event;
}

Event OfOperation(Event event, uint16_t operation) {
  event.operation = operation;
  return event;
}

Event Read(EventKind kind, uint16_t operation) {
  constexpr auto kRead = static_cast<uint16_t>(trace::OperationKind::kReadEntityBody);
  const bool called = kind == EventKind::kOperationCalled;
  return OfOperation(Of(kind, called ? 512 : 0, 0, called ? kRead | trace::kAsync : 0), operation);
}

using Trace = std::vector<Event>;

StateDigest::Value DigestOf(const Trace& trace) {
  Account account;
  account.BeginRun();
  uint32_t index = 0;
  for (const Event& event : trace) account.Apply(event, index++);
  return account.Digest();
}

const Event kBegan = Of(EventKind::kRequestBegan);
const Event kEntered = Of(EventKind::kNotificationEntered, 1, 0, 0);
const Event kReturned = Of(EventKind::kNotificationReturned, 1, 0, 0);
const Event kRegistered = Of(EventKind::kNotificationsRegistered, 7, 7, 0);

Trace After(Trace trace, const Trace& more) {
  trace.insert(trace.end(), more.begin(), more.end());
  return trace;
}

struct Two {
  const char* what;
  Trace one;
  Trace other;
};

TEST(AccountDigest, TellsApart) {
  const Event created = Of(EventKind::kModuleCreated, 0, 1);
  const Event disposed = Of(EventKind::kModuleDisposed);
  const Event stored = Of(EventKind::kContextStored, 1, 256);
  const Event cleaned = Of(EventKind::kContextCleaned, 1);
  const Event second = Of(EventKind::kNotificationEntered, 2, 0, 1);
  const Event second_returned = Of(EventKind::kNotificationReturned, 2, 0, 1);
  const Event global = Of(EventKind::kGlobalEntered, 0, 0, 1);
  const Event taken = Of(EventKind::kLockTaken, 5);
  const Event read_called = Read(EventKind::kOperationCalled, 0);
  const Event read_returned = Read(EventKind::kOperationReturned, 0);
  const Two cases[] = {
      {"whose object was made", {kBegan, created}, {kBegan, OfModule(created, 1)}},
      {"whose object was disposed",
       {kBegan, created, OfModule(created, 1), disposed},
       {kBegan, created, OfModule(created, 1), OfModule(disposed, 1)}},
      {"how often a context was cleaned up",
       {kBegan, stored, cleaned, cleaned},
       {kBegan, stored, cleaned, Of(EventKind::kContextCleaned, 2)}},
      {"where a context is", {kBegan, stored}, {kBegan, Of(EventKind::kContextStored, 1, 257)}},
      {"who was told of a global notification",
       {global, Of(EventKind::kGlobalEntered, 0, 0, 2)},
       {OfModule(global, 1), Of(EventKind::kGlobalEntered, 0, 0, 2)}},
      {"who has registered", {kRegistered}, {OfModule(kRegistered, 1)}},
      {"the serial number of what is over",
       {kBegan, kEntered, kReturned, second, second_returned},
       {kBegan, Of(EventKind::kNotificationEntered, 3), Of(EventKind::kNotificationReturned, 3),
        second, second_returned}},
      {"which worker is in a handler", {kBegan, kEntered}, {kBegan, OnWorker(kEntered, 1)}},
      {"which worker is in a call",
       {kBegan, kEntered, read_called},
       {kBegan, kEntered, OnWorker(read_called, 1)}},
      {"whether a call has returned",
       {kBegan, kEntered, read_called, read_returned},
       {kBegan, kEntered, read_called, Of(EventKind::kCall)}},
      {"who has a lock", {taken}, {OnWorker(taken, 1)}},
      {"which lock is held", {taken}, {Of(EventKind::kLockTaken, 6)}},
      {"what has been disabled",
       {kBegan, Of(EventKind::kCall, 1, 0,
                   static_cast<uint16_t>(trace::Method::kIHttpContext_DisableNotifications))},
       {kBegan, Of(EventKind::kCall, 2, 0,
                   static_cast<uint16_t>(trace::Method::kIHttpContext_DisableNotifications))}},
      {"a header",
       {kBegan, Of(EventKind::kHeaderChanged, 1, 7)},
       {kBegan, Of(EventKind::kHeaderChanged, 1, 8)}},
  };
  for (const Two& two : cases) {
    ASSERT_EQ(two.one.size(), two.other.size()) << two.what;
    EXPECT_FALSE(DigestOf(two.one) == DigestOf(two.other)) << two.what;
    const Trace ended = {Of(EventKind::kClientSent, 1, 1)};
    EXPECT_FALSE(DigestOf(After(two.one, ended)) == DigestOf(After(two.other, ended)))
        << two.what << ", after another event";
    EXPECT_TRUE(DigestOf(two.one) == DigestOf(two.one)) << two.what;
  }
}

TEST(AccountDigest, DoesNotTellTheWay) {
  const Event sent = Of(EventKind::kClientSent, 8, 8);
  const Event other_handler = OnWorker(Of(EventKind::kNotificationEntered, 2), 1);
  const Two cases[] = {
      {"what the client did before a handler was called",
       {kBegan, sent, kEntered},
       {kBegan, kEntered, sent}},
      {"which of two handlers returned first",
       {kBegan, kEntered, other_handler, kReturned,
        OnWorker(Of(EventKind::kNotificationReturned, 2), 1)},
       {kBegan, kEntered, other_handler, OnWorker(Of(EventKind::kNotificationReturned, 2), 1),
        kReturned}},
      {"at which event an operation was called",
       {kBegan, kEntered, sent, Read(EventKind::kOperationCalled, 0)},
       {kBegan, kEntered, Read(EventKind::kOperationCalled, 0), sent}},
  };
  for (const Two& two : cases) {
    EXPECT_TRUE(DigestOf(two.one) == DigestOf(two.other)) << two.what;
  }
}

// What is said of an operation that is over is what a for_each can read of it.
TEST(AccountDigest, KeepsOfWhatIsOverWhatIsAskedFor) {
  const auto digest = [](uint32_t bytes, const std::vector<uint8_t>& kept) {
    Account account;
    Account::KeptSlots slots;
    slots.operation[static_cast<size_t>(trace::OperationKind::kReadEntityBody)] = kept;
    account.KeepSlots(slots);
    account.BeginRun();
    Event called = Read(EventKind::kOperationCalled, 0);
    called.a = bytes;
    uint32_t index = 0;
    for (const Event& event : {kBegan, kEntered, called, Read(EventKind::kOperationReturned, 0),
                               kReturned, Of(EventKind::kNotificationEntered, 2, 0, 1),
                               Of(EventKind::kNotificationReturned, 2, 0, 1)}) {
      account.Apply(event, index++);
    }
    return account.Digest();
  };
  const auto slot = static_cast<uint8_t>(FindField(Object::operation, "buffer_bytes")->slot);
  EXPECT_TRUE(digest(512, {}) == digest(513, {}));
  EXPECT_FALSE(digest(512, {slot}) == digest(513, {slot}));
}

}  // namespace
}  // namespace pendulum::oracle
