// The events of a trace: what passes across the API between host and module, in order. This is the
// contract between host and oracle: the oracle knows a run through these events and nothing else,
// so it judges a trace recorded on a real server just the same.
//
// An event is 16 bytes. What its general fields a, b and d mean depends on its kind and is said
// beside each kind below; harness/trace/fields.h gives each of them a name and a type.
#ifndef PENDULUM_TRACE_EVENT_H_
#define PENDULUM_TRACE_EVENT_H_

#include <array>
#include <bit>
#include <cstdint>

namespace pendulum::trace {

inline constexpr uint8_t kNone8 = 0xFF;
inline constexpr uint16_t kNone16 = 0xFFFF;
inline constexpr uint32_t kUnknownLength =
    0xFFFFFFFF;  // GetRemainingEntityBytes for a chunked body

// The request notifications, in pipeline order, then those raised when something calls for them.
enum class Notification : uint8_t {
  kBeginRequest,
  kAuthenticateRequest,
  kAuthorizeRequest,
  kResolveRequestCache,
  kMapRequestHandler,
  kAcquireRequestState,
  kPreExecuteRequestHandler,
  kExecuteRequestHandler,
  kReleaseRequestState,
  kUpdateRequestCache,
  kLogRequest,
  kEndRequest,
  kCustomNotification,
  kSendResponse,
  kReadEntity,
  kMapPath,
};
inline constexpr int kDeterministicNotificationCount = 12;
inline constexpr int kNotificationCount = 16;

// REQUEST_NOTIFICATION_STATUS, as the API numbers it.
enum class Status : uint8_t { kContinue = 0, kPending = 1, kFinishRequest = 2 };

// The global notifications, in the order of their GL_ bits.
enum class GlobalNotification : uint8_t {
  kStopListening,
  kCacheCleanup,
  kCacheOperation,
  kHealthCheck,
  kConfigurationChange,
  kFileChange,
  kPreBeginRequest,
  kApplicationStart,
  kApplicationResolveModules,
  kApplicationStop,
  kRscaQuery,
  kTraceEvent,
  kCustomNotification,
  kThreadCleanup,
  kApplicationPreload,
  kSuspendProcess,
};
inline constexpr int kGlobalNotificationCount = 16;

// The bit that registers for a notification, as the API numbers it: RQ_ and GL_.
constexpr uint32_t BitOf(Notification notification) {
  const auto index = static_cast<uint32_t>(notification);
  return uint32_t{1} << (index < kDeterministicNotificationCount ? index : index + 16);
}
constexpr uint32_t BitOf(GlobalNotification notification) {
  const auto index = static_cast<uint32_t>(notification);
  return uint32_t{1} << (index < 2 ? index + 1 : index + 2);
}

// The calls that start an operation. All others are plain calls (EventKind::kCall).
enum class OperationKind : uint8_t {
  kWriteEntityChunks,
  kWriteEntityChunkByReference,
  kFlush,
  kReadEntityBody,
  kPostCompletion,
  kIndicateCompletion,
  kExecuteRequest,
  kNotifyCustomNotification,
  kNegotiateClientCertificate,
  kReadFragment,
  kWriteFragment,
  kSendConnectionClose,
};
inline constexpr int kOperationKindCount = 12;

// d of kOperationCalled: the kind in the low four bits, these flags above it.
inline constexpr uint16_t kOperationKindMask = 0xF;
enum OperationFlag : uint16_t {
  // The form with a completion routine (IHttpResponse2, IHttpRequest3, IHttpContext3).
  kWithRoutine = 1 << 4,
  kRoutineGiven = 1 << 5,      // its pfnCompletionCallback was not NULL
  kInFront = 1 << 6,           // WriteEntityChunkByReference: lInsertPosition was 0
  kAsync = 1 << 8,             // fAsync was TRUE
  kMoreData = 1 << 9,          // fMoreData was TRUE
  kPendingFlagNull = 1 << 10,  // pfCompletionExpected / pfCompletionPending was NULL
  kCountNull = 1 << 11,        // pcbSent / pcbBytesReceived was NULL
  kBufferNull = 1 << 12,       // pvBuffer / pDataChunks was NULL
  kFileChunk = 1 << 13,        // at least one chunk is not from memory
  kOnStack = 1 << 14,          // memory that the operation uses lies on the calling worker's stack
  kBadChunk = 1 << 15,         // a chunk that the documentation forbids (NULL data, unknown type)
};

// b of kOperationCalled, for an ExecuteRequest: the flags, and this.
inline constexpr uint32_t kUserGiven = uint32_t{1} << 31;  // pHttpUser was not NULL

// d of kOperationReturned.
enum ReturnFlag : uint16_t {
  kPendingTrue = 1 << 0,     // the pending flag holds TRUE on return
  kPendingWritten = 1 << 1,  // the call changed the pending flag, or wrote it
  kCountWritten = 1 << 2,    // the call changed the count, or wrote it; b has its value
  kMemoryShort = 1 << 3,     // the host got no memory for it
};

// d of kRunEnded: the run met its limit though nothing failed and no client left any more, and
// nothing went further.
inline constexpr uint16_t kEndless = 1;

// d of kNotification…, kCompletion… and kRequestParked: the notification in the low byte, then:
enum NotificationFlag : uint16_t {
  kPost = 1 << 8,              // the post-notification (fPostNotification)
  kCompletedRead = 1 << 9,     // IHttpCompletionInfo2::GetCompletedOperation says read (1)
  kCompletedWrite = 1 << 10,   // … says write (2)
  kByRoutine = 1 << 11,        // the call's completion routine is called, not OnAsyncCompletion
  kContextPassed = 1 << 12,    // … and gets the pvCompletionContext that was given with the call
  kProviderMissing = 1 << 13,  // the IHttpEventProvider passed is NULL
  kInfoNull = 1 << 14,         // completions: the IHttpCompletionInfo passed is NULL
  kOtherRequest = 1 << 15,     // the IHttpContext passed is NULL or that of another request
};

// d of kRequestBegan.
enum RequestFlag : uint16_t {
  kBufferingOn = 1 << 0,      // response buffering is on at the start
  kHasBody = 1 << 1,          // the request has an entity body
  kChunkedBody = 1 << 2,      // its length is not known in advance
  kClientMayLeave = 1 << 3,   // the client may disconnect before the response is complete
  kFaults = 1 << 4,           // operations may fail for want of memory and the like
  kHeadRequest = 1 << 5,      // HEAD: the response's body is not sent
  kHasQuery = 1 << 6,         // the URL has a query string
  kLimitConfigured = 1 << 7,  // the handler's responseBufferLimit is set in the configuration
  kChild = 1 << 8,            // a context that CloneContext made; it ends when it is released
};

// d of kHeaderChanged, kHeaderAsked and kClientHeader; the value's length in bytes, at most
// kMaxHeaderBytes, stands above the flags.
enum HeaderFlag : uint16_t {
  kAppended = 1 << 0,  // fReplace was FALSE
  kById = 1 << 1,      // the form that takes an HTTP_HEADER_ID
  kDeleted = 1 << 2,   // DeleteHeader
  kFound = 1 << 3,     // GetHeader gave a value
};
inline constexpr int kHeaderBytesShift = 4;
inline constexpr uint32_t kMaxHeaderBytes = 4095;

// d of kClientHead.
enum HeadFlag : uint16_t {
  kLocation = 1 << 0,          // there is a Location header
  kLocationAbsolute = 1 << 1,  // … and it is an absolute URL
  kLocationQuery = 1 << 2,     // … and it has the request's query string
};

// d of kModuleLoaded.
enum LoadFlag : uint16_t {
  kInfoGiven = 1 << 0,    // RegisterModule was given an IHttpModuleRegistrationInfo
  kServerGiven = 1 << 1,  // … and an IHttpServer
};

// d of kNotificationsRegistered and kPrioritySet.
enum RegistrationFlag : uint16_t {
  kForPost = 1 << 0,    // kPrioritySet: it is that of post-notifications
  kForGlobal = 1 << 1,  // global notifications
};

// d of kContext….
enum ContextFlag : uint16_t {
  kNullContext = 1 << 0,        // kContextSet: NULL was passed
  kFreedContext = 1 << 1,       // kContextCleaned: the module had freed its memory
  kConnectionContext = 1 << 2,  // kContextStored: it is an IHttpConnectionStoredContext
  kDispensedContext = 1 << 3,   // kContextStored: in a container that was dispensed to the module
};

// b of kLockTaken and kLockReleased.
enum LockFlag : uint32_t {
  kLockShared = 1 << 0,  // others can share it
  kLockAgain = 1 << 1,   // the thread has it already, or still: it is recursive
  kLockTried = 1 << 2,   // by a call that does not wait for ever
};

// b of kMemoryViolated.
enum class MemoryFault : uint32_t { kChanged = 1, kFreed = 2, kStackFrameLeft = 3 };

// a of kRunEnded.
enum class RunEnd : uint32_t {
  kComplete = 0,  // every request ended, nothing left over
  kStuck = 1,     // a request has not ended and nothing can happen
  kLimit = 2,     // the limit of steps, events or decisions was met
  kCrash = 3,     // the module crashed: the trace stops where it did
  kHang = 4,      // the module ran on without calling the host
};

// The kinds that came last.
#define PENDULUM_LATER_EVENT_KINDS(X)                                                           \
  /* A header of the response: SetHeader or DeleteHeader has succeeded; GetHeader has returned; \
     the client has received it (before the client.received of its headers). a: digest of the   \
     name in small letters, b: digest of the value, d: HeaderFlag and length. */                \
  X(HeaderChanged, "header.changed")                                                            \
  X(HeaderAsked, "header.asked")                                                                \
  X(ClientHeader, "client.header")                                                              \
  /* So have the status line and all headers. a: status, b: number of headers, d: HeadFlag. */  \
  X(ClientHead, "client.head")                                                                  \
  /* Content-Length around InsertEntityBody. a: before, b: now, d: 1 the request is over. */    \
  X(RequestLength, "request.length")                                                            \
  /* The server has dereferenced a user given to SetUser. a: which, from 1. */                  \
  X(UserReleased, "user.released")                                                              \
  /* CloneContext has made a child. a: its request number, b: the flags. */                     \
  X(RequestCloned, "request.cloned")

// The kinds about modules: what they register, global notifications, what containers are asked.
// a, b and d are said here:
//   module.loaded            RegisterModule is called. a: dwServerVersion, d: LoadFlag
//   notifications.registered SetRequestNotifications or SetGlobalNotifications succeeded. a: the
//                            mask, b: that of post-notifications, d: RegistrationFlag
//   priority.set             a: mask, b: 0 FIRST, 1 HIGH, 2 MEDIUM, 3 LOW, 4 LAST,
//                            d: RegistrationFlag
//   global.entered, global.returned  a handler of a CGlobalModule. a of the second: what it
//                            returned, 0 where it returns nothing; d: GlobalNotification
//   context.set              SetModuleContext and its like have returned. a: HRESULT, b: place,
//                            d: ContextFlag
//   context.got              GetModuleContext and its like have. a: number, 0 for NULL, b: place
//   context.notified         NotifyDisconnect was called. a: number of the context
#define PENDULUM_EVENT_KINDS_OF_MODULES(X)               \
  X(ModuleLoaded, "module.loaded")                       \
  X(NotificationsRegistered, "notifications.registered") \
  X(PrioritySet, "priority.set")                         \
  X(GlobalEntered, "global.entered")                     \
  X(GlobalReturned, "global.returned")                   \
  X(ContextSet, "context.set")                           \
  X(ContextGot, "context.got")                           \
  X(ContextNotified, "context.notified")

// The kinds about the memory and the threads of modules.
#define PENDULUM_EVENT_KINDS_OF_MEMORY(X)                                                     \
  /* A worker goes on with a load or store of the module's own, before which others have run. \
     a: bytes, d: 1 it stores. */                                                             \
  X(MemoryAccessed, "memory.accessed")

// What the module's threads do with locks of any sort, whatever they are called by.
//   lock.taken     a: number of the lock, b: LockFlag, d: Method
//   lock.released  the same; a wait on a condition variable gives its lock back, too
//   lock.freed     a lock or a condition variable was used in memory that was freed. d: Method
#define PENDULUM_EVENT_KINDS_OF_LOCKS(X) \
  X(LockTaken, "lock.taken")             \
  X(LockReleased, "lock.released")       \
  X(LockFreed, "lock.freed")

// Every event names the worker that runs, the request and the module (their index, kNone8 where
// none), and the operation (ordinal in the run, from 0; kNone16 where none).
#define PENDULUM_EVENT_KINDS_OF_REQUESTS(X)                                                      \
  /* The run. a: RunEnd, b: steps, d: kEndless. */                                               \
  X(RunBegan, "run.began")                                                                       \
  X(RunEnded, "run.ended")                                                                       \
  /* RegisterModule has returned. a: HRESULT. */                                                 \
  X(ModuleRegistered, "module.registered")                                                       \
  /* IHttpModuleFactory::Terminate or CGlobalModule::Terminate. d: 0 factory, 1 global. */       \
  X(FactoryTerminated, "factory.terminated")                                                     \
  /* GetHttpModule has returned. a: HRESULT, b: bit 0 gave an object, bit 1 had an allocator. */ \
  X(ModuleCreated, "module.created")                                                             \
  /* CHttpModule::Dispose has returned. */                                                       \
  X(ModuleDisposed, "module.disposed")                                                           \
  /* a: Content-Length or kUnknownLength, b: response buffer limit in bytes, d: RequestFlag. */  \
  X(RequestBegan, "request.began")                                                               \
  /* The request is over: its objects are gone. */                                               \
  X(RequestEnded, "request.ended")                                                               \
  /* At the end of a run, when not ended. a: 1 blocked, b: workers blocked, d: notification. */  \
  X(RequestParked, "request.parked")                                                             \
  /* A handler is called. a: serial of this delivery in the request, d: notification, flags. */  \
  X(NotificationEntered, "notification.entered")                                                 \
  /* It has returned. a: serial, b: Status (or what else it returned), d: as above. */           \
  X(NotificationReturned, "notification.returned")                                               \
  /* a: buffer_bytes (read: cbBuffer, write: sum of the chunks, post: cbBytes, indicate: the     \
     Status given, execute: the child's request number), b: chunks or execute flags,             \
     d: OperationKind and OperationFlag. */                                                      \
  X(OperationCalled, "operation.called")                                                         \
  /* a: HRESULT (indicate: 0), b: value of the count on return, d: ReturnFlag. */                \
  X(OperationReturned, "operation.returned")                                                     \
  /* OnAsyncCompletion or the operation's own function is called. a: GetCompletionBytes,         \
     b: GetCompletionStatus, d: notification, flags. */                                          \
  X(CompletionDelivered, "completion.delivered")                                                 \
  /* It has returned. a: serial of the delivery resumed, b: Status, d: notification, flags. */   \
  X(CompletionReturned, "completion.returned")                                                   \
  /* A plain call across the API has returned. a: result (HRESULT, BOOL, count), b: a value of   \
     the call's own (harness/trace/method.h says which), d: Method. */                           \
  X(Call, "call")                                                                                \
  /* A worker starts to wait in a call. a: object number, b: time-out in ms, d: Method. */       \
  X(WaitBegan, "wait.began")                                                                     \
  /* It goes on. a: result of the wait, b: object number, d: Method. */                          \
  X(WaitEnded, "wait.ended")                                                                     \
  /* The client has sent body bytes. a: bytes now, b: bytes in all, d: 1 when that was all. */   \
  X(ClientSent, "client.sent")                                                                   \
  /* Response bytes have reached the client. a: body bytes now, b: body bytes in all,            \
     d: bit 0 headers now, bit 1 the response is complete. */                                    \
  X(ClientReceived, "client.received")                                                           \
  /* The client has gone. d: 0 it left, 1 the module reset or closed the connection. */          \
  X(ClientDisconnected, "client.disconnected")                                                   \
  /* The digest of a stream of body bytes so far. a: digest, b: bytes so far, d: 0 read from the \
     request by the module, 1 sent by the client, 2 given to the response by the module,         \
     3 received by the client, 4 given to InsertEntityBody, 5 as many bytes read after it,       \
     6 given to SetEntity, 7 as many bytes read after it. */                                     \
  X(BodyBytes, "body.bytes")                                                                     \
  /* Memory given to a pending operation or InsertEntityBody was touched. a: offset in bytes,    \
     b: MemoryFault, d: bit 0 the array of chunk structures, not the data, bit 1 inserted. */    \
  X(MemoryViolated, "memory.violated")                                                           \
  /* AllocateRequestMemory and the like. a: bytes, b: 1 given before, d: Method. */              \
  X(MemoryAllocated, "memory.allocated")                                                         \
  /* Stored, and cleaned up. a: number, b: place (container * 256 + slot), d: ContextFlag. */    \
  X(ContextStored, "context.stored")                                                             \
  X(ContextCleaned, "context.cleaned")                                                           \
  /* A C++ exception left the module. d: notification in which it did. */                        \
  X(ExceptionCrossed, "exception.crossed")                                                       \
  /* A handler that the module does not override was called (D: the base class's body). */       \
  X(HandlerMissing, "handler.missing")                                                           \
  /* A thread of the module started, ended. a: thread number. */                                 \
  X(ThreadBegan, "thread.began")                                                                 \
  X(ThreadEnded, "thread.ended")                                                                 \
  /* The module crashed. a: signal number, b: 1 stack overflow, 2 out of memory, 3 abort. */     \
  X(ModuleCrashed, "module.crashed")                                                             \
  /* The module ran on without calling the host until the watchdog stopped it. */                \
  X(ModuleHung, "module.hung")                                                                   \
  /* After the end of a run: the response differs from that of the plainest schedule.            \
     a: offset in the part of the first byte that does, b: bytes received, d: ResponsePart. */   \
  X(ResponseDiffered, "response.differed")

enum class EventKind : uint8_t;
#define PENDULUM_EVENT_KINDS(X)       \
  PENDULUM_EVENT_KINDS_OF_REQUESTS(X) \
  PENDULUM_LATER_EVENT_KINDS(X)       \
  PENDULUM_EVENT_KINDS_OF_MODULES(X)  \
  PENDULUM_EVENT_KINDS_OF_MEMORY(X)   \
  PENDULUM_EVENT_KINDS_OF_LOCKS(X)

enum class EventKind : uint8_t {
#define PENDULUM_KIND(name, text) k##name,
  PENDULUM_EVENT_KINDS(PENDULUM_KIND)
#undef PENDULUM_KIND
};

struct Event {
  EventKind kind;
  uint8_t worker;
  uint8_t request;
  uint8_t module;
  uint16_t operation;
  uint16_t d;
  uint32_t a;
  uint32_t b;
  friend bool operator==(const Event&, const Event&) = default;
};
static_assert(sizeof(Event) == 16);

// Of a kOperationCalled.
inline OperationKind OperationKindOf(const Event& called) {
  return static_cast<OperationKind>(called.d & kOperationKindMask);
}

// An event of these fields. Makes it in two registers: field by field, the processor would have to
// wait for eight small stores before it can copy the whole.
inline Event MakeEvent(EventKind kind, uint8_t worker, uint8_t request, uint8_t module,
                       uint16_t operation, uint16_t d, uint32_t a, uint32_t b) {
  static_assert(std::endian::native == std::endian::little);
  const std::array<uint64_t, 2> words = {static_cast<uint64_t>(kind) | uint64_t{worker} << 8 |
                                             uint64_t{request} << 16 | uint64_t{module} << 24 |
                                             uint64_t{operation} << 32 | uint64_t{d} << 48,
                                         uint64_t{a} | uint64_t{b} << 32};
  return std::bit_cast<Event>(words);
}

}  // namespace pendulum::trace

#endif  // PENDULUM_TRACE_EVENT_H_
