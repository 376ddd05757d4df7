// ATL, as far as atlcomcli.h goes.
#ifndef PENDULUM_SDK_ATLBASE_H_
#define PENDULUM_SDK_ATLBASE_H_

#include "atlcomcli.h"

namespace ATL {
using ::CComBSTR;
using ::CComPtr;
using ::CComVariant;
}  // namespace ATL

#endif  // PENDULUM_SDK_ATLBASE_H_
