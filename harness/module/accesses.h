// The loads and stores of modules that were compiled to tell of them (Instrumentation::kAccesses):
// scheduling points where workers share memory, so that a run can go to another worker between the
// load and the store of `counter++`.
//
// A point at every access would drown the calls. So the first runs only learn: the places in the
// code that touched memory which several workers touched in the same run, one of them writing. From
// then on those places are points. What is learnt depends on the scenario and the module alone, so
// that a replay learns the same.
#ifndef PENDULUM_MODULE_ACCESSES_H_
#define PENDULUM_MODULE_ACCESSES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "harness/sched/object_id.h"

namespace pendulum::module {

class Accesses {
 public:
  enum class Mode : uint8_t {
    kOff,     // accesses are told to who listens for touches, and nothing else
    kLearn,   // places that share memory are noted
    kPoints,  // the places that were learnt are scheduling points
  };

  // Those of this process.
  static Accesses& Get();

  // Whether code that tells of its accesses has been loaded into this process.
  bool in_use() const { return !telling_.empty(); }
  // Whether code between these addresses does.
  bool IsTold(uintptr_t begin, uintptr_t end) const;
  // Notes that the code at `code` tells of its accesses.
  void NoteCode(const void* code);
  // To be called when all modules have been unloaded: others may come to lie there.
  void ForgetCode() { telling_.clear(); }

  void set_mode(Mode mode) { mode_ = mode; }
  // Forgets the places that were learnt. The boundary must know the modules' images.
  void Forget();
  // To be called before each run: who touched what is forgotten, the places are not.
  void BeginRun();
  // The number of places learnt.
  size_t shared_places() const { return shared_places_; }

  // `code` in the module is about to read or write memory. Called on a worker's stack or the
  // driver's, while the module's own code runs; may let other workers go on first.
  void OnAccess(const void* address, size_t bytes, bool writes, const void* code);

 private:
  // Eight bytes of memory, and who touched them in this run.
  struct Granule {
    uint32_t thread = 0;  // the first that did
    bool shared = false;  // others did as well
    bool written = false;
    std::vector<uintptr_t> places;
  };

  void Learn(uintptr_t address, size_t bytes, bool writes, uintptr_t code);
  void Share(uintptr_t code);
  bool IsShared(uintptr_t code) const;

  std::vector<uintptr_t> telling_;  // one place or more in each image that tells
  Mode mode_ = Mode::kOff;
  std::map<uintptr_t, Granule> granules_;
  std::vector<std::vector<bool>> shared_;  // by image and offset in it
  size_t shared_places_ = 0;
};

// The object that eight bytes of a module's memory are to whoever asks which transitions commute.
sched::ObjectId MemoryObject(uintptr_t address);

}  // namespace pendulum::module

#endif  // PENDULUM_MODULE_ACCESSES_H_
