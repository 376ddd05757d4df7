#include "harness/oracle/precedents.h"

#include <algorithm>

namespace pendulum::oracle {

Precedents::Precedents() : nodes_(kMostNodes + 1), places_(kPlaces), path_(kMostNodes) {}

void Precedents::Forget() {
  if (count_ == 1) return;
  for (uint32_t i = 0; i < count_; ++i) nodes_[i] = {};
  std::fill_n(&places_[0], kPlaces, uint64_t{0});
  count_ = 1;
  BeginRun();
}

// Of the event after the present node.
uint64_t Precedents::HashOf(const trace::Event& event) const {
  const Words words = WordsOf(event);
  uint64_t hash = (words.low ^ node_) * 0x9E3779B97F4A7C15u;
  hash = (hash ^ hash >> 32 ^ words.high) * 0xD6E8FEB86659FD93u;
  return hash ^ hash >> 32;
}

uint32_t Precedents::Find(const trace::Event& event) const {
  const uint64_t hash = HashOf(event);
  for (uint64_t place = hash % kPlaces; places_[place] != 0; place = (place + 1) % kPlaces) {
    const auto node = static_cast<uint32_t>(places_[place]);
    if (places_[place] >> 32 == hash >> 32 && IsChild(node, event)) return node;
  }
  return 0;
}

bool Precedents::Add(const trace::Event& event, Outcomes::Id outcome) {
  if (outcome == Outcomes::kNotKept || count_ == kMostNodes || new_nodes_ == kMostNewNodes) {
    return false;
  }
  const uint32_t node = count_++;
  nodes_[node] = {.event = event, .parent = node_, .outcome = outcome};
  if (node != node_ + 1) {
    const uint64_t hash = HashOf(event);
    uint64_t place = hash % kPlaces;
    while (places_[place] != 0) place = (place + 1) % kPlaces;
    places_[place] = hash >> 32 << 32 | node;
  }
  node_ = node;
  ++depth_;
  ++new_nodes_;
  return true;
}

}  // namespace pendulum::oracle
