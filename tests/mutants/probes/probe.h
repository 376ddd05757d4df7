// Probes: small modules that use the API in all the ways that the documentation describes, so that
// every rule that the host is bound by is reached. What a probe does follows from the run's number
// alone; the schedule is the strategy's.
#ifndef PENDULUM_TESTS_MUTANTS_PROBES_PROBE_H_
#define PENDULUM_TESTS_MUTANTS_PROBES_PROBE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "harness/host/host.h"
#include "httpserv.h"

namespace pendulum::mutants {

// One module, or several that run together.
struct Probe {
  const char* name;
  const char* title;  // what it does, without a full stop
  std::vector<host::ModuleEntry> modules;
};

// All of them, in the order in which they are tried.
std::span<const Probe> Probes();

// Before each run: seeds what Pick draws, frees the objects of the last run.
void BeginProbeRun(uint64_t run);

// A number below `answers`.
uint32_t Pick(uint32_t answers);
inline bool OneIn(uint32_t many) { return Pick(many) == 0; }

// Keeps objects until the next run: a mutated host may forget one, or dispose of it twice.
class Kept {
 public:
  virtual ~Kept() = default;
};
void Keep(std::unique_ptr<Kept> object);
template <class Object, class... Arguments>
Object* Make(Arguments&&... arguments) {
  struct Holder final : Kept {
    explicit Holder(Arguments&&... given) : object(std::forward<Arguments>(given)...) {}
    Object object;
  };
  auto holder = std::make_unique<Holder>(std::forward<Arguments>(arguments)...);
  Object* object = &holder->object;
  Keep(std::move(holder));
  return object;
}

// A module with one handler for all notifications of the pipeline.
class AnyModule : public CHttpModule {
 public:
  virtual ~AnyModule() = default;
  virtual REQUEST_NOTIFICATION_STATUS On(IHttpContext* context, DWORD notification, bool post) = 0;
  VOID Dispose() override {}

#define PENDULUM_ON(name, bit, provider)                                                          \
  REQUEST_NOTIFICATION_STATUS On##name(IHttpContext* context, provider*) override {               \
    return On(context, bit, false);                                                               \
  }                                                                                               \
  REQUEST_NOTIFICATION_STATUS OnPost##name(IHttpContext* context, IHttpEventProvider*) override { \
    return On(context, bit, true);                                                                \
  }
  PENDULUM_ON(BeginRequest, RQ_BEGIN_REQUEST, IHttpEventProvider)
  PENDULUM_ON(AuthenticateRequest, RQ_AUTHENTICATE_REQUEST, IAuthenticationProvider)
  PENDULUM_ON(AuthorizeRequest, RQ_AUTHORIZE_REQUEST, IHttpEventProvider)
  PENDULUM_ON(ResolveRequestCache, RQ_RESOLVE_REQUEST_CACHE, IHttpEventProvider)
  PENDULUM_ON(MapRequestHandler, RQ_MAP_REQUEST_HANDLER, IMapHandlerProvider)
  PENDULUM_ON(AcquireRequestState, RQ_ACQUIRE_REQUEST_STATE, IHttpEventProvider)
  PENDULUM_ON(PreExecuteRequestHandler, RQ_PRE_EXECUTE_REQUEST_HANDLER, IHttpEventProvider)
  PENDULUM_ON(ExecuteRequestHandler, RQ_EXECUTE_REQUEST_HANDLER, IHttpEventProvider)
  PENDULUM_ON(ReleaseRequestState, RQ_RELEASE_REQUEST_STATE, IHttpEventProvider)
  PENDULUM_ON(UpdateRequestCache, RQ_UPDATE_REQUEST_CACHE, IHttpEventProvider)
  PENDULUM_ON(LogRequest, RQ_LOG_REQUEST, IHttpEventProvider)
  PENDULUM_ON(EndRequest, RQ_END_REQUEST, IHttpEventProvider)
#undef PENDULUM_ON
};

inline constexpr DWORD kPipelineNotifications = 0xFFF;  // RQ_BEGIN_REQUEST to RQ_END_REQUEST

// What a step of an Actor came to.
enum class Step : uint8_t {
  kGoOn,     // inline: another step may follow
  kPending,  // a completion will come, on another worker perhaps already: nothing may be touched
  kOver,     // nothing is left to do
};

