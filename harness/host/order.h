// The orders that the server gives to what modules do on different threads, and no others: what
// ThreadSanitizer is told of it. Locks, events and threads give theirs in harness/win32.
//
//   before                                  after
//   the modules are registered, the
//     application has started               the first notification of every request
//   a call starts an operation              the operation's completion is delivered
//   a completion has been handled           the next completion of the same request is delivered
//   a handler or completion has returned    the next notification of the same request
//   a request has ended                     the next request on the same connection
//   all of a request's handlers and
//     completions have returned             the application stops
//
// There is none from a handler to the completion of an operation that it started, beyond the call
// itself: the completion may run before the handler has returned. None leads from one request to
// another, and none from the thread that happens to run when something completes.
#ifndef PENDULUM_HOST_ORDER_H_
#define PENDULUM_HOST_ORDER_H_

#include "harness/platform/sanitizer.h"

namespace pendulum::host {

using platform::OrderMark;

// The marks of a request.
struct RequestOrder {
  OrderMark handled;      // what its handlers and completions have done
  OrderMark completions;  // what its completions have done
};

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_ORDER_H_
