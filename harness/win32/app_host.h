// Configuration as IHttpServer::GetAdminManager serves it: IAppHost* objects over the JSON text
// that SetConfiguration was given.
#ifndef PENDULUM_WIN32_APP_HOST_H_
#define PENDULUM_WIN32_APP_HOST_H_

struct IAppHostAdminManager;

namespace pendulum::win32 {

// The one administration manager. Borrowed by the caller, as IHttpServer::GetAdminManager says.
IAppHostAdminManager* AdminManager();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_APP_HOST_H_
