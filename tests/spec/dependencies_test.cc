// The table of what each field of the vocabulary is computed from is complete: whatever changes in
// a trace, only fields change that list it, and only within the reach that they state.
#include "harness/oracle/dependencies.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "harness/oracle/account.h"
#include "harness/trace/fields.h"
#include "tests/spec/judge.h"

namespace pendulum::oracle {
namespace {

using trace::Event;
using trace::EventField;
using trace::EventKind;

// What expressions see after one event: each field at hand, then those of each operation and of
// each request of the run.
using View = std::vector<int64_t>;
constexpr uint32_t kOperations = 12;
constexpr uint32_t kRequests = 3;
constexpr int kAtHand = -1;

// Which field of whose account stands at a place of a view.
struct Place {
  const FieldInfo* field;
  int whose;  // or kAtHand
};

const std::vector<Place>& Places() {
  static const std::vector<Place> places = [] {
    std::vector<Place> all;
    for (const FieldInfo& field : Fields()) all.push_back({&field, kAtHand});
    for (uint32_t o = 0; o < kOperations; ++o) {
      for (const FieldInfo& field : FieldsOf(Object::operation)) {
        all.push_back({&field, static_cast<int>(o)});
      }
    }
    for (uint32_t r = 0; r < kRequests; ++r) {
      for (const FieldInfo& field : FieldsOf(Object::request)) {
        all.push_back({&field, static_cast<int>(r)});
      }
    }
    return all;
  }();
  return places;
}

View Look(Account* account, EventKind kind) {
  View view(Places().size(), 0);
  size_t place = 0;
  const auto look = [&](const FieldInfo& field, bool exists) {
    const int64_t* slots = account->objects()[static_cast<int>(field.object)];
    view[place++] = exists ? slots[field.slot] : 0;
  };
  for (const FieldInfo& field : Fields()) look(field, (field.events & Only(kind)) != 0);
  account->Save();
  for (uint32_t o = 0; o < kOperations; ++o) {
    const bool exists = o < account->operation_count() && account->operation_at(o).slots.known != 0;
    if (exists) account->PointAt(account->operation_at(o));
    for (const FieldInfo& field : FieldsOf(Object::operation)) look(field, exists);
  }
  for (uint32_t r = 0; r < kRequests; ++r) {
    const bool exists = r < account->request_count() && account->PointAtRequest(r);
    for (const FieldInfo& field : FieldsOf(Object::request)) look(field, exists);
  }
  account->Restore();
  return view;
}

// Applies the events and looks after each from `first` on.
std::vector<View> Watch(const std::vector<Event>& events, size_t first = 0) {
  static Account& account = *new Account;
  account.BeginRun();
  std::vector<View> views(events.size());
  for (size_t i = 0; i < events.size(); ++i) {
    account.Apply(events[i], static_cast<uint32_t>(i));
    if (i >= first) views[i] = Look(&account, events[i].kind);
  }
  return views;
}

// What a change may do.
struct Change {
  std::string what;
  SourceSet sources;  // any of these must be listed
  Event event = {};   // the one that was changed
  size_t index = 0;
};

class Mistakes {
 public:
  void Compare(const std::vector<Event>& events, const std::vector<View>& before,
               const std::vector<View>& after, const Change& change) {
    for (size_t i = change.index; i < before.size(); ++i) {
      if (before[i] == after[i]) continue;
      for (size_t p = 0; p < Places().size(); ++p) {
        const Place& place = Places()[p];
        if (before[i][p] != after[i][p]) Note(events[i], *place.field, place.whose, i, change);
      }
    }
  }

  std::set<std::string> said;

