// The configuration's interfaces (IAppHost…) over the tree of harness/win32/configuration.h. They
// read only; what writes fails with E_NOTIMPL and is noted.
#ifndef PENDULUM_WIN32_APP_HOST_H_
#define PENDULUM_WIN32_APP_HOST_H_

#include "ahadmin.h"
#include "windows.h"

namespace pendulum::win32 {

// What IHttpServer::GetAdminManager gives. It lives for ever: the server owns it.
IAppHostAdminManager* AdminManager();

// Objects given out in this run that the module has not released.
int UnreleasedAppHostObjects();

// Forgets all objects given out. Part of BeginRun.
void ResetAppHost();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_APP_HOST_H_
