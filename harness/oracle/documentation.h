// The pages of the documentation that clauses cite: what they looked like when the clauses were
// written (spec/documentation.json), and what has changed since in a copy of them. Texts are kept
// as hashes alone.
#ifndef PENDULUM_ORACLE_DOCUMENTATION_H_
#define PENDULUM_ORACLE_DOCUMENTATION_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/platform/result.h"

namespace pendulum::oracle {

// A page by its sections. The text of a section goes to the next heading of any level; what stands
// below the title, before the first section, is "Summary".
struct DocumentationPage {
  std::string guid;  // ms.assetid, or empty
  // A hash of each section's text, without what does not change its meaning: white space.
  std::map<std::string, std::string> sections;
};

// Parses the Markdown of a page. Sections of one name count as one.
DocumentationPage ParsePage(std::string_view markdown);

// The name of a section without what says which part of it is meant: "Remarks (second note)" is of
// "Remarks".
std::string SectionHeading(std::string_view section);

// Pages by their names without folders ("ihttpresponse-flush-method.md").
struct Documentation {
  std::string commit;  // of the copy they are from, as far as known
  std::map<std::string, DocumentationPage> pages;

  // Reads every *.md file below `folder`. Errors: the folder can't be read or has no page.
  static platform::Result<Documentation> Scan(const std::string& folder);
  // Reads spec/documentation.json. The error names file, line and column.
  static platform::Result<Documentation> Load(const std::string& path);
  // Those recorded when the program was built.
  static const Documentation& BuiltIn();
};

// A section that is cited, and who cites it: clauses and statements by their ids.
struct CitedSection {
  std::string page;
  std::string section;
  std::vector<std::string> by;
};

// What of the cited sections is not as it was recorded, one Error each: place is "page, section" or
// the page, and the message ends with who cites it.
std::vector<platform::Error> CompareDocumentation(const std::vector<CitedSection>& cited,
                                                  const Documentation& recorded,
                                                  const Documentation& now);

}  // namespace pendulum::oracle

#endif  // PENDULUM_ORACLE_DOCUMENTATION_H_
