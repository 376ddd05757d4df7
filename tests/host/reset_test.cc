// Every run begins with the request as the client sent it, whatever the module of the run before
// did to it.
#include <cstring>
#include <string>

#include "tests/host/fixture.h"

namespace pendulum::host {
namespace {

// All that a module can see of the request line, the headers and the addresses.
std::string Seen(IHttpContext* context) {
  IHttpRequest* request = context->GetRequest();
  const HTTP_REQUEST& raw = *request->GetRawHttpRequest();
  std::string seen = request->GetHttpMethod();
  seen += ' ' + std::string(raw.pRawUrl, raw.RawUrlLength) + '\n';
  for (const HTTP_KNOWN_HEADER& header : raw.Headers.KnownHeaders) {
    seen += std::string(header.pRawValue == nullptr ? "-" : header.pRawValue) + '\n';
  }
  for (int i = 0; i < raw.Headers.UnknownHeaderCount; ++i) {
    seen += std::string(raw.Headers.pUnknownHeaders[i].pName) + '\n';
  }
  for (int i = 0; i < raw.CookedUrl.FullUrlLength / int{sizeof(WCHAR)}; ++i) {
    seen += static_cast<char>(raw.CookedUrl.pFullUrl[i]);
  }
  const auto* remote = reinterpret_cast<const SOCKADDR_IN*>(raw.Address.pRemoteAddress);
  return seen + '\n' + std::to_string(remote->sin_port) + ' ' + std::to_string(raw.Flags);
}

// By all ways that it has, also those behind the interface's back.
void Change(IHttpContext* context) {
  IHttpRequest* request = context->GetRequest();
  HTTP_REQUEST* raw = request->GetRawHttpRequest();
  const_cast<char*>(raw->pRawUrl)[1] = '!';
  const_cast<char*>(raw->Headers.KnownHeaders[HttpHeaderHost].pRawValue)[0] = '!';
  const_cast<wchar_t*>(raw->CookedUrl.pFullUrl)[0] = L'!';
  reinterpret_cast<SOCKADDR_IN*>(raw->Address.pRemoteAddress)->sin_port = 7;
  raw->Flags = 0x80;
  request->SetHttpMethod("ODD");
  request->SetHeader("X-Odd", "1", 1, TRUE);
  request->SetHeader(HttpHeaderContentLength, "3", 1, TRUE);
  request->SetUrl("/elsewhere", 10, TRUE);
}

class ResetTest : public HostTest {
 protected:
  void LookAndChange() {
    script.on_execute = [this](IHttpContext* context) {
      first_ = Seen(context);
      Change(context);
      EXPECT_NE(Seen(context), first_);
      return RQ_NOTIFICATION_CONTINUE;
    };
  }
  std::string first_;
};

TEST_F(ResetTest, TheNextRunSeesTheRequestAsItWas) {
  Post("the body");
  LookAndChange();
  Run();
  const std::string as_sent = first_;
  const uint64_t hash = TraceHash();
  for (int i = 0; i < 3; ++i) {
    first_.clear();
    EXPECT_EQ(RunAgain().end, trace::RunEnd::kComplete);
    EXPECT_EQ(first_, as_sent);
    EXPECT_EQ(TraceHash(), hash);
  }
}

TEST_F(ResetTest, UnknownHeadersTooAndAnotherScenarioIsAnother) {
  Post("the body");
  LookAndChange();
  Run();
  const std::string without = first_;
  scenario.requests[0].headers.emplace_back("X-Sent", "1");
  Run();
  const std::string with = first_;
  EXPECT_NE(with, without);
  RunAgain();
  EXPECT_EQ(first_, with);
  scenario.requests[0].headers.clear();
  scenario.requests[0].url = "/other?x=1";
  Run();
  RunAgain();
  EXPECT_NE(first_.find("/other?x=1"), std::string::npos);
  EXPECT_EQ(first_.find("X-Sent"), std::string::npos);
}

}  // namespace
}  // namespace pendulum::host
