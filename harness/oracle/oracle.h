// Judges a run by the specification, online, from its events alone. It includes no header of the
// host: whatever it knows about bytes, operations and requests it counts itself.
#ifndef PENDULUM_ORACLE_ORACLE_H_
#define PENDULUM_ORACLE_ORACLE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "harness/oracle/specification.h"
#include "harness/trace/event.h"
#include "harness/trace/recorder.h"

namespace pendulum::oracle {

// A clause that an event of this run broke.
struct Violation {
  uint16_t clause = 0;         // index in the specification
  uint32_t event = 0;          // index of the event that broke it
  uint32_t started_event = 0;  // index of the event that called the operation, or `event`
  uint8_t request = trace::kNone8;
  uint8_t module = trace::kNone8;
  uint16_t operation = trace::kNone16;
  int64_t values[6] = {};  // what the clause's message prints, in its order
};

class Oracle final : public trace::EventSink {
 public:
  // How clauses are evaluated. Native code where the processor and the system allow it; both give
  // the same, and tests compare them.
  enum class Engine : uint8_t { kNative, kInterpreter };

  // Whether what earlier runs have come to is kept, so that what begins like one of them costs
  // little (precedents.h). Nothing that it tells depends on that.
  enum class Memory : uint8_t { kRemembers, kForgets };

  // `specification` is borrowed for the oracle's life.
  explicit Oracle(const Specification& specification, Engine engine = Engine::kNative,
                  Memory memory = Memory::kRemembers);
  ~Oracle() override;

  // Begins the next run. Allocates nothing.
  void BeginRun();
  // Forgets what earlier runs came to: those to come have little in common with them. What was
  // counted stays. Begins the next run.
  void ForgetRuns();
  void OnEvent(const trace::Event& event, uint32_t index) override;

  // The first violations of this run in the order in which they happened, at most kMaxViolations,
  // each clause at most once for the same operation. `violations_dropped` counts the rest.
  std::span<const Violation> violations() const;
  uint32_t violations_dropped() const;

  // How often each clause's guard was reached, since construction or ClearCoverage; by clause index
  // and timing class of the operation concerned (see kTimingClasses).
  std::span<const uint64_t> coverage() const;
  // The same for who looks at each run: what events came to since ClearCoverage, and how often. A
  // number stands for the same cells for the oracle's life. False: not all have numbers, and only
  // coverage() has everything. After coverage() nothing is listed before the next ClearCoverage.
  struct Outcome {
    uint32_t number;
    uint64_t times;
  };
  bool ListOutcomes(std::vector<Outcome>* outcomes) const;
  // The cells of coverage() to which an outcome adds one each, some perhaps several times.
  std::vector<uint32_t> CellsOf(uint32_t outcome) const;
  // How often each reading (Specification::readings) held where its clause was reached, over the
  // same time. Several may hold at once.
  std::span<const uint64_t> reading_counts() const;
  // How often each clause, by its index, was reached and met while none of its readings held, over
  // the same time: a gap in the clause. 0 for clauses without readings.
  std::span<const uint64_t> unread_counts() const;
  // A bit for each reading that held in this run, since BeginRun.
  ReadingSet readings_seen() const;
  // How many events had to be judged since construction: those that came after the same events as
  // in an earlier run did not.
  uint64_t events_judged() const;
  // Sets coverage, reading_counts and unread_counts to zero.
  void ClearCoverage();

  // The message of a violation of this oracle's specification, with its real numbers.
  std::string Message(const Violation& violation) const;

  static constexpr int kMaxViolations = 32;
  // inline; asynchronous, delivered after the handler returned; the same, before it returned; none.
  static constexpr int kTimingClasses = 4;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_ORACLE_H_
