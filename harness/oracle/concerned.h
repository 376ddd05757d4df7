// Whom a violation concerns: for the oracle and for the judge of recorded traces alike.
#ifndef PENDULUM_ORACLE_CONCERNED_H_
#define PENDULUM_ORACLE_CONCERNED_H_

#include <cstdint>

#include "harness/oracle/account.h"
#include "harness/trace/event.h"

namespace pendulum::oracle {

struct Concerned {
  uint8_t request = trace::kNone8;
  uint8_t module = trace::kNone8;
  uint16_t operation = trace::kNone16;
  uint32_t started_event = 0;  // the call of the operation; without one, the event itself
};

// Of a clause that is broken at `event`, the one of that index that was applied to `account` last:
// what the event names, else what its operation does, else whom for_each stands at.
inline Concerned ConcernedBy(const Account& account, const trace::Event& event, uint32_t index) {
  Concerned concerned = {.request = event.request, .module = event.module, .started_event = index};
  if (const OperationAccount* operation = account.operation()) {
    concerned.operation = static_cast<uint16_t>(operation->slots.ordinal);
    concerned.started_event = operation->called_event;
    if (concerned.request == trace::kNone8) concerned.request = operation->request;
    if (concerned.module == trace::kNone8) {
      concerned.module = static_cast<uint8_t>(operation->slots.module);
    }
  }
  const auto slots_of = [&](Object object) { return account.objects()[static_cast<int>(object)]; };
  const auto& request = *reinterpret_cast<const Slots_request*>(slots_of(Object::request));
  if (concerned.request != trace::kNone8 || request.known == 0) return concerned;
  concerned.request = static_cast<uint8_t>(request.index);
  const auto& delivery = *reinterpret_cast<const Slots_delivery*>(slots_of(Object::delivery));
  if (concerned.module == trace::kNone8 && delivery.known != 0) {
    concerned.module = static_cast<uint8_t>(delivery.module);
  }
  return concerned;
}

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_CONCERNED_H_
