// Forward declarations, enumerations and constants of httpserv.h.
#ifndef PENDULUM_SDK_HTTPSERV_BASE_H_
#define PENDULUM_SDK_HTTPSERV_BASE_H_

#include "http.h"

// These live in headers of their own.
struct IAppHostAdminManager;
struct IAppHostConfigException;
struct HTTP_TRACE_CONFIGURATION;
struct HTTP_TRACE_EVENT;
class IWpfSettings;
class IWorkerProcessFramework;

class CGlobalModule;
class CHttpModule;
class IAuthenticationProvider;
class ICacheProvider;
class ICustomNotificationProvider;
class IDispensedHttpModuleContextContainer;
class IGlobalApplicationPreloadProvider;
class IGlobalApplicationPreloadProvider2;
class IGlobalConfigurationChangeProvider;
class IGlobalFileChangeProvider;
class IGlobalRSCAQueryProvider;
class IGlobalStopListeningProvider;
class IGlobalSuspendProcessCallback;
class IGlobalThreadCleanupProvider;
class IGlobalTraceEventProvider;
class IHttpApplication;
class IHttpApplication2;
class IHttpApplicationProvider;
class IHttpApplicationResolveModulesProvider;
class IHttpCacheKey;
class IHttpCachePolicy;
class IHttpCachePolicy2;
class IHttpCacheSpecificData;
class IHttpCompletionInfo;
class IHttpCompletionInfo2;
class IHttpConnection;
class IHttpConnectionModuleContextContainer;
class IHttpConnectionStoredContext;
class IHttpContext;
class IHttpContext2;
class IHttpContext3;
class IHttpContext4;
class IHttpEventProvider;
class IHttpFileInfo;
class IHttpFileMonitor;
class IHttpModuleContextContainer;
class IHttpModuleFactory;
class IHttpModuleRegistrationInfo;
class IHttpModuleRegistrationInfo2;
class IHttpPerfCounterInfo;
class IHttpRequest;
class IHttpRequest2;
class IHttpRequest3;
class IHttpRequest4;
class IHttpResponse;
class IHttpResponse2;
class IHttpResponse3;
class IHttpResponse4;
class IHttpServer;
class IHttpServer2;
class IHttpServer3;
class IHttpSite;
class IHttpStoredContext;
class IHttpTokenEntry;
class IHttpTraceContext;
class IHttpUrlInfo;
class IHttpUser;
class IMapHandlerProvider;
class IMapPathProvider;
class IMetadataInfo;
class IModuleAllocator;
class INamedContextContainer;
class IPreBeginRequestProvider;
class IReadEntityProvider;
class IReferencedMetadataInfo;
class IScriptMapInfo;
class ISendResponseProvider;

typedef IHttpApplicationProvider IHttpApplicationStartProvider;
typedef IHttpApplicationProvider IHttpApplicationStopProvider;
typedef VOID* HTTP_MODULE_ID;

enum REQUEST_NOTIFICATION_STATUS {
  RQ_NOTIFICATION_CONTINUE = 0,
  RQ_NOTIFICATION_PENDING = 1,
  RQ_NOTIFICATION_FINISH_REQUEST = 2,
};

enum GLOBAL_NOTIFICATION_STATUS {
  GL_NOTIFICATION_CONTINUE = 0,
  GL_NOTIFICATION_HANDLED = 1,
};

enum CACHE_OPERATION {
  CACHE_OPERATION_RETRIEVE = 0,
  CACHE_OPERATION_ADD = 1,
  CACHE_OPERATION_DELETE = 2,
  CACHE_OPERATION_FLUSH_PREFIX = 3,
  CACHE_OPERATION_ENUM = 4,
};

enum HTTP_CONTEXT_INTERFACE_VERSION {};

enum HTTP_SERVER_INTERFACE_VERSION {
  HTTP_SERVER_INTERFACE_V2 = 0,
  HTTP_SERVER_INTERFACE_V3 = 1,
};

