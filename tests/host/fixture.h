// Runs the host on a module made of functions, in this process, and gives tests the trace.
#ifndef PENDULUM_TESTS_HOST_FIXTURE_H_
#define PENDULUM_TESTS_HOST_FIXTURE_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/host/host.h"
#include "harness/sched/default_strategy.h"
#include "harness/sched/random_strategy.h"
#include "harness/win32/boundary.h"
#include "httpserv.h"

namespace pendulum::host {

// What the module does. Unset functions return CONTINUE.
struct Script {
  using Handler = std::function<REQUEST_NOTIFICATION_STATUS(IHttpContext*)>;
  DWORD notifications = RQ_EXECUTE_REQUEST_HANDLER;
  DWORD post_notifications = 0;
  std::function<HRESULT(IHttpModuleRegistrationInfo*, IHttpServer*)> on_register;
  Handler on_begin, on_execute, on_end, on_log, on_post_execute;
  std::function<REQUEST_NOTIFICATION_STATUS(IHttpContext*, ISendResponseProvider*)> on_send;
  std::function<REQUEST_NOTIFICATION_STATUS(IHttpContext*, IReadEntityProvider*)> on_read_entity;
  std::function<REQUEST_NOTIFICATION_STATUS(IHttpContext*, IHttpCompletionInfo2*, DWORD, BOOL)>
      on_completion;
  std::function<void()> on_dispose;
};

// Answers the questions that a test cares about, and 0 to all others.
class ScriptedStrategy final : public sched::Strategy {
 public:
  std::function<uint32_t(const sched::Ask&)> answer;
  std::vector<sched::Question> asked;
  void BeginRun(uint64_t) override { asked.clear(); }
  uint32_t Answer(const sched::Ask& ask) override {
    asked.push_back(ask.question);
    return answer ? answer(ask) : 0;
  }
};

class HostTest : public testing::Test {
 protected:
  HostTest();
  ~HostTest() override;

  // Runs the scenario and keeps the trace.
  RunResult Run(sched::Strategy* strategy = nullptr, uint64_t run = 0);
  // The same once more, as an exploration does: nothing is told to the host anew.
  RunResult RunAgain(sched::Strategy* strategy = nullptr, uint64_t run = 0);

  // The events of a kind, in order.
  std::vector<trace::Event> Events(trace::EventKind kind) const;
  int Count(trace::EventKind kind) const { return static_cast<int>(Events(kind).size()); }
  // The response's body as the client got it; the status line of the same.
  std::string Body(int request = 0) const;
  std::string StatusLine(int request = 0) const;
  uint64_t TraceHash() const { return recorder_.Hash(); }
  // The id that the module has in the server.
  static HTTP_MODULE_ID ModuleIdForTest();
  // Sets a POST with a Content-Length body as the only request.
  void Post(const std::string& body, std::vector<uint32_t> arrival_bytes = {});

  Script script;
  Scenario scenario;

 private:
  sched::Decision decisions_[4096];
  sched::Scheduler::DecisionLog log_{0, 4096, decisions_};
  std::unique_ptr<trace::TraceBuffer> buffer_;
  trace::Recorder recorder_;
  sched::Scheduler scheduler_;
  Host host_;
};

}  // namespace pendulum::host

#endif  // PENDULUM_TESTS_HOST_FIXTURE_H_
