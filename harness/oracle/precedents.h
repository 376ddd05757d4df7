// The runs that were judged before, as a tree of their events. What the specification says of an
// event depends on the run's events up to it and on nothing else; so an event that comes after the
// same events as in an earlier run comes to the same, and the account is not even brought up to it.
// Exact: events are compared, not hashes. Only what broke no clause is kept.
//
// Schedules of one scenario share long beginnings, and many are equal as a whole: of the reference
// request's random ones three of four after 60,000 runs.
#ifndef PENDULUM_ORACLE_PRECEDENTS_H_
#define PENDULUM_ORACLE_PRECEDENTS_H_

#include <cstdint>
#include <cstring>

#include "harness/oracle/outcomes.h"
#include "harness/platform/zeroed_array.h"
#include "harness/trace/event.h"

namespace pendulum::oracle {

class Precedents {
 public:
  static constexpr uint32_t kMostNodes = 1 << 18;
  // Of one run. Endings that do not come again would fill the tree.
  static constexpr uint32_t kMostNewNodes = 128;

  Precedents();

  // Forgets all runs.
  void Forget();
  void BeginRun() {
    node_ = 0;
    depth_ = 0;
    new_nodes_ = 0;
  }

  // Goes on to `event` and gives its outcome, if it has come after the same events before; else
  // gives kNotKept and stays.
  Outcomes::Id Follow(const trace::Event& event) {
    // The nodes of a run lie in a row where it was the first to come there.
    uint32_t next = node_ + 1;
    if (!IsChild(next, event)) {
      next = Find(event);
      if (next == 0) return Outcomes::kNotKept;
    }
    node_ = next;
    ++depth_;
    return nodes_[next].outcome;
  }
  // How many events Follow and Add have gone on to in this run.
  uint32_t depth() const { return depth_; }

  // Calls `apply(event, index)` for each of these, in their order.
  template <class Apply>
  void Recall(const Apply& apply) {
    uint32_t node = node_;
    for (uint32_t i = depth_; i > 0; --i) {
      path_[i - 1] = node;
      node = nodes_[node].parent;
    }
    for (uint32_t i = 0; i < depth_; ++i) apply(nodes_[path_[i]].event, i);
  }

  // Goes on to a new event. False when it has no place.
  bool Add(const trace::Event& event, Outcomes::Id outcome);

 private:
  static constexpr uint32_t kPlaces = 2 * kMostNodes;
  struct Node {
    trace::Event event;
    uint32_t parent;
    Outcomes::Id outcome;
  };
  struct Words {
    uint64_t low;
    uint64_t high;
  };
  static Words WordsOf(const trace::Event& event) {
    Words words;
    static_assert(sizeof words == sizeof event);
    std::memcpy(&words, &event, sizeof words);
    return words;
  }
  // A node that is not used yet has the outcome kNotKept.
  bool IsChild(uint32_t node, const trace::Event& event) const {
    const Node& child = nodes_[node];
    const Words one = WordsOf(child.event);
    const Words other = WordsOf(event);
    return ((one.low ^ other.low) | (one.high ^ other.high) | (child.parent ^ node_)) == 0 &&
           child.outcome != Outcomes::kNotKept;
  }
  uint64_t HashOf(const trace::Event& event) const;
  uint32_t Find(const trace::Event& event) const;

  uint32_t node_ = 0;  // the last event's; 0 before the first
  uint32_t depth_ = 0;
  uint32_t new_nodes_ = 0;
  uint32_t count_ = 1;
  platform::ZeroedArray<Node> nodes_;
  // A hash table of the nodes that do not lie behind their parent: the upper half of the hash
  // above, the node below; 0 where there is none.
  platform::ZeroedArray<uint64_t> places_;
  platform::ZeroedArray<uint32_t> path_;
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_PRECEDENTS_H_
