// The IIS native module API: interfaces, constants and base classes, in the published slot order.
//
// Overloads of a method stand in the order in which Microsoft's header declares them: its compiler
// lays them out in reverse, and tests/sdk compares the result with tests/data/httpserv-abi.json.
#ifndef PENDULUM_SDK_HTTPSERV_H_
#define PENDULUM_SDK_HTTPSERV_H_

#include "ahadmin.h"
#include "http.h"
#include "httpserv/application.h"
#include "httpserv/base.h"
#include "httpserv/cache.h"
#include "httpserv/connection.h"
#include "httpserv/containers.h"
#include "httpserv/context.h"
#include "httpserv/module.h"
#include "httpserv/providers.h"
#include "httpserv/request.h"
#include "httpserv/response.h"
#include "httpserv/server.h"
#include "httpserv/trace.h"
#include "windows.h"

#endif  // PENDULUM_SDK_HTTPSERV_H_
