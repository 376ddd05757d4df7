// From here on, and in headers included after this one, DEFINE_GUID defines what it names. Without
// it, DEFINE_GUID declares, and a GUID that is used must be defined by another source file.
#ifndef INITGUID
#define INITGUID
#endif

#include "windows/guid.h"
