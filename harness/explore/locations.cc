#include "harness/explore/locations.h"

#include <algorithm>
#include <utility>

namespace pendulum::explore {

void Locations::Want(trace::Site site) {
  if (site.offset == 0 || site.image >= modules_.size()) return;
  const Key key{site.image, site.offset};
  if (known_.count(key) == 0) wanted_.push_back(key);
}

void Locations::Resolve() {
  std::sort(wanted_.begin(), wanted_.end());
  wanted_.erase(std::unique(wanted_.begin(), wanted_.end()), wanted_.end());
  for (uint32_t image = 0; image < modules_.size(); ++image) {
    std::vector<uint32_t> offsets;
    for (const Key& key : wanted_) {
      if (key.first == image) offsets.push_back(key.second);
    }
    if (offsets.empty()) continue;
    std::vector<module::Location> found = module::Symbolize(modules_[image], offsets);
    for (size_t i = 0; i < offsets.size(); ++i) {
      known_[{image, offsets[i]}] = std::move(found[i]);
    }
  }
  wanted_.clear();
}

module::Location Locations::Of(trace::Site site) const {
  const auto found = known_.find({site.image, site.offset});
  return found == known_.end() ? module::Location{} : found->second;
}

}  // namespace pendulum::explore
