// Modules of a few lines for the tests of exploration.
#ifndef PENDULUM_TESTS_EXPLORE_VERIFY_MODULES_H_
#define PENDULUM_TESTS_EXPLORE_VERIFY_MODULES_H_

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "harness/explore/verify.h"
#include "harness/module/module.h"
#include "harness/platform/file.h"

namespace pendulum::explore {

// Compiles a module whose OnBeginRequest has this body, with `more` in front of the class. Returns
// the path of the shared object. The body starts on line kBodyLine when `more` has one line.
inline constexpr int kBodyLine = 7;
inline std::string CompileHandler(const std::string& name, const std::string& body,
                                  const std::string& more = "", Variant variant = Variant::kNone) {
  const std::string folder = std::string(PENDULUM_BINARY_DIR) + "/tests/explore/work";
  EXPECT_TRUE(platform::MakeFolder(folder + "/sources").ok());
  const std::string source = folder + "/sources/" + name + ".cpp";
  const std::string text = "#include <cstdlib>\n#include <string>\n#include <httpserv.h>\n" + more +
                           "\nclass Module : public CHttpModule {\n public:\n"
                           "  REQUEST_NOTIFICATION_STATUS OnBeginRequest("
                           "IHttpContext* context, IHttpEventProvider*) override {" +
                           body +
                           "\n    (void)context;\n    return RQ_NOTIFICATION_CONTINUE;\n  }\n};\n" +
                           R"(
class Factory : public IHttpModuleFactory {
 public:
  HRESULT GetHttpModule(CHttpModule** module, IModuleAllocator*) override {
    *module = new Module;
    return S_OK;
  }
  void Terminate() override { delete this; }
};
HRESULT __stdcall RegisterModule(DWORD, IHttpModuleRegistrationInfo* info, IHttpServer*) {
  return info->SetRequestNotifications(new Factory, RQ_BEGIN_REQUEST, 0);
}
)";
  EXPECT_TRUE(platform::WriteFile(source, text).ok());
  const auto compiled = module::Compile({{source}, {}, folder, variant});
  EXPECT_TRUE(compiled.ok()) << compiled.error().Text();
  return compiled.ok() ? *compiled : "";
}

inline host::Scenario Get() {
  host::Scenario scenario;
  scenario.name = "get";
  scenario.requests.resize(1);
  return scenario;
}

inline host::Scenario Post() {
  host::Scenario scenario;
  scenario.name = "post";
  scenario.requests.resize(1);
  scenario.requests[0].method = "POST";
  scenario.requests[0].framing = host::BodyFraming::kContentLength;
  scenario.requests[0].body_bytes = 768;
  return scenario;
}

inline VerifyOptions OptionsFor(const std::string& module, uint64_t runs = 50) {
  VerifyOptions options;
  options.modules = {module};
  options.scenarios = {Get()};
  options.runs = runs;
  options.watchdog_ms = 300;
  return options;
}

// Verifies, and expects that it can be done.
inline Report VerifyOrDie(const VerifyOptions& options) {
  auto report = Verify(options, oracle::Specification::BuiltIn());
  EXPECT_TRUE(report.ok()) << report.error().Text();
  return report.ok() ? std::move(report).value() : Report{};
}

inline std::vector<std::string> ClausesOf(const Report& report) {
  std::vector<std::string> clauses;
  for (const Finding& finding : report.findings) clauses.push_back(finding.clause);
  return clauses;
}

}  // namespace pendulum::explore

#endif  // PENDULUM_TESTS_EXPLORE_VERIFY_MODULES_H_
