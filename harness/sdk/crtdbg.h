// The debug runtime: assertions end the process, the rest says nothing.
#ifndef PENDULUM_SDK_CRTDBG_H_
#define PENDULUM_SDK_CRTDBG_H_

#include <assert.h>

#define _ASSERT(expression) assert(expression)
#define _ASSERTE(expression) assert(expression)
#define _ASSERT_EXPR(expression, message) assert(expression)
#define _RPT0(type, message) ((void)0)
#define _CRT_WARN 0
#define _CRT_ERROR 1
#define _CRT_ASSERT 2
#define _CRTDBG_ALLOC_MEM_DF 0x01
#define _CRTDBG_LEAK_CHECK_DF 0x20
#define _CRTDBG_REPORT_FLAG (-1)
#define _CrtSetDbgFlag(flag) (flag)
#define _CrtSetReportMode(type, mode) (mode)
#define _CrtDumpMemoryLeaks() 0
#define _CrtCheckMemory() 1

#endif  // PENDULUM_SDK_CRTDBG_H_
