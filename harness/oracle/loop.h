// Goes round the accounts that a kEach stands for.
#ifndef PENDULUM_ORACLE_LOOP_H_
#define PENDULUM_ORACLE_LOOP_H_

#include <cstdint>

#include "harness/oracle/account.h"
#include "harness/oracle/program.h"

namespace pendulum::oracle {

// Where a kEach stands. At an event that has a request, only its accounts are concerned; otherwise
// all of the run.
class AccountLoop {
 public:
  // Not inline: few events have a loop, and all would pay for its variables.
  [[gnu::noinline]] void Begin(const Instruction* each, const trace::Event& event,
                               Account* account) {
    each_ = each;
    for_each_ = static_cast<ForEach>(each->reg);
    kinds_ = static_cast<uint64_t>(each->immediate);
    next_ = 0;
    request_ = event.request;
    of_request_ = (Objects()[static_cast<int>(Object::request)].events & Only(event.kind)) != 0;
    account->Save();
  }

  // Points the account at the next one, and returns the instructions for it; after the last, puts
  // the account back and returns what comes after the loop.
  [[gnu::noinline]] const Instruction* Next(Account* account) {
    switch (for_each_) {
      case ForEach::kOperation:
        return NextOf<ForEach::kOperation>(account);
      case ForEach::kDelivery:
        return NextOf<ForEach::kDelivery>(account);
      case ForEach::kRequest:
        return NextOf<ForEach::kRequest>(account);
      case ForEach::kNone:
        break;
    }
    return End(account);
  }

  // The same where it is known what the loop goes round.
  template <ForEach kForEach>
  const Instruction* NextOf(Account* account) {
    if constexpr (kForEach == ForEach::kOperation) {
      while (next_ < account->operation_count()) {
        const OperationAccount& operation = account->operation_at(next_++);
        if (of_request_ && operation.request != request_) continue;
        const Slots_operation& slots = operation.slots;
        if (!slots.known || (kinds_ >> slots.kind & 1) == 0) continue;
        account->PointAt(operation);
        if (!of_request_) account->PointAtRequestOf(operation.request);
        return each_ + 1 + slots.kind;
      }
    } else if constexpr (kForEach == ForEach::kDelivery) {
      while (next_ < account->delivery_count()) {
        const DeliveryAccount& delivery = account->delivery_at(next_++);
        if (of_request_ && delivery.request != request_) continue;
        account->PointAt(delivery);
        if (!of_request_) account->PointAtRequestOf(delivery.request);
        return each_ + 1;
      }
    } else {
      while (next_ < account->request_count()) {
        const uint32_t index = next_++;
        if (of_request_ && index != request_) continue;
        if (account->PointAtRequest(index)) return each_ + 1;
      }
    }
    return End(account);
  }

 private:
  const Instruction* End(Account* account) const {
    account->Restore();
    return each_ + each_->jump;
  }

  const Instruction* each_;
  uint64_t kinds_;
  uint32_t next_;
  uint32_t request_;
  ForEach for_each_;
  bool of_request_;
};

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_LOOP_H_
