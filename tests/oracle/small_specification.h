// Specifications of a few made-up clauses, for tests.
#ifndef PENDULUM_TESTS_ORACLE_SMALL_SPECIFICATION_H_
#define PENDULUM_TESTS_ORACLE_SMALL_SPECIFICATION_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/oracle/oracle.h"
#include "harness/oracle/specification.h"
#include "harness/trace/json_lines.h"

namespace pendulum::oracle {

struct SmallClause {
  std::string on;  // an event, or the text of an array of events
  std::string when = "TRUE";
  std::string require = "FALSE";
  std::string message = "broken";
  std::string for_each = "";
  std::string level = "must";
  std::vector<Reading> readings = {};
  std::string subject = "host";
};

// The text of a specification file whose clauses are T-0, T-1, …
inline std::string SmallText(const std::vector<SmallClause>& clauses) {
  std::string text = R"({"schema": "pendulum-specification/1", "clauses": [)";
  for (size_t i = 0; i < clauses.size(); ++i) {
    const SmallClause& clause = clauses[i];
    const std::string on = clause.on.starts_with('[') ? clause.on : "\"" + clause.on + "\"";
    text += i == 0 ? "" : ",";
    text += "\n{\"id\": \"T-" + std::to_string(i) + R"(", "title": "t", "subject": ")" +
            clause.subject + R"(", "basis": "documented", "source": {"page": "p.md"}, "level": ")" +
            clause.level + "\", \"on\": " + on;
    if (clause.subject == "module") text += R"(, "fix": "f")";
    if (!clause.for_each.empty()) text += R"(, "for_each": ")" + clause.for_each + "\"";
    for (size_t j = 0; j < clause.readings.size(); ++j) {
      text += j == 0 ? ", \"readings\": [" : ", ";
      text += R"({"text": ")" + clause.readings[j].text + R"(", "when": ")" +
              clause.readings[j].when + "\"}";
      if (j + 1 == clause.readings.size()) text += "]";
    }
    text += ",\n\"when\": \"" + clause.when + "\",\n\"require\": \"" + clause.require +
            "\",\n\"message\": \"" + clause.message + "\"}";
  }
  return text + "]}";
}

inline platform::Result<Specification> LoadSmall(const std::vector<SmallClause>& clauses) {
  const std::string text = SmallText(clauses);
  const SpecificationText texts[] = {{"t.json", text}};
  return Specification::FromTexts(texts);
}

// The events of trace lines without the header.
inline std::vector<trace::Event> Events(const std::string& lines) {
  auto file = trace::ReadTrace("{\"schema\": \"pendulum-trace/1\"}\n" + lines, "t.jsonl");
  EXPECT_TRUE(file.ok()) << file.error().Text();
  return file.ok() ? file->events : std::vector<trace::Event>();
}

inline void Feed(const std::vector<trace::Event>& events, Oracle* oracle) {
  for (size_t i = 0; i < events.size(); ++i) oracle->OnEvent(events[i], static_cast<uint32_t>(i));
}

}  // namespace pendulum::oracle

#endif  // PENDULUM_TESTS_ORACLE_SMALL_SPECIFICATION_H_
