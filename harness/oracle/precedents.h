// The runs that were judged before, as a graph: its nodes are states of the account, its edges the
// events that lead from one to the next. What the specification says of an event depends on the
// state before it and on the event; so an event that comes in the same state as in an earlier run
// comes to the same, and the account is not even brought up to it. Only what broke no clause is
// kept.
//
// Events are compared as they are, states by their digests (state_digest.h). Schedules of one
// scenario share long beginnings, and what went another way for a while mostly comes back to a
// known state.
#ifndef PENDULUM_ORACLE_PRECEDENTS_H_
#define PENDULUM_ORACLE_PRECEDENTS_H_

#include <cstdint>
#include <cstring>
#include <optional>

#include "harness/oracle/outcomes.h"
#include "harness/oracle/state_digest.h"
#include "harness/platform/zeroed_array.h"
#include "harness/trace/event.h"

namespace pendulum::oracle {

class Precedents {
 public:
  static constexpr uint32_t kMostNodes = 1 << 17;
  // Of one run. Endings that do not come again would fill the graph.
  static constexpr uint32_t kMostNewNodes = 128;
  // Of one state. Where each run goes on differently there is nothing to remember.
  static constexpr uint32_t kMostEdges = 32;

  Precedents();

  // Forgets all runs.
  void Forget();
  void BeginRun() {
    node_ = kFirst;
    depth_ = recalled_ = 0;
    new_nodes_ = 0;
  }

  // Goes on to `event` and gives its outcome, if it has come in the same state before; else gives
  // kNotKept and stays.
  Outcomes::Id Follow(const trace::Event& event) {
    const Edge* edge = Find(event);
    if (edge == nullptr) return Outcomes::kNotKept;
    node_ = edge->to;
    // It is wanted at the next event; the host has work to do until then.
    __builtin_prefetch(&nodes_[node_]);
    path_[depth_++] = event;
    return edge->outcome;
  }
  // How many events Follow and Add have gone on to in this run.
  uint32_t depth() const { return depth_; }

  // Calls `apply(event, index)` for each event that Follow has gone on to since the beginning of
  // the run or the last Add, in their order.
  template <class Apply>
  void Recall(const Apply& apply) {
    for (; recalled_ < depth_; ++recalled_) apply(path_[recalled_], recalled_);
  }

  // Whether Add has a place for another event of this run.
  bool HasPlace() const { return count_ + 2 <= kMostNodes && new_nodes_ < kMostNewNodes; }
  // Goes on to a new event, which leads to the state with this digest; without one, to a new state.
  // True when the state is known. Only when there is a place.
  bool Add(const trace::Event& event, Outcomes::Id outcome,
           const std::optional<StateDigest::Value>& state);

 private:
  static constexpr uint32_t kFirst = 1;
  static constexpr uint32_t kPlaces = 2 * kMostNodes;
  struct Edge {
    trace::Event event;
    uint32_t to;
    Outcomes::Id outcome;  // kNotKept where there is no edge
  };
  // A state with its first edges, or more edges of a state. One fits a line of the cache.
  struct alignas(64) Node {
    Edge edges[2];
    uint32_t more;  // the node with further edges of the same state, or 0
  };
  static_assert(sizeof(Node) == 64);

  static bool AreSame(const trace::Event& one, const trace::Event& other) {
    return ((Low(one) ^ Low(other)) | (High(one) ^ High(other))) == 0;
  }
  static uint64_t Low(const trace::Event& event) {
    uint64_t word;
    std::memcpy(&word, &event, sizeof word);
    return word;
  }
  static uint64_t High(const trace::Event& event) {
    static_assert(sizeof event == 2 * sizeof(uint64_t));
    uint64_t word;
    std::memcpy(&word, reinterpret_cast<const char*>(&event) + sizeof word, sizeof word);
    return word;
  }
  const Edge* Find(const trace::Event& event) const {
    for (uint32_t node = node_; node != 0; node = nodes_[node].more) {
      for (const Edge& edge : nodes_[node].edges) {
        if (AreSame(edge.event, event) && edge.outcome != Outcomes::kNotKept) return &edge;
      }
    }
    return nullptr;
  }
  Edge* NewEdge();
  uint32_t NewNode();
  uint32_t NodeOf(StateDigest::Value digest);

  uint32_t node_ = kFirst;  // the present state
  uint32_t depth_ = 0;
  uint32_t recalled_ = 0;
  uint32_t new_nodes_ = 0;
  uint32_t count_ = kFirst + 1;
  platform::ZeroedArray<Node> nodes_;
  platform::ZeroedArray<StateDigest::Value> digests_;  // of the states of nodes
  // A hash table of these: the upper half of the digest above, the node below; 0 where is none.
  platform::ZeroedArray<uint64_t> places_;
  platform::ZeroedArray<trace::Event> path_;
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_PRECEDENTS_H_
