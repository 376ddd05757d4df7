// Fills in what the events of a trace file leave out: from the events before them, and, where the
// file means defaults, with those; and says what remains unknown. The rules stand in
// harness/trace/README.md.
#ifndef PENDULUM_TRACE_FILL_IN_H_
#define PENDULUM_TRACE_FILL_IN_H_

#include <cstdint>
#include <vector>

#include "harness/trace/absence.h"
#include "harness/trace/event.h"

namespace pendulum::trace {

class FillIn {
 public:
  explicit FillIn(AbsentMode mode) : mode_(mode) {}

  // For each event in turn: Begin, once its kind, worker, request and module are known, gives it
  // its operation and its other fields. `given` has kWorkerField and kOperationField where the file
  // has them.
  void Begin(FieldSet given, Event* event);
  // Then, with the operation that the file names in place, what follows from that.
  void UseOperation(Event* event) const;
  // Then, with the fields that the file gives in place: what follows from those. `given` now has
  // these too. Returns what is not known of the event; nothing in the mode kDefault.
  FieldSet Finish(FieldSet given, Event* event);

 private:
  struct Delivery {
    uint32_t serial = 0;
    uint16_t d = static_cast<uint16_t>(Notification::kExecuteRequestHandler);
    uint8_t worker = kNone8;
    bool unknown = false;  // which notification it is
  };
  struct Operation {
    bool known = false;  // its call is in the trace
    Event called = {};
    FieldSet called_absent = 0;
    Delivery delivery;
    bool returned = false;
    bool expects_none = false;  // it has returned, and its end with it
    bool completed = false;
    bool completion_runs = false;
    Event delivered = {};
    FieldSet delivered_absent = 0;
  };
  struct Request {
    uint32_t entered = 0;
    std::vector<Delivery> open;  // handlers that have not returned
    Delivery last;
    uint32_t sent_bytes = 0;
    uint32_t received_bytes = 0;
    bool headers = false;
  };
  // The operation that an event concerns, and whether others might be meant as well.
  struct Guess {
    uint16_t operation = kNone16;
    bool ambiguous = false;
  };

  const Request& Of(const Event& event) const { return requests_[event.request]; }
  const Operation* Find(uint16_t operation) const;
  Delivery Innermost(const Event& event) const;
  Delivery WithSerial(const Event& event) const;
  static void UseDelivery(const Delivery& delivery, Event* event);
  template <typename Test>
  Guess Latest(Test test) const;
  Guess GuessOperation(const Event& event, FieldSet given) const;
  Guess GuessAmongRequest(const Event& event, FieldSet given) const;
  bool WorkerIsImplied(EventKind kind) const;
  void FillLikely(FieldSet given, Event* event) const;
  FieldSet FillImplied(FieldSet given, Event* event) const;
  FieldSet FillLeft(FieldSet given, Event* event) const;
  FieldSet FillReturned(FieldSet given, Event* event) const;
  FieldSet FillClientBytes(FieldSet given, uint32_t before_bytes, Event* event) const;
  void Remember(const Event& event, FieldSet absent);
  void RememberReturn(const Event& event, FieldSet absent, Operation* operation) const;

  AbsentMode mode_;
  bool ambiguous_ = false;  // which operation the event at hand concerns
  int frames_ = 0;          // handlers and completions that have not returned
  std::vector<Operation> operations_;
  std::vector<Request> requests_ = std::vector<Request>(256);
};

}  // namespace pendulum::trace

#endif  // PENDULUM_TRACE_FILL_IN_H_
