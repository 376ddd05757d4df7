// What the functions that apply events share. Only account_*.cc use this.
#ifndef PENDULUM_ORACLE_ACCOUNT_INTERNAL_H_
#define PENDULUM_ORACLE_ACCOUNT_INTERNAL_H_

#include <cstdint>

#include "harness/oracle/account.h"
#include "harness/trace/event.h"

namespace pendulum::oracle {

inline constexpr uint32_t kEndOfBody = 0x80070026;
inline constexpr auto kPendingStatus = static_cast<uint32_t>(trace::Status::kPending);

// EXECUTE_FLAG_… and CLONE_FLAG_…, as the API numbers them.
inline constexpr uint32_t kNoHeaders = 0x01;
inline constexpr uint32_t kBufferResponse = 0x20;
inline constexpr uint32_t kHttpCacheEligible = 0x40;
inline constexpr uint32_t kCloneBasics = 0x01;
inline constexpr uint32_t kCloneEntity = 0x04;

inline bool Succeeded(uint32_t status) { return status >> 31 == 0; }

inline bool Is(const OperationAccount& operation, trace::OperationKind kind) {
  return operation.slots.kind == static_cast<int64_t>(kind);
}

// Writes and flushes: what moves data towards the client.
inline bool IsWrite(const OperationAccount& operation) {
  return operation.slots.kind <= static_cast<int64_t>(trace::OperationKind::kFlush);
}
static_assert(static_cast<int>(trace::OperationKind::kWriteEntityChunks) == 0);
static_assert(static_cast<int>(trace::OperationKind::kWriteEntityChunkByReference) == 1);
static_assert(static_cast<int>(trace::OperationKind::kFlush) == 2);

inline int64_t NotificationOf(const trace::Event& event) { return event.d & 0xFF; }
inline int64_t Bit(const trace::Event& event, uint16_t flag) {
  return (event.d & flag) != 0 ? 1 : 0;
}

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_ACCOUNT_INTERNAL_H_
