#include "harness/oracle/precedents.h"

#include <algorithm>
#include <cassert>

namespace pendulum::oracle {

Precedents::Precedents()
    : nodes_(kMostNodes), digests_(kMostNodes), places_(kPlaces), path_(kMostNodes) {}

void Precedents::Forget() {
  if (count_ == kFirst + 1) return;
  for (uint32_t i = 0; i < count_; ++i) nodes_[i] = {};
  std::fill_n(&places_[0], kPlaces, uint64_t{0});
  count_ = kFirst + 1;
  BeginRun();
}

uint32_t Precedents::NewNode() {
  ++new_nodes_;
  return count_++;
}

// A place for another edge of the present state, or nullptr when it has its fill.
Precedents::Edge* Precedents::NewEdge() {
  uint32_t node = node_;
  for (uint32_t used = 0;; node = nodes_[node].more) {
    for (Edge& edge : nodes_[node].edges) {
      if (edge.outcome == Outcomes::kNotKept) return &edge;
    }
    used += std::size(nodes_[node].edges);
    if (used == kMostEdges) return nullptr;
    if (nodes_[node].more != 0) continue;
    nodes_[node].more = NewNode();
  }
}

// The node of the state with this digest: a known one, or a new one. States after different
// numbers of events are different ones.
uint32_t Precedents::NodeOf(StateDigest::Value digest) {
  digest.high += depth_;
  uint64_t place = digest.low % kPlaces;
  for (; places_[place] != 0; place = (place + 1) % kPlaces) {
    const auto node = static_cast<uint32_t>(places_[place]);
    if (places_[place] >> 32 == digest.low >> 32 && digests_[node] == digest) return node;
  }
  const uint32_t node = NewNode();
  places_[place] = digest.low >> 32 << 32 | node;
  digests_[node] = digest;
  return node;
}

bool Precedents::Add(const trace::Event& event, Outcomes::Id outcome,
                     const std::optional<StateDigest::Value>& state) {
  assert(HasPlace() && outcome != Outcomes::kNotKept);
  ++depth_;
  Edge* edge = NewEdge();
  const uint32_t newest = count_;
  const uint32_t to = state ? NodeOf(*state) : NewNode();
  if (edge != nullptr) *edge = {.event = event, .to = to, .outcome = outcome};
  node_ = to;
  recalled_ = depth_;
  return to != newest;
}

}  // namespace pendulum::oracle
