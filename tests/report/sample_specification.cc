#include "tests/report/sample_specification.h"

#include <cstdlib>
#include <iostream>

namespace pendulum::report {
namespace {

using oracle::ClauseVerdict;

struct SampleClause {
  const char* id;
  const char* title;
  const char* level;
  const char* on;
  const char* readings = "";
};

std::string FileText(const char* subject, const std::vector<SampleClause>& clauses) {
  std::string text = R"({"schema": "pendulum-specification/1", "clauses": [)";
  for (const SampleClause& clause : clauses) {
    text += text.ends_with('[') ? "" : ",\n";
    text += std::string("{\"id\": \"") + clause.id + "\", \"title\": \"" + clause.title +
            "\", \"subject\": \"" + subject + "\", \"level\": \"" + clause.level +
            R"(", "basis": "documented", "source": {"page": "p.md"}, "fix": "mend it", "on": ")" +
            clause.on + R"(", "require": "FALSE", "message": "broken")" + clause.readings + "}";
  }
  return text + "]}";
}

constexpr const char* kEndOfBody = R"(, "readings": [
  {"text": "the end of the body arrives inline", "when": "TRUE"},
  {"text": "the end of the body arrives by completion", "when": "TRUE"}])";

oracle::Specification MakeSpecification() {
  const std::string flush = FileText(
      "host",
      {{"FLUSH-01", "A flush returns S_OK or a failure", "must", "operation.returned"},
       {"FLUSH-02", "A synchronous flush does not go pending", "must", "operation.returned"}});
  const std::string module =
      FileText("module",
               {{"MODULE-CRASH", "A module does not crash", "must", "module.crashed"},
                {"MODULE-LEFT-PENDING",
                 "A module returns CONTINUE or FINISH_REQUEST with nothing outstanding", "must",
                 "notification.returned"},
                {"MODULE-OVERLAP", "One operation of a kind at a time", "must", "operation.called"},
                {"MODULE-ERROR-IGNORED", "A module takes notice of errors", "should", "call"},
                {"MODULE-DOUBLE-COMPLETION/second-completion-status",
                 "A delivery of a notification is given one status that ends it", "must",
                 "completion.returned"}});
  const std::string read = FileText(
      "host", {{"READ-01", "A read returns S_OK or a failure", "must", "operation.returned"},
               {"READ-31", "The end of the body is told by a read", "must", "operation.returned",
                kEndOfBody},
               {"READ-32", "A read of a chunked body may return less than what has arrived", "may",
                "operation.returned"}});
  const oracle::SpecificationText texts[] = {
      {"flush.json", flush}, {"module.json", module}, {"read.json", read}};
  auto specification = oracle::Specification::FromTexts(texts);
  if (!specification.ok()) {
    std::cerr << specification.error().Text() << "\n";
    std::abort();
  }
  return std::move(specification).value();
}

ClauseVerdict Reached(uint64_t at_once, uint64_t after, uint64_t before, uint64_t none) {
  ClauseVerdict seen;
  seen.reached = {at_once, after, before, none};
  return seen;
}

// In the order of the specification, by the rule that makes verdicts.
std::vector<ClauseVerdict> Decided(std::vector<ClauseVerdict> seen) {
  for (size_t i = 0; i < seen.size(); ++i) {
    seen[i].verdict = oracle::Decide(SampleSpecification().clauses()[i].level, seen[i]);
  }
  return seen;
}

}  // namespace

const oracle::Specification& SampleSpecification() {
  static const oracle::Specification specification = MakeSpecification();
  return specification;
}

std::vector<ClauseVerdict> CleanVerdicts() {
  std::vector<ClauseVerdict> seen(SampleSpecification().clauses().size());
  seen[0] = Reached(0, 9, 0, 0);
  seen[3] = Reached(5, 0, 0, 0);
  seen[5] = Reached(1, 2, 3, 4);
  seen[7] = Reached(1204, 396, 1, 0);
  seen[8] = Reached(1204, 396, 0, 0);
  seen[8].readings = {1204, 396};
  return Decided(seen);
}

std::vector<ClauseVerdict> MixedVerdicts() {
  std::vector<ClauseVerdict> seen = CleanVerdicts();
  seen[1].missing = "no run of scenario get took place";
  seen[2] = Reached(0, 0, 0, 1);
  seen[2].violations = 1;
  seen[3] = Reached(1234567, 34567, 0, 21);
  seen[3].violations = 312;
  seen[5].violations = 2;
  seen[8].passes_only_if = {"the end of the body arrives inline"};
  return Decided(seen);
}

}  // namespace pendulum::report
