#include "harness/fuzz/mutate_scenario.h"

#include <algorithm>
#include <array>
#include <optional>

namespace pendulum::fuzz {
namespace {

using host::BodyFraming;
using host::Choice;
using host::DisconnectWhen;
using host::HostSettings;
using host::RequestDescription;
using sched::Prng;

// Sizes at which something changes: nothing, one byte, a page, the limits of the API.
constexpr std::array<uint32_t, 12> kSizes = {0, 1, 2, 3, 7, 16, 255, 256, 1024, 4096, 16384, 65535};

uint32_t SomeSize(Prng* prng) {
  const uint32_t size = kSizes[prng->Below(kSizes.size())];
  return prng->Below(4) == 0 ? prng->Below(size + 2) : size;
}

Step SomeStep(Prng* prng, Target target) {
  const std::span<const Step> steps = StepsOf(target);
  // The target's own operation is the first.
  if (target != Target::kPipeline && prng->Below(2) == 0) return steps[0];
  return steps[prng->Below(static_cast<uint32_t>(steps.size()))];
}

Operation SomeOperation(Prng* prng, Target target) {
  Operation operation;
  operation.step = SomeStep(prng, target);
  operation.async = prng->Below(3) != 0;
  operation.more = prng->Below(2) == 0;
  operation.two = prng->Below(4) == 0;
  if (operation.step == Step::kStatus) {
    operation.size = 200 + 100 * prng->Below(4);
  } else if (operation.step != Step::kFlush) {
    operation.size = std::min(SomeSize(prng), kLargestSize);
  }
  return operation;
}

void ChangeOperation(Prng* prng, Target target, Operation* operation) {
  const Operation before = *operation;
  switch (prng->Below(5)) {
    case 0:
      operation->async = !operation->async;
      break;
    case 1:
      operation->more = !operation->more;
      break;
    case 2:
      operation->two = !operation->two;
      break;
    case 3:
      operation->size = std::min(SomeSize(prng), kLargestSize);
      break;
    default:
      operation->step = SomeStep(prng, target);
      break;
  }
  if (*operation == before) operation->async = !operation->async;
}

// All operations in the order in which they are done.
std::vector<Operation*> OperationsOf(Script* script) {
  std::vector<Operation*> operations;
  for (Activation& activation : script->activations) {
    for (Operation& operation : activation.operations) operations.push_back(&operation);
  }
  return operations;
}

bool ChangeActivations(Mutation mutation, Prng* prng, Script* script) {
  auto& activations = script->activations;
  const auto count = static_cast<uint32_t>(activations.size());
  if (mutation == Mutation::kInsertActivation) {
    if (count == kMostActivations) return false;
    // Often one that is there already: what can be done once is done twice.
    const Activation added = prng->Below(2) == 0 ? activations[prng->Below(count)] : Activation();
    activations.insert(activations.begin() + prng->Below(count + 1), added);
    return true;
  }
  if (mutation == Mutation::kDropActivation) {
    if (count == 1) return false;
    activations.erase(activations.begin() + prng->Below(count));
    return true;
  }
  Activation& changed = activations[prng->Below(count)];
  changed.returns =
      static_cast<Return>((static_cast<uint32_t>(changed.returns) + 1 + prng->Below(3)) % 4);
  return true;
}

bool ChangeOperations(Mutation mutation, Prng* prng, Target target, Script* script) {
  auto& activations = script->activations;
  Activation& activation = activations[prng->Below(static_cast<uint32_t>(activations.size()))];
  auto& operations = activation.operations;
  if (mutation == Mutation::kInsertOperation) {
    if (operations.size() == kMostOperations) return false;
    const uint32_t at = prng->Below(static_cast<uint32_t>(operations.size()) + 1);
    operations.insert(operations.begin() + at, SomeOperation(prng, target));
    return true;
  }
  const std::vector<Operation*> all = OperationsOf(script);
  const auto count = static_cast<uint32_t>(all.size());
  if (mutation == Mutation::kSwapOperations) {
    if (count < 2) return false;
    const uint32_t at = prng->Below(count - 1);
    if (*all[at] == *all[at + 1]) return false;
    std::swap(*all[at], *all[at + 1]);
    return true;
  }
  if (mutation == Mutation::kDropOperation) {
    if (operations.empty()) return false;
    operations.erase(operations.begin() + prng->Below(static_cast<uint32_t>(operations.size())));
    return true;
  }
  if (count == 0) return false;
  ChangeOperation(prng, target, all[prng->Below(count)]);
  return true;
}

RequestDescription& SomeRequest(Prng* prng, Input* input) {
  auto& requests = input->scenario.requests;
  return requests[prng->Below(static_cast<uint32_t>(requests.size()))];
}

bool ChangeBody(Prng* prng, RequestDescription* request) {
  request->body.clear();
  request->body_bytes = SomeSize(prng);
  if (request->body_bytes == 0) {
    request->framing = BodyFraming::kNone;
    request->client.arrival_bytes.clear();
    if (request->client.disconnect == DisconnectWhen::kDuringBody) {
      request->client.disconnect = DisconnectWhen::kAfterBody;
    }
    return true;
  }
  request->method = "POST";
  request->framing = prng->Below(3) == 0 ? BodyFraming::kChunked : BodyFraming::kContentLength;
  return true;
}

bool ChangePieces(Prng* prng, RequestDescription* request) {
  auto& pieces = request->client.arrival_bytes;
  if (request->body_bytes == 0) return false;
  if (!pieces.empty() && prng->Below(3) == 0) {
    pieces.erase(pieces.begin() + prng->Below(static_cast<uint32_t>(pieces.size())));
    return true;
  }
  if (pieces.size() == 8) return false;
  const uint32_t at = prng->Below(static_cast<uint32_t>(pieces.size()) + 1);
  pieces.insert(pieces.begin() + at, 1 + prng->Below(request->body_bytes));
  // Thousands of pieces take long and show nothing new.
  constexpr uint32_t kMostOfThem = 64;
  pieces.back() = std::max(pieces.back(), request->body_bytes / kMostOfThem + 1);
  return true;
}

}  // namespace

bool ChangeScript(Mutation mutation, Prng* prng, Input* input) {
  if (input->target == Target::kModule) return false;
  RequestDescription& request = SomeRequest(prng, input);
  Script script = ParseScript(request.url).value_or(Script());
  if (script.activations.empty()) script.activations.resize(1);
  const bool of_activations = mutation == Mutation::kInsertActivation ||
                              mutation == Mutation::kDropActivation ||
                              mutation == Mutation::kChangeReturn;
  const bool changed = of_activations ? ChangeActivations(mutation, prng, &script)
                                      : ChangeOperations(mutation, prng, input->target, &script);
  if (changed) request.url = ScriptUrl(script);
  return changed;
}

bool ChangeRequest(Prng* prng, Input* input) {
  RequestDescription& request = SomeRequest(prng, input);
  switch (prng->Below(4)) {
    case 0:
      return ChangeBody(prng, &request);
    case 1:
      return ChangePieces(prng, &request);
    case 2:
      request.client.reads_slowly = !request.client.reads_slowly;
      return true;
    default:
      break;
  }
  auto when = static_cast<DisconnectWhen>(prng->Below(6));
  if (when == DisconnectWhen::kDuringBody && request.body_bytes == 0) {
    when = DisconnectWhen::kAnyTime;
  }
  const bool changed = when != request.client.disconnect;
  request.client.disconnect = when;
  return changed;
}

bool ChangeHost(Prng* prng, Input* input) {
  HostSettings& host = input->scenario.host;
  const std::array<bool*, 8> flags = {
      &host.response_buffering,  &host.buffered_writes_complete_inline,
      &host.partial_reads,       &host.poison_out_parameters,
      &host.zero_request_memory, &host.memory_faults,
      &host.network_faults,      &host.concurrent_completions};
  const std::array<Choice*, 4> choices = {&host.completion_timing, &host.end_of_body,
                                          &host.write_after_disconnect, &host.post_routine};
  const uint32_t which = prng->Below(flags.size() + choices.size() + 1);
  if (which < flags.size()) {
    *flags[which] = !*flags[which];
  } else if (which < flags.size() + choices.size()) {
    Choice* const choice = choices[which - flags.size()];
    *choice = static_cast<Choice>((static_cast<uint32_t>(*choice) + 1 + prng->Below(2)) % 3);
  } else {
    const uint32_t before = host.response_buffer_limit_bytes;
    host.response_buffer_limit_bytes = before == host::kDefaultBufferLimitBytes
                                           ? 1 + SomeSize(prng)
                                           : host::kDefaultBufferLimitBytes;
  }
  return true;
}

bool ChangeRequests(Prng* prng, Input* input) {
  if (input->target != Target::kModule && input->target != Target::kPipeline) return false;
  auto& requests = input->scenario.requests;
  const auto count = static_cast<uint32_t>(requests.size());
  if (count > 1 && prng->Below(2) == 0) {
    requests.erase(requests.begin() + prng->Below(count));
    requests.front().on_same_connection = false;
    return true;
  }
  // More than a few are slow, and hardly ever needed.
  if (count >= 4) return false;
  RequestDescription added = requests[prng->Below(count)];
  added.on_same_connection = prng->Below(3) == 0;
  requests.push_back(std::move(added));
  return true;
}

void SpliceScripts(const Input& other, Prng* prng, Input* input) {
  if (input->target == Target::kModule || other.target != input->target) return;
  const std::optional<Script> mine = ParseScript(input->scenario.requests[0].url);
  const std::optional<Script> theirs = ParseScript(other.scenario.requests[0].url);
  if (!mine.has_value() || !theirs.has_value()) return;
  Script script = *mine;
  const auto cut = prng->Below(static_cast<uint32_t>(script.activations.size()) + 1);
  const auto from = prng->Below(static_cast<uint32_t>(theirs->activations.size()));
  script.activations.resize(cut);
  script.activations.insert(script.activations.end(), theirs->activations.begin() + from,
                            theirs->activations.end());
  if (script.activations.size() > kMostActivations) script.activations.resize(kMostActivations);
  input->scenario.requests[0].url = ScriptUrl(script);
}

}  // namespace pendulum::fuzz
