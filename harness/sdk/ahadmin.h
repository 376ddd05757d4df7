// The administration interfaces of the configuration system. httpserv.h includes this. Objects are
// reference-counted; out parameters are the caller's to Release or SysFreeString.
#ifndef PENDULUM_SDK_AHADMIN_H_
#define PENDULUM_SDK_AHADMIN_H_

#include "ahadmin/element.h"
#include "ahadmin/manager.h"

class __declspec(uuid("228fb8f7-fb53-4fd5-8c7b-ff59de606c5b")) AppHostAdminManager;
class __declspec(uuid("2b72133b-3f5b-4602-8952-803546ce3344")) AppHostWritableAdminManager;
#define CLSID_AppHostAdminManager __uuidof(AppHostAdminManager)
#define CLSID_AppHostWritableAdminManager __uuidof(AppHostWritableAdminManager)
#define IID_IAppHostConfigException __uuidof(IAppHostConfigException)
#define IID_IAppHostPropertyException __uuidof(IAppHostPropertyException)
#define IID_IAppHostProperty __uuidof(IAppHostProperty)
#define IID_IAppHostPropertyCollection __uuidof(IAppHostPropertyCollection)
#define IID_IAppHostChildElementCollection __uuidof(IAppHostChildElementCollection)
#define IID_IAppHostElementCollection __uuidof(IAppHostElementCollection)
#define IID_IAppHostElement __uuidof(IAppHostElement)
#define IID_IAppHostConfigLocation __uuidof(IAppHostConfigLocation)
#define IID_IAppHostConfigLocationCollection __uuidof(IAppHostConfigLocationCollection)
#define IID_IAppHostConfigFile __uuidof(IAppHostConfigFile)
#define IID_IAppHostConfigManager __uuidof(IAppHostConfigManager)
#define IID_IAppHostAdminManager __uuidof(IAppHostAdminManager)
#define IID_IAppHostWritableAdminManager __uuidof(IAppHostWritableAdminManager)
#define IID_IAppHostMethodInstance __uuidof(IAppHostMethodInstance)
#define IID_IAppHostMethod __uuidof(IAppHostMethod)
#define IID_IAppHostMethodCollection __uuidof(IAppHostMethodCollection)
#define IID_IAppHostChangeHandler __uuidof(IAppHostChangeHandler)

#endif  // PENDULUM_SDK_AHADMIN_H_
