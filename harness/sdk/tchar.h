// Names that follow the character set: wide with UNICODE or _UNICODE, else narrow.
#ifndef PENDULUM_SDK_TCHAR_H_
#define PENDULUM_SDK_TCHAR_H_

#include "secure_crt.h"

#if defined(UNICODE) || defined(_UNICODE)
#define _T(text) L##text
#define _TEXT(text) L##text
#define _tcslen wcslen
#define _tcscpy wcscpy
#define _tcsncpy wcsncpy
#define _tcscat wcscat
#define _tcsncat wcsncat
#define _tcscmp wcscmp
#define _tcsncmp wcsncmp
#define _tcsicmp _wcsicmp
#define _tcsnicmp _wcsnicmp
#define _tcschr wcschr
#define _tcsrchr wcsrchr
#define _tcsstr wcsstr
#define _tcscpy_s wcscpy_s
#define _tcsncpy_s wcsncpy_s
#define _tcscat_s wcscat_s
#define _tcsncat_s wcsncat_s
#define _tcstok_s wcstok_s
#define _tcsdup _wcsdup
#define _stprintf swprintf
#define _stprintf_s swprintf_s
#define _sntprintf _snwprintf
#define _sntprintf_s _snwprintf_s
#define _vstprintf_s vswprintf_s
#define _vsntprintf_s _vsnwprintf_s
#define _vsctprintf _vscwprintf
#define _ttoi _wtoi
#define _ttol _wtol
#define _ttoi64 _wtoi64
#define _tcstol wcstol
#define _tcstoul wcstoul
#define _itot_s _itow_s
#define _ltot_s _ltow_s
#define _tfopen _wfopen
#define _tfopen_s _wfopen_s
#define _totlower towlower
#define _totupper towupper
#define _istdigit iswdigit
#define _istspace iswspace
#define _tmain wmain
typedef wchar_t _TCHAR;
#else
#define _T(text) text
#define _TEXT(text) text
#define _tcslen strlen
#define _tcscpy strcpy
#define _tcsncpy strncpy
#define _tcscat strcat
#define _tcsncat strncat
#define _tcscmp strcmp
#define _tcsncmp strncmp
#define _tcsicmp _stricmp
#define _tcsnicmp _strnicmp
#define _tcschr strchr
#define _tcsrchr strrchr
#define _tcsstr strstr
#define _tcscpy_s strcpy_s
#define _tcsncpy_s strncpy_s
#define _tcscat_s strcat_s
#define _tcsncat_s strncat_s
#define _tcstok_s strtok_s
#define _tcsdup _strdup
#define _stprintf sprintf
#define _stprintf_s sprintf_s
#define _sntprintf _snprintf
#define _sntprintf_s _snprintf_s
#define _vstprintf_s vsprintf_s
#define _vsntprintf_s _vsnprintf_s
#define _vsctprintf _vscprintf
#define _ttoi atoi
#define _ttol atol
#define _ttoi64 _atoi64
#define _tcstol strtol
#define _tcstoul strtoul
#define _itot_s _itoa_s
#define _ltot_s _ltoa_s
#define _tfopen fopen
#define _tfopen_s fopen_s
#define _totlower tolower
#define _totupper toupper
#define _istdigit isdigit
#define _istspace isspace
#define _tmain main
typedef char _TCHAR;
#endif

#endif  // PENDULUM_SDK_TCHAR_H_
