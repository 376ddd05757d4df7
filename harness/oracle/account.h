// What the oracle knows of a run, counted from its events: flat structures of int64_t, one for each
// object of the vocabulary, so that a field of an expression is a slot number.
#ifndef PENDULUM_ORACLE_ACCOUNT_H_
#define PENDULUM_ORACLE_ACCOUNT_H_

#include <cstddef>
#include <cstdint>

namespace pendulum::oracle {

// Slots_operation, Slots_request …: the fields of vocabulary.inc by their names, all zero at first.
#define OBJECT(name, events, meaning) struct Slots_##name {
#define FIELD(object, name, type, events, meaning) int64_t name;
#define END(object) \
  }                 \
  ;
#include "harness/oracle/vocabulary.inc"
#undef OBJECT
#undef FIELD
#undef END

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_ACCOUNT_H_
