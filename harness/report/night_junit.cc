#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "harness/report/markup.h"
#include "harness/report/night_of.h"
#include "harness/report/night_reports.h"
#include "harness/report/night_words.h"
#include "harness/report/reporter.h"

namespace pendulum::report {
namespace {

// A <testsuite> with its cases as they come.
class Suite {
 public:
  Suite(std::string name, double seconds) : name_(std::move(name)), seconds_(seconds) {}

  void Pass(const std::string& name, const std::string& attributes = "",
            const std::string& output = "") {
    Case(name, attributes,
         output.empty() ? "" : "      <system-out>" + Escape(output) + "</system-out>\n");
  }
  void Fail(const std::string& name, const std::string& attributes, const std::string& type,
            const std::string& message, const std::string& text) {
    ++failures_;
    Outcome("failure", name, attributes, type, message, text);
  }
  void Error(const std::string& name, const std::string& type, const std::string& message) {
    ++errors_;
    Outcome("error", name, "", type, message, message);
  }
  void Skip(const std::string& name, const std::string& attributes, const std::string& message) {
    ++skipped_;
    Case(name, attributes,
         fmt::format("      <skipped message=\"{}\"/>\n", EscapeAttribute(message)));
  }

  bool IsEmpty() const { return tests_ == 0; }
  // tests="…" failures="…" …, added up over suites.
  static std::string Counts(const std::vector<Suite>& suites, double seconds) {
    Suite sum("", seconds);
    for (const Suite& suite : suites) {
      sum.tests_ += suite.tests_;
      sum.failures_ += suite.failures_;
      sum.errors_ += suite.errors_;
      sum.skipped_ += suite.skipped_;
    }
    return sum.Counts();
  }
  std::string Text() const {
    return fmt::format("  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n", EscapeAttribute(name_),
                       Counts(), cases_);
  }

 private:
  std::string Counts() const {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3f}\"",
                       tests_, failures_, errors_, skipped_, seconds_);
  }
  void Outcome(const char* element, const std::string& name, const std::string& attributes,
               const std::string& type, const std::string& message, const std::string& text) {
    Case(name, attributes,
         fmt::format("      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n", element,
                     EscapeAttribute(type), EscapeAttribute(message), Escape(text)));
  }
  void Case(const std::string& name, const std::string& attributes, const std::string& body) {
    ++tests_;
    cases_ += fmt::format("    <testcase classname=\"{}\" name=\"{}\"{}", EscapeAttribute(name_),
                          EscapeAttribute(name), attributes);
    cases_ += body.empty() ? "/>\n" : ">\n" + body + "    </testcase>\n";
  }

  std::string name_;
  double seconds_ = 0;
  uint64_t tests_ = 0, failures_ = 0, errors_ = 0, skipped_ = 0;
  std::string cases_;
};

std::string PlaceAttributes(const NightFinding& finding) {
  if (finding.location.line <= 0) return "";
  return fmt::format(" file=\"{}\" line=\"{}\"", EscapeAttribute(finding.location.file),
                     finding.location.line);
}

// "MODULE-HANG, ReadEntityBody inline (0123456789abcdef)": no two cases have the same name.
std::string CaseName(const NightFinding& finding) {
  std::string name = finding.rule;
  if (!finding.operation.empty()) name += ", " + finding.operation;
  if (!finding.timing.empty()) name += " " + finding.timing;
  return name + " (" + finding.fingerprint + ")";
}

void AddFinding(const NightFinding& finding, Suite* suite) {
  const std::string name = CaseName(finding);
  const std::string place = PlaceAttributes(finding);
  switch (finding.life_cycle) {
    case LifeCycle::kKnown:
      return suite->Skip(name, place, KnownText(finding));
    case LifeCycle::kFixed:
      return suite->Pass(name, place, "fixed: " + finding.message);
    default:
      break;
  }
  if (finding.level != "must") {
    return suite->Skip(name, place, "warning: " + finding.message);
  }
  suite->Fail(name, place, finding.rule, finding.message, StoryOf(finding));
}

Suite TargetSuite(const Night& night, const NightTarget& target) {
  Suite suite(target.name, target.seconds);
  if (target.failure.empty()) {
    suite.Pass("runs", "", fmt::format("{} executions", target.executions));
  } else {
    suite.Error("runs", "did-not-run", target.failure);
  }
  for (const NightFinding& finding : night.findings) {
    if (finding.target == target.name) AddFinding(finding, &suite);
  }
  return suite;
}

// Findings of what is no longer declared.
Suite RestSuite(const Night& night) {
  std::set<std::string> names;
  for (const NightTarget& target : night.targets) names.insert(target.name);
  Suite suite("not declared any more", 0);
  for (const NightFinding& finding : night.findings) {
    if (!names.contains(finding.target)) AddFinding(finding, &suite);
  }
  return suite;
}

Suite SpecificationSuite(const Night& night) {
  std::set<std::string> broken;
  for (const NightFinding& finding : night.findings) {
    if (finding.life_cycle != LifeCycle::kFixed) broken.insert(finding.rule);
  }
  Suite suite("specification", 0);
  for (const NightClause& clause : night.clauses) {
    if (broken.contains(clause.id)) continue;
    const std::string name = clause.id + ": " + clause.title;
    if (std::all_of(clause.reached.begin(), clause.reached.end(), [](auto n) { return n == 0; })) {
      suite.Skip(name, "", "never reached");
    } else {
      suite.Pass(name);
    }
  }
  return suite;
}

Suite CanarySuite(const Night& night) {
  Suite suite("canaries", 0);
  for (const NightCanary& canary : night.canaries) {
    const std::string name = canary.rule + " in " + canary.module;
    if (canary.found) {
      suite.Pass(name, fmt::format(" time=\"{:.3f}\"", canary.seconds));
    } else {
      const std::string message =
          "the planted fault was not found: that nothing else was found "
          "means nothing";
      suite.Fail(name, "", "canary", message, message);
    }
  }
  return suite;
}

Suite WholeSuite(const Night& night) {
  Suite suite(night.number == 0 ? "verification" : "night", night.elapsed_seconds);
  for (const std::string& failure : night.failures) suite.Error(failure, "failure", failure);
  return suite;
}

class JunitReporter final : public Reporter {
 public:
  std::string Write(const explore::Report& report) const override {
    return WriteNightJunit(NightOf(report));
  }
};

}  // namespace

std::string WriteNightJunit(const Night& night) {
  std::vector<Suite> suites;
  for (const NightTarget& target : night.targets) suites.push_back(TargetSuite(night, target));
  for (Suite& suite : std::vector<Suite>{RestSuite(night), SpecificationSuite(night),
                                         CanarySuite(night), WholeSuite(night)}) {
    if (!suite.IsEmpty()) suites.push_back(std::move(suite));
  }
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  text += fmt::format("<testsuites name=\"pendulum\" {}>\n",
                      Suite::Counts(suites, night.elapsed_seconds));
  for (const Suite& suite : suites) text += suite.Text();
  return text + "</testsuites>\n";
}

std::unique_ptr<Reporter> MakeJunitReporter() { return std::make_unique<JunitReporter>(); }

}  // namespace pendulum::report
