// What the scripted module does in a request (fuzzers/scripted_module.cpp), which the five targets
// of the host drive. It stands in the request's URL, so that a scenario says all:
//
//   /?w64a;r16;f=f     WriteEntityChunks of 64 bytes, asynchronous; on the first completion
//                      ReadEntityBody of 16 bytes; on the second one Flush, and
//                      RQ_NOTIFICATION_FINISH_REQUEST
//
// Between semicolons stands what one activation does: the notification RQ_EXECUTE_REQUEST_HANDLER
// first, then each OnAsyncCompletion, in the order in which they come. Operations are a letter, a
// number (0 is left out) and flags; "=c", "=p", "=f" say what is returned, and without them it is
// RQ_NOTIFICATION_PENDING if the last operation that was started goes on, else CONTINUE.
// Beyond the last activation nothing more is done.
#ifndef PENDULUM_FUZZ_SCRIPT_H_
#define PENDULUM_FUZZ_SCRIPT_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/fuzz/codec.h"

namespace pendulum::fuzz {

// The order is part of the encoding: append, never reorder.
enum class Step : uint8_t {
  kWrite,      // w: WriteEntityChunks of `size` bytes
  kFlush,      // f: Flush
  kRead,       // r: ReadEntityBody into a buffer of `size` bytes
  kPost,       // p: PostCompletion(size)
  kHeader,     // h: SetHeader with a value of `size` bytes (at most 255)
  kStatus,     // s: SetStatus(size)
  kClear,      // c: Clear
  kCancel,     // x: CancelIo
  kInsert,     // e: InsertEntityBody of `size` bytes
  kIndicate,   // i: IndicateCompletion(RQ_NOTIFICATION_CONTINUE)
  kBuffer,     // b: DisableBuffering
  kLeave,      // d: SetNeedDisconnect
  kReset,      // k: ResetConnection
  kDuplex,     // u: EnableFullDuplex
  kRemaining,  // g: GetRemainingEntityBytes
  kError,      // q: SetErrorStatus(E_FAIL)
};
inline constexpr uint32_t kSteps = 16;
inline constexpr std::string_view kStepLetters = "wfrphscxeibdkugq";

struct Operation {
  Step step = Step::kWrite;
  bool async = false;  // a
  bool more = false;   // m: fMoreData
  bool two = false;    // t: in two chunks
  uint32_t size = 0;   // 0 to kLargestSize
  friend bool operator==(const Operation&, const Operation&) = default;
};
inline constexpr uint32_t kLargestSize = 65535;

enum class Return : uint8_t { kAsItIs, kContinue, kPending, kFinish };

struct Activation {
  std::vector<Operation> operations;  // at most kMostOperations
  Return returns = Return::kAsItIs;
  friend bool operator==(const Activation&, const Activation&) = default;
};
inline constexpr uint32_t kMostOperations = 15;
inline constexpr uint32_t kMostActivations = 24;

struct Script {
  std::vector<Activation> activations;
  friend bool operator==(const Script&, const Script&) = default;
};

// The URL that carries a script.
std::string ScriptUrl(const Script& script);
// The script of a URL; nothing when `url` is none that ScriptUrl gives.
std::optional<Script> ParseScript(std::string_view url);

// All URLs of scripts that do one thing less than that of `url`, or something plainer, the greatest
// steps first; none when it is no script's.
std::vector<std::string> SmallerScriptUrls(const std::string& url);

// The script's bytes.
void CodeScript(Reader* reader, Script* script);
void CodeScript(Writer* writer, Script* script);

}  // namespace pendulum::fuzz

#endif  // PENDULUM_FUZZ_SCRIPT_H_
