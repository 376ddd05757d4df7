// A compiled specification as machine code. What an instruction of a program does is said in
// program.h; this does the same, several times as fast as the interpreter, which remains for other
// processors and for systems that let no code be made.
#ifndef PENDULUM_ORACLE_NATIVE_CODE_H_
#define PENDULUM_ORACLE_NATIVE_CODE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "harness/oracle/account.h"
#include "harness/oracle/interpreter.h"
#include "harness/oracle/loop.h"
#include "harness/oracle/program.h"
#include "harness/platform/executable_memory.h"

namespace pendulum::oracle {

class NativeCode {
 public:
  // What running code works on; one for each oracle.
  struct Frame {
    const int64_t* const* objects = nullptr;  // Account::objects
    uint16_t* log = nullptr;                  // ClauseSink::log
    int64_t registers[kRegisterCount + 1] = {};
    ClauseSink* sink = nullptr;
    Account* account = nullptr;
    const trace::Event* event = nullptr;
    const NativeCode* code = nullptr;
    AccountLoop loop;
  };

  // Nothing where this processor or system has to do with the interpreter.
  static std::optional<NativeCode> Translate(std::span<const Instruction> program);

  // A frame for an oracle; all are borrowed for its life.
  Frame MakeFrame(Account* account, ClauseSink* sink) const;

  // Where the code of the program lies that begins at this instruction; 0 for the empty one.
  uint32_t PlaceOf(uint32_t start) const { return places_[start]; }

  // Runs the program that lies at `place`, as RunInstructions does.
  void Run(uint32_t place, const trace::Event& event, Frame* frame) const {
    frame->event = &event;
    const auto entry = reinterpret_cast<uintptr_t>(memory_.data() + place);
    reinterpret_cast<Entry>(entry)(frame, frame->sink->log, frame->account->event_slots());
    frame->sink->log = frame->log;
  }

 private:
  using Entry = void (*)(Frame*, uint16_t* log, const void* event_slots);

  NativeCode(platform::ExecutableMemory memory, std::vector<uint32_t> places,
             std::span<const Instruction> program)
      : memory_(std::move(memory)), places_(std::move(places)), program_(program) {}

  // What code calls for what is rare.
  static void Violate(Frame* frame, uint32_t clause);
  static void Read(Frame* frame, uint32_t reading);
  static void Unread(Frame* frame, uint32_t clause);
  // All return where to go on. There is one pair for each that a loop goes round.
  using LoopFunction = const void*(Frame* frame, uint32_t instruction);
  template <ForEach kForEach>
  static const void* BeginLoop(Frame* frame, uint32_t each);
  template <ForEach kForEach>
  static const void* NextInLoop(Frame* frame, uint32_t again);
  struct LoopFunctions {
    LoopFunction* begin;
    LoopFunction* next;
  };
  static LoopFunctions FunctionsFor(ForEach for_each);

  friend class NativeTranslator;
  platform::ExecutableMemory memory_;
  std::vector<uint32_t> places_;  // of each instruction, in bytes
  std::span<const Instruction> program_;
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_NATIVE_CODE_H_
