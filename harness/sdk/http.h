// The types of the HTTP Server API that an IIS module meets through httpserv.h. The functions of
// that API are not a module's business and are not declared.
#ifndef PENDULUM_SDK_HTTP_H_
#define PENDULUM_SDK_HTTP_H_

#include "http/address.h"
#include "http/data.h"
#include "http/headers.h"
#include "http/request.h"
#include "http/request_info.h"
#include "http/response.h"
#include "windows.h"

#endif  // PENDULUM_SDK_HTTP_H_
