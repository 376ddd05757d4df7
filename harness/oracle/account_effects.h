// What a plain call changes in the account.
#ifndef PENDULUM_ORACLE_ACCOUNT_EFFECTS_H_
#define PENDULUM_ORACLE_ACCOUNT_EFFECTS_H_

#include <cstdint>

#include "harness/trace/method.h"

namespace pendulum::oracle {

enum class Effect : uint8_t {
  kNone,
  kOnRequest,  // a call on a request's objects without an effect of its own; so are those below
  kDisableBuffering,
  kEnableFullDuplex,
  kSetRequestHandled,
  kSetNeedDisconnect,
  kSuppressHeaders,
  kClear,
  kRedirect,
  kClearHeaders,
  kSetStatus,
  kGetStatus,
  kSetHeader,
  kDeleteHeader,
  kGetRawHttpResponse,
  kResetConnection,
  kCloseConnection,
  kCancelIo,
  kInsertEntityBody,
  kCloneContext,
  kReleaseClonedContext,
  kSetUrl,
  kGetRawHttpRequest,
  kGetHttpMethod,
  kSetHttpMethod,
  // Questions about the pipeline and the request's objects (Account::ApplyQuestion).
  kDisableNotifications,
  kFirstQuestion = kDisableNotifications,
  kGetContainer,
  kGetNamedContainer,
  kGetStartTime,
  kGetExecutionStats,
  kGetNextNotification,
  kGetIsLastNotification,
  kMapPath,
  kLastOnRequest = kMapPath,
  // Calls on objects that outlive requests (Account::ApplyServerCall).
  kReportUnhealthy,
  kFirstOfServer = kReportUnhealthy,
  kNotifyGlobal,
  kDispenseContainer,
  kReleaseContainer,
  kIncrementThreadCount,
  kDecrementThreadCount,
  kDrain,
  kGetId,
  kLastOfServer = kGetId,
  kSynchronize,  // starts, ends, wakes or waits for threads (LockAccount::Call)
  kSetEntity,
  kGetEntity,
  kSetScriptMap,
  kSetPhysicalPath,
  kSetUser,
  kReferenceUser,
  kDereferenceUser,
  kGetCompletionBytes,
  kGetCompletionStatus,
  kSetErrorStatus,
  kGetFlags,
  kSetFlags,
  kSetLogData,
  kGetReadyToLogData,
};

struct MethodEffect {
  trace::Method method;
  Effect effect;
};

inline constexpr MethodEffect kMethodEffects[] = {
    {trace::Method::kIHttpResponse_DisableBuffering, Effect::kDisableBuffering},
    {trace::Method::kIHttpContext3_EnableFullDuplex, Effect::kEnableFullDuplex},
    {trace::Method::kIHttpContext_SetRequestHandled, Effect::kSetRequestHandled},
    {trace::Method::kIHttpResponse_SetNeedDisconnect, Effect::kSetNeedDisconnect},
    {trace::Method::kIHttpResponse_SuppressHeaders, Effect::kSuppressHeaders},
    {trace::Method::kIHttpResponse_Clear, Effect::kClear},
    {trace::Method::kIHttpResponse_Redirect, Effect::kRedirect},
    {trace::Method::kIHttpContext_CancelIo, Effect::kCancelIo},
    {trace::Method::kIHttpRequest_InsertEntityBody, Effect::kInsertEntityBody},
    {trace::Method::kIHttpContext_CloneContext, Effect::kCloneContext},
    {trace::Method::kIHttpContext_ReleaseClonedContext, Effect::kReleaseClonedContext},
    {trace::Method::kIHttpContext_DisableNotifications, Effect::kDisableNotifications},
    {trace::Method::kIHttpContext_GetModuleContextContainer, Effect::kGetContainer},
    {trace::Method::kIHttpContext3_GetNamedContextContainer, Effect::kGetNamedContainer},
    {trace::Method::kIHttpContext4_GetRequestStartTime, Effect::kGetStartTime},
    {trace::Method::kIHttpContext_GetCurrentExecutionStats, Effect::kGetExecutionStats},
    {trace::Method::kIHttpContext_GetNextNotification, Effect::kGetNextNotification},
    {trace::Method::kIHttpContext_GetIsLastNotification, Effect::kGetIsLastNotification},
    {trace::Method::kIHttpContext_MapPath, Effect::kMapPath},
    {trace::Method::kIHttpServer_ReportUnhealthy, Effect::kReportUnhealthy},
    {trace::Method::kIHttpServer_NotifyCustomNotification, Effect::kNotifyGlobal},
    {trace::Method::kIHttpServer_DispenseContainer, Effect::kDispenseContainer},
    {trace::Method::kIDispensedHttpModuleContextContainer_ReleaseContainer,
     Effect::kReleaseContainer},
    {trace::Method::kIHttpServer_IncrementThreadCount, Effect::kIncrementThreadCount},
    {trace::Method::kIHttpServer_DecrementThreadCount, Effect::kDecrementThreadCount},
    {trace::Method::kIHttpUser_ReferenceUser, Effect::kReferenceUser},
    {trace::Method::kIHttpUser_DereferenceUser, Effect::kDereferenceUser},
    {trace::Method::kIGlobalStopListeningProvider_DrainRequestsGracefully, Effect::kDrain},
    {trace::Method::kIHttpModuleRegistrationInfo_GetId, Effect::kGetId},
    {trace::Method::kIHttpRequest_SetUrl, Effect::kSetUrl},
    {trace::Method::kIHttpRequest_GetRawHttpRequest, Effect::kGetRawHttpRequest},
    {trace::Method::kIHttpRequest_GetHttpMethod, Effect::kGetHttpMethod},
    {trace::Method::kIHttpRequest_SetHttpMethod, Effect::kSetHttpMethod},
    {trace::Method::kIReadEntityProvider_GetEntity, Effect::kGetEntity},
    {trace::Method::kIMapHandlerProvider_SetScriptMap, Effect::kSetScriptMap},
    {trace::Method::kIMapPathProvider_SetPhysicalPath, Effect::kSetPhysicalPath},
    {trace::Method::kIAuthenticationProvider_SetUser, Effect::kSetUser},
    {trace::Method::kIReadEntityProvider_SetEntity, Effect::kSetEntity},
    {trace::Method::kIHttpCompletionInfo_GetCompletionBytes, Effect::kGetCompletionBytes},
    {trace::Method::kIHttpCompletionInfo_GetCompletionStatus, Effect::kGetCompletionStatus},
    {trace::Method::kIHttpResponse_ClearHeaders, Effect::kClearHeaders},
    {trace::Method::kIHttpResponse_SetStatus, Effect::kSetStatus},
    {trace::Method::kIHttpResponse_GetStatus, Effect::kGetStatus},
    {trace::Method::kIHttpResponse_SetHeader, Effect::kSetHeader},
    {trace::Method::kIHttpResponse_DeleteHeader, Effect::kDeleteHeader},
    {trace::Method::kIHttpResponse_GetRawHttpResponse, Effect::kGetRawHttpResponse},
    {trace::Method::kIHttpResponse_ResetConnection, Effect::kResetConnection},
    {trace::Method::kIHttpResponse_CloseConnection, Effect::kCloseConnection},
    {trace::Method::kIHttpEventProvider_SetErrorStatus, Effect::kSetErrorStatus},
    {trace::Method::kISendResponseProvider_GetFlags, Effect::kGetFlags},
    {trace::Method::kISendResponseProvider_SetFlags, Effect::kSetFlags},
    {trace::Method::kISendResponseProvider_SetLogData, Effect::kSetLogData},
    {trace::Method::kISendResponseProvider_GetReadyToLogData, Effect::kGetReadyToLogData},
};

inline Effect EffectOf(trace::Method method) {
  for (const MethodEffect& known : kMethodEffects) {
    if (known.method == method) return known.effect;
  }
  return trace::IsRequestMethod(method) ? Effect::kOnRequest : Effect::kNone;
}

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_ACCOUNT_EFFECTS_H_
