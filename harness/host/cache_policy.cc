// IHttpCachePolicy2: values are kept; nothing is cached.
#include "harness/host/entry.h"
#include "harness/host/info.h"

namespace pendulum::host {

void CachePolicy::Reset() {
  kernel_ = user_ = {};
  vary_by_headers_.clear();
  vary_by_query_strings_.clear();
  vary_by_value_.clear();
  user_enabled_ = true;
  cached_ = invalidator_set_ = force_update_ = false;
}

HTTP_CACHE_POLICY* CachePolicy::GetKernelCachePolicy() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpCachePolicy_GetKernelCachePolicy, &kernel_);
  entry.Done(0u);
  return &kernel_;
}

VOID CachePolicy::SetKernelCacheInvalidatorSet() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpCachePolicy_SetKernelCacheInvalidatorSet, );
  invalidator_set_ = true;
  entry.Done(0u);
}

HTTP_CACHE_POLICY* CachePolicy::GetUserCachePolicy() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpCachePolicy_GetUserCachePolicy, &user_);
  entry.Done(0u);
  return &user_;
}

HRESULT CachePolicy::AppendVaryByHeader(PCSTR pszHeader) {
  PENDULUM_ENTER_QUIETLY(request_, IHttpCachePolicy_AppendVaryByHeader, kErrorEnded);
  if (pszHeader == nullptr) return entry.Done(kErrorInvalidParameter);
  vary_by_headers_ += vary_by_headers_.empty() ? "" : ",";
  vary_by_headers_ += pszHeader;
  return entry.Done(S_OK);
}

PCSTR CachePolicy::GetVaryByHeaders() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpCachePolicy_GetVaryByHeaders, "");
  entry.Done(0u);
  return vary_by_headers_.c_str();
}

HRESULT CachePolicy::AppendVaryByQueryString(PCSTR pszParam) {
  PENDULUM_ENTER_QUIETLY(request_, IHttpCachePolicy_AppendVaryByQueryString, kErrorEnded);
  if (pszParam == nullptr) return entry.Done(kErrorInvalidParameter);
  vary_by_query_strings_ += vary_by_query_strings_.empty() ? "" : ",";
  vary_by_query_strings_ += pszParam;
  return entry.Done(S_OK);
}

PCSTR CachePolicy::GetVaryByQueryStrings() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpCachePolicy_GetVaryByQueryStrings, "");
  entry.Done(0u);
  return vary_by_query_strings_.c_str();
}

HRESULT CachePolicy::SetVaryByValue(PCSTR pszValue) {
  PENDULUM_ENTER_QUIETLY(request_, IHttpCachePolicy_SetVaryByValue, kErrorEnded);
  if (pszValue == nullptr) return entry.Done(kErrorInvalidParameter);
  vary_by_value_ = pszValue;
  return entry.Done(S_OK);
}

PCSTR CachePolicy::GetVaryByValue() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpCachePolicy_GetVaryByValue, "");
  entry.Done(0u);
  return vary_by_value_.c_str();
}

BOOL CachePolicy::IsUserCacheEnabled() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpCachePolicy_IsUserCacheEnabled, FALSE);
  entry.Done(0u);
  return user_enabled_ ? TRUE : FALSE;
}

VOID CachePolicy::DisableUserCache() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpCachePolicy_DisableUserCache, );
  user_enabled_ = false;
  entry.Done(0u);
}

BOOL CachePolicy::IsCached() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpCachePolicy_IsCached, FALSE);
  entry.Done(0u);
  return cached_ ? TRUE : FALSE;
}

VOID CachePolicy::SetIsCached() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpCachePolicy_SetIsCached, );
  cached_ = true;
  entry.Done(0u);
}

BOOL CachePolicy::GetKernelCacheInvalidatorSet() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpCachePolicy_GetKernelCacheInvalidatorSet, FALSE);
  entry.Done(0u);
  return invalidator_set_ ? TRUE : FALSE;
}

BOOL CachePolicy::IsForceUpdateSet() const {
  PENDULUM_ENTER_QUIETLY(request_, IHttpCachePolicy2_IsForceUpdateSet, FALSE);
  entry.Done(0u);
  return force_update_ ? TRUE : FALSE;
}

VOID CachePolicy::SetForceUpdate() {
  PENDULUM_ENTER_QUIETLY(request_, IHttpCachePolicy2_SetForceUpdate, );
  force_update_ = true;
  entry.Done(0u);
}

}  // namespace pendulum::host
