#include <windows.h>
#include <httpserv.h>

// `unsigned long` has 64 bits on Linux: the host would fill half of it.
HRESULT Send(IHttpResponse* response) {
  unsigned long sent = 0;
  return response->Flush(FALSE, TRUE, &sent);
}