 private:
  void Note(const Event& at, const FieldInfo& field, int whose, size_t index,
            const Change& change) {
    const Dependencies& dependencies = DependenciesOf(field);
    const std::string name =
        std::string(Objects()[static_cast<int>(field.object)].name) + "." + std::string(field.name);
    if ((dependencies.sources & change.sources).none()) {
      said.insert(name + " changes with " + change.what);
      return;
    }
    const int operation = whose == kAtHand ? at.operation : whose;
    const int request = whose == kAtHand ? at.request : whose;
    const bool of_request = whose == kAtHand || field.object == Object::request;
    bool within = true;
    if (dependencies.reach == Reach::kEvent) within = index == change.index;
    if (dependencies.reach == Reach::kOperation) within = operation == change.event.operation;
    if (dependencies.reach == Reach::kRequest && of_request) {
      // A change of the worker reaches what runs on it, whatever request that is for.
      const bool of_worker =
          (change.sources & SourcesOf(change.event.kind, trace::kWorkerField)).any();
      within = of_worker || request == change.event.request || at.worker == change.event.worker;
    }
    if (!within) said.insert(name + " changes beyond its reach with " + change.what);
  }
};

std::vector<int64_t> OtherValues(const EventField& field, int64_t value) {
  if (field.type == trace::ValueType::kBoolean) return {value == 0 ? 1 : 0};
  std::vector<int64_t> values;
  for (const trace::NamedValue& named : trace::NamedValues(field.type)) {
    values.push_back(named.value);
  }
  if (field.type == trace::ValueType::kMethod) {
    for (int i = 0; i < static_cast<int>(trace::Method::kCount); ++i) {
      if (EffectOf(static_cast<trace::Method>(i)) > Effect::kOnRequest || i < 3)
        values.push_back(i);
    }
  }
  // An operation of a kind that has no name is none, and no trace file can say so.
  const bool any_number = field.type != trace::ValueType::kOperationKind;
  for (int64_t other : {int64_t{0}, int64_t{1}, value + 1, int64_t{0xFFFFFFFF}}) {
    if (any_number) values.push_back(other);
  }
  std::erase(values, value);
  return values;
}

void ChangeFields(const std::vector<Event>& events, const std::vector<View>& before, size_t index,
                  Mistakes* mistakes) {
  const Event& event = events[index];
  for (const EventField& field : trace::FieldsOf(event.kind)) {
    // The number of a delivery is structure, as those of operations and requests are.
    if (field.name == "serial" || !trace::HasField(event, field)) continue;
    const Change change = {
        std::string(trace::EventName(event.kind)) + "." + std::string(field.name),
        SourcesOf(event.kind, trace::FieldBit(event.kind, field.name)), event, index};
    for (int64_t value : OtherValues(field, trace::FieldValue(event, field))) {
      std::vector<Event> changed = events;
      trace::SetFieldValue(field, value, &changed[index]);
      if (changed[index] == event) continue;
      mistakes->Compare(events, before, Watch(changed, index), change);
    }
  }
}

void ChangeWorker(const std::vector<Event>& events, const std::vector<View>& before, size_t index,
                  Mistakes* mistakes) {
  const Event& event = events[index];
  const Change change = {std::string(trace::EventName(event.kind)) + ".worker",
                         SourcesOf(event.kind, trace::kWorkerField), event, index};
  for (uint8_t worker : {uint8_t{0}, uint8_t{1}, uint8_t{7}}) {
    std::vector<Event> changed = events;
    changed[index].worker = worker;
    mistakes->Compare(events, before, Watch(changed, index), change);
  }
}

// An event that did not happen: an empty one stands in its place, so that the others keep theirs.
void LeaveOut(const std::vector<Event>& events, const std::vector<View>& before, size_t index,
              Mistakes* mistakes) {
  // The judge of a recorded trace begins requests whose beginning it has not seen.
  if (events[index].kind == EventKind::kRequestBegan) return;
  std::vector<Event> changed = events;
  changed[index] = {
      EventKind::kRunBegan, trace::kNone8, trace::kNone8, trace::kNone8, trace::kNone16, 0, 0, 0};
  Change change = {"whether " + std::string(trace::EventName(events[index].kind)) + " happened",
                   {},
                   events[index],
                   index};
  change.sources.set(SourceOf(events[index].kind, kHappened));
  std::vector<View> after = Watch(changed, index);
  // What is seen at the event itself is gone with it.
  after[index] = before[index];
  mistakes->Compare(events, before, after, change);
}

std::vector<std::string> AllTraces() {
  std::vector<std::string> paths;
  for (std::string_view folder : {kWitnessFolder, kIdiomFolder}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) paths.push_back(entry.path().string());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

TEST(Dependencies, EveryFieldOfTheVocabularyHasAnEntry) { EXPECT_EQ(CheckDependencies(), ""); }

TEST(Dependencies, WhateverChangesInATraceOnlyFieldsChangeThatListIt) {
  Mistakes mistakes;
  for (const std::string& path : AllTraces()) {
    const std::vector<Event> events = ReadTraceFile(path).events;
    const std::vector<View> before = Watch(events);
    ASSERT_FALSE(events.empty()) << path;
    for (size_t i = 0; i < events.size(); ++i) {
      ChangeFields(events, before, i, &mistakes);
      ChangeWorker(events, before, i, &mistakes);
      LeaveOut(events, before, i, &mistakes);
    }
  }
  for (const std::string& mistake : mistakes.said) ADD_FAILURE() << mistake;
}

}  // namespace
}  // namespace pendulum::oracle
