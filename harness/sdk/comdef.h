// Compiler COM support: _com_error, _bstr_t, _variant_t and smart pointers.
#ifndef PENDULUM_SDK_COMDEF_H_
#define PENDULUM_SDK_COMDEF_H_

#include <string>

#include "ole/bstr.h"
#include "ole/com_ptr.h"
#include "ole/variant_class.h"
#include "windows.h"

#endif  // PENDULUM_SDK_COMDEF_H_
