#include "harness/explore/locations.h"

#include <algorithm>
#include <utility>

namespace pendulum::explore {

void Locations::Want(Variant variant, trace::Site site) {
  if (site.offset == 0 || site.image >= modules_[variant].size()) return;
  const Key key{variant, site.image, site.offset};
  if (known_.count(key) == 0) wanted_.push_back(key);
}

void Locations::Resolve() {
  std::sort(wanted_.begin(), wanted_.end());
  wanted_.erase(std::unique(wanted_.begin(), wanted_.end()), wanted_.end());
  // One external call for each shared object: the keys of one are neighbours.
  for (size_t first = 0; first < wanted_.size();) {
    const auto [variant, image, offset] = wanted_[first];
    std::vector<uint32_t> offsets;
    for (size_t i = first; i < wanted_.size(); ++i) {
      if (std::get<0>(wanted_[i]) != variant || std::get<1>(wanted_[i]) != image) break;
      offsets.push_back(std::get<2>(wanted_[i]));
    }
    std::vector<module::Location> found = module::Symbolize(modules_[variant][image], offsets);
    for (size_t i = 0; i < offsets.size(); ++i) {
      known_[{variant, image, offsets[i]}] = std::move(found[i]);
    }
    first += offsets.size();
  }
  wanted_.clear();
}

module::Location Locations::Of(Variant variant, trace::Site site) const {
  const auto found = known_.find({variant, site.image, site.offset});
  return found == known_.end() ? module::Location{} : found->second;
}

}  // namespace pendulum::explore