// A module that does one thing after another in the notification that it was made for, however each
// of them completes.
class Actor : public AnyModule {
 public:
  REQUEST_NOTIFICATION_STATUS On(IHttpContext* context, DWORD, bool) override;
  REQUEST_NOTIFICATION_STATUS OnAsyncCompletion(IHttpContext* context, DWORD, BOOL,
                                                IHttpEventProvider*,
                                                IHttpCompletionInfo* info) override;

 protected:
  virtual Step Next(IHttpContext* context) = 0;
  virtual void Completed(HRESULT, DWORD) {}
  // Is returned when all is done.
  virtual REQUEST_NOTIFICATION_STATUS Last() { return RQ_NOTIFICATION_CONTINUE; }

  // A completion routine of versions 2 and 3: `context_pointer` is the module.
  static REQUEST_NOTIFICATION_STATUS WINAPI Routine(IHttpContext3* context,
                                                    IHttpCompletionInfo2* info, VOID* module);

 private:
  REQUEST_NOTIFICATION_STATUS Go(IHttpContext* context);
  REQUEST_NOTIFICATION_STATUS Complete(IHttpContext* context, IHttpCompletionInfo* info);
};

// How an operation is called: synchronously or not, with which pointers.
struct CallForm {
  bool async = false;
  bool null_flag = false;
  bool null_count = false;
  // Local to a call.
  DWORD count = 0;
  BOOL flag = FALSE;

  DWORD* count_pointer() { return null_count ? nullptr : &count; }
  BOOL* flag_pointer() { return null_flag ? nullptr : &flag; }
  // Whether a completion will come.
  bool Pending(HRESULT result) const {
    return async && SUCCEEDED(result) && (null_flag || flag != FALSE);
  }
};
CallForm PickForm();

// A factory that makes one Module for each request.
template <class Module>
class Factory final : public IHttpModuleFactory {
 public:
  virtual ~Factory() = default;
  HRESULT GetHttpModule(CHttpModule** module, IModuleAllocator*) override {
    *module = Make<Module>();
    return S_OK;
  }
  VOID Terminate() override {}
};

// Registers Module for one notification of the pipeline, or its post-notification: the execution of
// the handler in half of the runs.
template <class Module>
HRESULT RegisterForOne(IHttpModuleRegistrationInfo* info, DWORD more = 0) {
  static Factory<Module> factory;
  const DWORD bit = OneIn(2) ? RQ_EXECUTE_REQUEST_HANDLER : DWORD{1} << Pick(12);
  const bool post = OneIn(4);
  return info->SetRequestNotifications(&factory, (post ? 0 : bit) | more, post ? bit : 0);
}

// The registration functions of the probes.
using host::RegisterModuleFunction;
int32_t RegisterReader(uint32_t, IHttpModuleRegistrationInfo*, IHttpServer*);
int32_t RegisterWriter(uint32_t, IHttpModuleRegistrationInfo*, IHttpServer*);
int32_t RegisterEcho(uint32_t, IHttpModuleRegistrationInfo*, IHttpServer*);
int32_t RegisterPoster(uint32_t, IHttpModuleRegistrationInfo*, IHttpServer*);
int32_t RegisterCanceller(uint32_t, IHttpModuleRegistrationInfo*, IHttpServer*);
int32_t RegisterKeeper(uint32_t, IHttpModuleRegistrationInfo*, IHttpServer*);
int32_t RegisterObserver(uint32_t, IHttpModuleRegistrationInfo*, IHttpServer*);
int32_t RegisterVisitor(uint32_t, IHttpModuleRegistrationInfo*, IHttpServer*);
int32_t RegisterResponder(uint32_t, IHttpModuleRegistrationInfo*, IHttpServer*);
int32_t RegisterAsker(uint32_t, IHttpModuleRegistrationInfo*, IHttpServer*);
int32_t RegisterCareless(uint32_t, IHttpModuleRegistrationInfo*, IHttpServer*);
int32_t RegisterRefused(uint32_t, IHttpModuleRegistrationInfo*, IHttpServer*);

}  // namespace pendulum::mutants

#endif  // PENDULUM_TESTS_MUTANTS_PROBES_PROBE_H_
