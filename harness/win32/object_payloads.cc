#include "harness/win32/object_payloads.h"

namespace pendulum::win32 {

void ClosePayload(Object& object) {
  switch (object.kind) {
    case ObjectKind::kTimer:
      CloseWaitableTimer(object);
      break;
    case ObjectKind::kPort:
      ClosePort(object);
      break;
    case ObjectKind::kFile:
      CloseFile(object);
      break;
    default:
      break;
  }
}

}  // namespace pendulum::win32
