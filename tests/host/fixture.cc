#include "tests/host/fixture.h"

#include "harness/host/containers.h"

namespace pendulum::host {
namespace {

Script* active = nullptr;

REQUEST_NOTIFICATION_STATUS Call(const Script::Handler& handler, IHttpContext* context) {
  return handler ? handler(context) : RQ_NOTIFICATION_CONTINUE;
}

class ScriptModule final : public CHttpModule {
 public:
  ~ScriptModule() override = default;
  REQUEST_NOTIFICATION_STATUS OnBeginRequest(IHttpContext* context, IHttpEventProvider*) override {
    return Call(active->on_begin, context);
  }
  REQUEST_NOTIFICATION_STATUS OnExecuteRequestHandler(IHttpContext* context,
                                                      IHttpEventProvider*) override {
    return Call(active->on_execute, context);
  }
  REQUEST_NOTIFICATION_STATUS OnPostExecuteRequestHandler(IHttpContext* context,
                                                          IHttpEventProvider*) override {
    return Call(active->on_post_execute, context);
  }
  REQUEST_NOTIFICATION_STATUS OnLogRequest(IHttpContext* context, IHttpEventProvider*) override {
    return Call(active->on_log, context);
  }
  REQUEST_NOTIFICATION_STATUS OnEndRequest(IHttpContext* context, IHttpEventProvider*) override {
    return Call(active->on_end, context);
  }
  REQUEST_NOTIFICATION_STATUS OnSendResponse(IHttpContext* context,
                                             ISendResponseProvider* provider) override {
    return active->on_send ? active->on_send(context, provider) : RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnReadEntity(IHttpContext* context,
                                           IReadEntityProvider* provider) override {
    return active->on_read_entity ? active->on_read_entity(context, provider)
                                  : RQ_NOTIFICATION_CONTINUE;
  }
  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext* context, DWORD notification,
                                                BOOL post, IHttpEventProvider*,
                                                IHttpCompletionInfo* info) override {
    return active->on_completion
               ? active->on_completion(context, static_cast<IHttpCompletionInfo2*>(info),
                                       notification, post)
               : RQ_NOTIFICATION_CONTINUE;
  }
  VOID Dispose() override {
    if (active->on_dispose) active->on_dispose();
  }
};

class ScriptFactory final : public IHttpModuleFactory {
 public:
  HRESULT GetHttpModule(CHttpModule** module, IModuleAllocator*) override {
    // Kept here: a run that gets stuck disposes of nothing.
    made_.push_back(std::make_unique<ScriptModule>());
    *module = made_.back().get();
    return S_OK;
  }
  VOID Terminate() override { made_.clear(); }

  virtual ~ScriptFactory() = default;

 private:
  std::vector<std::unique_ptr<ScriptModule>> made_;
};

ScriptFactory factory;

int32_t Register(uint32_t, IHttpModuleRegistrationInfo* info, IHttpServer* server) {
  if (active->on_register) return active->on_register(info, server);
  return info->SetRequestNotifications(&factory, active->notifications, active->post_notifications);
}

}  // namespace

HostTest::HostTest()
    : buffer_(std::make_unique<trace::TraceBuffer>()),
      recorder_(buffer_.get(), nullptr),
      scheduler_(&log_),
      host_(&scheduler_, &recorder_) {
  win32::boundary.scheduler = &scheduler_;
  win32::boundary.recorder = &recorder_;
  scenario.requests.push_back({});
  active = &script;
}

HostTest::~HostTest() {
  win32::boundary.scheduler = nullptr;
  win32::boundary.recorder = nullptr;
  active = nullptr;
}

RunResult HostTest::Run(sched::Strategy* strategy, uint64_t run) {
  host_.SetScenario(scenario);
  const ModuleEntry entry = {.name = "script", .register_module = &Register};
  host_.SetModules({&entry, 1});
  return RunAgain(strategy, run);
}

RunResult HostTest::RunAgain(sched::Strategy* strategy, uint64_t run) {
  sched::DefaultStrategy zeros;
  recorder_.Clear();
  win32::BeginRun();
  return host_.Run(strategy != nullptr ? strategy : &zeros, run);
}

std::vector<trace::Event> HostTest::Events(trace::EventKind kind) const {
  std::vector<trace::Event> events;
  for (uint32_t i = 0; i < buffer_->count; ++i) {
    if (buffer_->events[i].kind == kind) events.push_back(buffer_->events[i]);
  }
  return events;
}

HTTP_MODULE_ID HostTest::ModuleIdForTest() { return ModuleId(0); }

std::string HostTest::Body(int request) const {
  const auto bytes = host_.ReceivedBytes(request);
  const std::string text(bytes.begin(), bytes.end());
  const size_t end = text.find("\r\n\r\n");
  return end == std::string::npos ? std::string() : text.substr(end + 4);
}

std::string HostTest::StatusLine(int request) const {
  const auto bytes = host_.ReceivedBytes(request);
  const std::string text(bytes.begin(), bytes.end());
  return text.substr(0, text.find("\r\n"));
}

void HostTest::Post(const std::string& body, std::vector<uint32_t> arrival_bytes) {
  RequestDescription& request = scenario.requests.front();
  request.method = "POST";
  request.framing = BodyFraming::kContentLength;
  request.body = body;
  request.client.arrival_bytes = std::move(arrival_bytes);
}

}  // namespace pendulum::host
