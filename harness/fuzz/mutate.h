// Changes to an input's structure, for a fuzzer: what it means to do one more read, or to have a
// completion come earlier. All follow from the generator alone.
#ifndef PENDULUM_FUZZ_MUTATE_H_
#define PENDULUM_FUZZ_MUTATE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "harness/fuzz/input.h"
#include "harness/fuzz/script.h"
#include "harness/sched/prng.h"

namespace pendulum::fuzz {

// Which steps the scripts of a target have; those of kModule have none.
std::span<const Step> StepsOf(Target target);
// Whether the input is one that its target runs: scripts with its steps alone, and one request but
// for the pipeline.
bool IsOfTarget(const Input& input);

enum class Mutation : uint8_t {
  kInsertOperation,  // into an activation of a script
  kDropOperation,
  kSwapOperations,    // two neighbours, of one activation or of two
  kChangeOperation,   // its number or a flag
  kInsertActivation,  // one more, or one less
  kDropActivation,
  kChangeReturn,
  kFlipTiming,      // one operation completes inline or asynchronously
  kCompleteEarly,   // a completion comes before the call that started it has returned, or later
  kChangeOrder,     // another answer to which transition is next
  kGrowBytes,       // a partial count one larger or smaller, or another one
  kChangeStatus,    // of an operation
  kChangeSetting,   // another documented behaviour
  kInsertAnswer,    // all later answers to the kind of question move on
  kDropAnswer,      // … move up
  kRepeatAnswers,   // a stretch of answers once more
  kClearAnswers,    // the rest of a list is as plain as it can be
  kChangeRequest,   // its body, pieces, client, method
  kChangeHost,      // one setting
  kChangeRequests,  // one more or one less (pipeline and module)
};
inline constexpr uint32_t kMutations = 20;

// Makes one change. False, and the input is as it was, when there is nothing to change so.
bool Mutate(Mutation mutation, sched::Prng* prng, Input* input);

// Makes one to four changes.
void MutateInput(sched::Prng* prng, Input* input);
// The same of the answers alone.
void MutateAnswers(sched::Prng* prng, Input* input);

// Takes the scenario of one and answers of both: each list is the beginning of one's and the end of
// the other's. Sometimes the scripts' activations are spliced the same way.
// The answers alone are one's and the other's with CrossAnswers.
void CrossAnswers(const sched::Answers& other, sched::Prng* prng, sched::Answers* answers);
Input CrossOver(const Input& one, const Input& other, sched::Prng* prng);

}  // namespace pendulum::fuzz

#endif  // PENDULUM_FUZZ_MUTATE_H_