// Request notifications, in the order of the pipeline. See request-processing-constants.md.
#define RQ_BEGIN_REQUEST 0x00000001
#define RQ_AUTHENTICATE_REQUEST 0x00000002
#define RQ_AUTHORIZE_REQUEST 0x00000004
#define RQ_RESOLVE_REQUEST_CACHE 0x00000008
#define RQ_MAP_REQUEST_HANDLER 0x00000010
#define RQ_ACQUIRE_REQUEST_STATE 0x00000020
#define RQ_PRE_EXECUTE_REQUEST_HANDLER 0x00000040
#define RQ_EXECUTE_REQUEST_HANDLER 0x00000080
#define RQ_RELEASE_REQUEST_STATE 0x00000100
#define RQ_UPDATE_REQUEST_CACHE 0x00000200
#define RQ_LOG_REQUEST 0x00000400
#define RQ_END_REQUEST 0x00000800

// Request notifications that come at any time.
#define RQ_SEND_RESPONSE_STATUS_AND_HEADERS 0x08000000
#define RQ_CUSTOM_NOTIFICATION 0x10000000
#define RQ_SEND_RESPONSE 0x20000000
#define RQ_READ_ENTITY 0x40000000
#define RQ_MAP_PATH 0x80000000

// Global notifications.
#define GL_STOP_LISTENING 0x00000002
#define GL_CACHE_CLEANUP 0x00000004
#define GL_CACHE_OPERATION 0x00000010
#define GL_HEALTH_CHECK 0x00000020
#define GL_CONFIGURATION_CHANGE 0x00000040
#define GL_FILE_CHANGE 0x00000080
#define GL_PRE_BEGIN_REQUEST 0x00000100
#define GL_APPLICATION_START 0x00000200
#define GL_APPLICATION_RESOLVE_MODULES 0x00000400
#define GL_APPLICATION_STOP 0x00000800
#define GL_RSCA_QUERY 0x00001000
#define GL_TRACE_EVENT 0x00002000
#define GL_CUSTOM_NOTIFICATION 0x00004000
#define GL_THREAD_CLEANUP 0x00008000
#define GL_APPLICATION_PRELOAD 0x00010000
#define GL_SUSPEND_PROCESS 0x00020000

// Priorities of a module among those registered for the same notification.
#define PRIORITY_ALIAS_FIRST L"FIRST"
#define PRIORITY_ALIAS_HIGH L"HIGH"
#define PRIORITY_ALIAS_MEDIUM L"MEDIUM"
#define PRIORITY_ALIAS_LOW L"LOW"
#define PRIORITY_ALIAS_LAST L"LAST"

// For IHttpContext::CloneContext.
#define CLONE_FLAG_BASICS 0x01
#define CLONE_FLAG_HEADERS 0x02
#define CLONE_FLAG_ENTITY 0x04
#define CLONE_FLAG_NO_PRECONDITION 0x08
#define CLONE_FLAG_NO_DAV 0x10
#define CLONE_FLAG_USER_CACHE_VARY_BY 0x20
#define CLONE_FLAG_SERVER_VARIABLE 0x40

// For IHttpContext::ExecuteRequest.
#define EXECUTE_FLAG_NO_HEADERS 0x01
#define EXECUTE_FLAG_IGNORE_CURRENT_INTERCEPTOR 0x02
#define EXECUTE_FLAG_IGNORE_APPPOOL 0x04
#define EXECUTE_FLAG_DISABLE_CUSTOM_ERROR 0x08
#define EXECUTE_FLAG_SAME_URL 0x10
#define EXECUTE_FLAG_BUFFER_RESPONSE 0x20
#define EXECUTE_FLAG_HTTP_CACHE_ELIGIBLE 0x40

// For IHttpUser::GetUserVariable.
#define HTTP_USER_VARIABLE_SID "SID"
#define HTTP_USER_VARIABLE_CTXT_HANDLE "CtxtHandle"
#define HTTP_USER_VARIABLE_CRED_HANDLE "CredHandle"

// Receives the completion of an operation started with a function of its own.
typedef REQUEST_NOTIFICATION_STATUS(WINAPI* PFN_ASYNC_COMPLETION)(
    IHttpContext3* pHttpContext, IHttpCompletionInfo2* pCompletionInfo, VOID* pvCompletionContext);

#endif  // PENDULUM_SDK_HTTPSERV_BASE_H_
