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
  kDisableNotifications,
  kLastOnRequest = kDisableNotifications,
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

// Of the calls on other objects than a request's.
inline Effect EffectOfOther(trace::Method method) {
  switch (method) {
    case trace::Method::kIReadEntityProvider_SetEntity:
      return Effect::kSetEntity;
    case trace::Method::kIReadEntityProvider_GetEntity:
      return Effect::kGetEntity;
    case trace::Method::kIMapHandlerProvider_SetScriptMap:
      return Effect::kSetScriptMap;
    case trace::Method::kIMapPathProvider_SetPhysicalPath:
      return Effect::kSetPhysicalPath;
    case trace::Method::kIAuthenticationProvider_SetUser:
      return Effect::kSetUser;
    case trace::Method::kIHttpUser_ReferenceUser:
      return Effect::kReferenceUser;
    case trace::Method::kIHttpUser_DereferenceUser:
      return Effect::kDereferenceUser;
    case trace::Method::kIHttpCompletionInfo_GetCompletionBytes:
      return Effect::kGetCompletionBytes;
    case trace::Method::kIHttpCompletionInfo_GetCompletionStatus:
      return Effect::kGetCompletionStatus;
    default:
      return Effect::kNone;
  }
}

inline Effect EffectOf(trace::Method method) {
  switch (method) {
    case trace::Method::kIHttpResponse_DisableBuffering:
      return Effect::kDisableBuffering;
    case trace::Method::kIHttpContext3_EnableFullDuplex:
      return Effect::kEnableFullDuplex;
    case trace::Method::kIHttpContext_SetRequestHandled:
      return Effect::kSetRequestHandled;
    case trace::Method::kIHttpResponse_SetNeedDisconnect:
      return Effect::kSetNeedDisconnect;
    case trace::Method::kIHttpResponse_SuppressHeaders:
      return Effect::kSuppressHeaders;
    case trace::Method::kIHttpResponse_Clear:
      return Effect::kClear;
    case trace::Method::kIHttpResponse_Redirect:
      return Effect::kRedirect;
    case trace::Method::kIHttpResponse_ClearHeaders:
      return Effect::kClearHeaders;
    case trace::Method::kIHttpResponse_SetStatus:
      return Effect::kSetStatus;
    case trace::Method::kIHttpResponse_GetStatus:
      return Effect::kGetStatus;
    case trace::Method::kIHttpResponse_SetHeader:
      return Effect::kSetHeader;
    case trace::Method::kIHttpResponse_DeleteHeader:
      return Effect::kDeleteHeader;
    case trace::Method::kIHttpResponse_GetRawHttpResponse:
      return Effect::kGetRawHttpResponse;
    case trace::Method::kIHttpResponse_ResetConnection:
      return Effect::kResetConnection;
    case trace::Method::kIHttpResponse_CloseConnection:
      return Effect::kCloseConnection;
    case trace::Method::kIHttpEventProvider_SetErrorStatus:
      return Effect::kSetErrorStatus;
    case trace::Method::kISendResponseProvider_GetFlags:
      return Effect::kGetFlags;
    case trace::Method::kISendResponseProvider_SetFlags:
      return Effect::kSetFlags;
    case trace::Method::kISendResponseProvider_SetLogData:
      return Effect::kSetLogData;
    case trace::Method::kISendResponseProvider_GetReadyToLogData:
      return Effect::kGetReadyToLogData;
    case trace::Method::kIHttpContext_CancelIo:
      return Effect::kCancelIo;
    case trace::Method::kIHttpRequest_InsertEntityBody:
      return Effect::kInsertEntityBody;
    case trace::Method::kIHttpContext_CloneContext:
      return Effect::kCloneContext;
    case trace::Method::kIHttpContext_ReleaseClonedContext:
      return Effect::kReleaseClonedContext;
    case trace::Method::kIHttpRequest_SetUrl:
      return Effect::kSetUrl;
    case trace::Method::kIHttpRequest_GetRawHttpRequest:
      return Effect::kGetRawHttpRequest;
    case trace::Method::kIHttpRequest_GetHttpMethod:
      return Effect::kGetHttpMethod;
    case trace::Method::kIHttpRequest_SetHttpMethod:
      return Effect::kSetHttpMethod;
    case trace::Method::kIHttpContext_DisableNotifications:
      return Effect::kDisableNotifications;
    default:
      return trace::IsRequestMethod(method) ? Effect::kOnRequest : EffectOfOther(method);
  }
}

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_ACCOUNT_EFFECTS_H_
