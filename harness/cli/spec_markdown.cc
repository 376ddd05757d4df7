// docs/clauses.md, made from the specification.
#include <cctype>
#include <string>
#include <vector>

#include "harness/cli/spec_command.h"
#include "harness/report/clause_words.h"

namespace pendulum::cli {
namespace {

using oracle::Clause;
using oracle::Specification;

// The anchor that a Markdown heading gets.
std::string Anchor(std::string_view heading) {
  std::string anchor;
  for (const char c : heading) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '_') {
      anchor += static_cast<char>(std::tolower(byte));
    } else if (c == ' ') {
      anchor += '-';
    }
  }
  return anchor;
}

std::string GroupTitle(std::string title) {
  if (!title.empty())
    title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
  return title;
}

// What would be taken for Markdown in a sentence.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '*' || c == '_' || c == '<' || c == '[' || c == '`' || c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string Code(const std::vector<std::string>& lines) {
  std::string text = "```text\n";
  for (const std::string& line : lines) text += line + "\n";
  return text + "```\n\n";
}

std::string Sources(const Clause& clause) {
  std::string text = "Documentation:\n\n";
  for (const oracle::Source& source : clause.sources) {
    text += "- [" + source.page + "](" + report::PageAddress(source.page) + ")";
    if (!source.section.empty()) text += ", " + source.section;
    text += "\n";
    for (const std::string& id : source.statements) {
      text += "  - " + Escaped(StatementText(id, source.page)) + "\n";
    }
  }
  return text + "\n";
}

std::string ClauseMarkdown(const Specification& specification, int index) {
  const Clause& clause = specification.clauses()[static_cast<size_t>(index)];
  std::string text = "### " + clause.id + "\n\n**" + Escaped(clause.title) + ".** (" +
                     std::string(oracle::SubjectName(clause.subject)) + ", " +
                     std::string(oracle::LevelName(clause.level)) + ", " +
                     std::string(oracle::BasisName(clause.basis)) + ")\n\n" +
                     Escaped(report::ClauseWords(specification, index)) + "\n\n";
  if (!clause.rationale.empty()) text += "Why: " + Escaped(clause.rationale) + "\n\n";
  if (!clause.fix.empty()) text += "Fix: " + Escaped(clause.fix) + "\n\n";
  if (!clause.readings.empty()) {
    text +=
        "The documentation can be read in several ways; what is seen is recorded. A module "
        "passes only if\n\n";
    for (const oracle::Reading& reading : clause.readings) {
      text += "- " + Escaped(reading.text) + ": `" + reading.when + "`\n";
    }
    text += "\n";
  }
  text += Sources(clause);
  std::vector<std::string> rule = {"on       " + clause.on};
  if (!clause.for_each.empty()) rule.push_back("for_each " + clause.for_each);
  rule.push_back("when     " + clause.when);
  rule.push_back("require  " + clause.require);
  text += Code(rule);
  if (const auto example = BreakingExample(specification, index)) {
    text += clause.level == oracle::Level::kMay ? "A run that does not use it:\n\n"
                                                : "A run that breaks it:\n\n";
    text += Code(ExampleLines(*example));
  }
  return text;
}

}  // namespace

std::string SpecificationMarkdown(const Specification& specification) {
  const auto clauses = specification.clauses();
  std::vector<std::string> groups;
  for (const Clause& clause : clauses) {
    if (groups.empty() || groups.back() != clause.group) groups.push_back(clause.group);
  }
  std::string text =
      "# The clauses\n\nGenerated from `spec/*.json` by `./x docs`; edit those files, not this "
      "one.\n\nEach clause has what it is about (host or module), its level (must: a breach is a "
      "finding; should: a\nwarning; may: an option), and its basis (documented; derived from "
      "several pages; observed where the\npages are silent). `spec/README.md` explains the "
      "expressions.\n\n";
  for (const std::string& group : groups) {
    text += "- [" + GroupTitle(group) + "](#" + Anchor(GroupTitle(group)) + ")\n";
    for (const Clause& clause : clauses) {
      if (clause.group != group) continue;
      text +=
          "  - [" + clause.id + "](#" + Anchor(clause.id) + "): " + Escaped(clause.title) + "\n";
    }
  }
  for (const std::string& group : groups) {
    text += "\n## " + GroupTitle(group) + "\n\n";
    for (size_t i = 0; i < clauses.size(); ++i) {
      if (clauses[i].group == group) text += ClauseMarkdown(specification, static_cast<int>(i));
    }
    text.pop_back();
  }
  return text;
}

}  // namespace pendulum::cli
