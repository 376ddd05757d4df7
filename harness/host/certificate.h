// The client's certificate: NegotiateClientCertificate and GetClientCertificate. The simulated
// client has one when the scenario says so.
#ifndef PENDULUM_HOST_CERTIFICATE_H_
#define PENDULUM_HOST_CERTIFICATE_H_

#include "harness/host/entry.h"
#include "harness/host/world.h"

namespace pendulum::host {

// See ihttprequest-negotiateclientcertificate-method.md. Fails with E_FAIL for a client without a
// certificate; with one it succeeds inline, or asynchronously as the strategy has it.
HRESULT NegotiateCertificate(Request* request, bool async, BOOL* pending, Entry* entry);

// See ihttprequest-getclientcertificate-method.md. Before a negotiation there is no certificate,
// which the page lets the server say in two ways.
HRESULT GetCertificate(Request* request, HTTP_SSL_CLIENT_CERT_INFO** certificate, BOOL* negotiated,
                       Entry* entry);

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_CERTIFICATE_H_
