// Elements of the configuration as objects.
#ifndef PENDULUM_WIN32_APP_HOST_ELEMENT_H_
#define PENDULUM_WIN32_APP_HOST_ELEMENT_H_

#include "ahadmin.h"
#include "harness/win32/configuration.h"

namespace pendulum::win32 {

// Gives an object for `element` to the module, with one reference.
HRESULT GiveElement(const ConfigurationElement& element, IAppHostElement** place);

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_APP_HOST_ELEMENT_H_
