#include "harness/oracle/documentation.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/oracle/specification.h"
#include "harness/oracle/statements.h"

namespace pendulum::oracle {
namespace {

using Texts = std::vector<std::string>;

constexpr const char* kPage = R"(---
title: "Flush"
ms.assetid: "ab-12"
---
# Flush
Sends what there is.

## Remarks
 It is sent.

```cpp
# not a heading
```

### Parameters
 `fAsync`
)";

std::string Replaced(std::string text, const std::string& part, const std::string& by) {
  const size_t place = text.find(part);
  EXPECT_NE(place, std::string::npos) << part;
  return text.replace(place, part.size(), by);
}

Documentation With(const std::string& name, const std::string& markdown) {
  Documentation documentation;
  documentation.pages[name] = ParsePage(markdown);
  return documentation;
}

Texts Changes(const Documentation& now, const std::string& section = "Remarks (note)") {
  Texts texts;
  for (const platform::Error& change : CompareDocumentation(
           {{"flush.md", section, {"FLUSH-01", "FLUSH-02"}}}, With("flush.md", kPage), now)) {
    texts.push_back(change.Text());
  }
  return texts;
}

TEST(ParsePage, FindsTheSectionsAndTheGuid) {
  const DocumentationPage page = ParsePage(kPage);
  EXPECT_EQ(page.guid, "ab-12");
  std::vector<std::string> names;
  for (const auto& [name, hash] : page.sections) {
    names.push_back(name);
    EXPECT_EQ(hash.size(), 32u);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"Parameters", "Remarks", "Summary"}));
  EXPECT_NE(page.sections.at("Remarks"), page.sections.at("Summary"));
}

TEST(ParsePage, PassesOverWhiteSpaceAlone) {
  const DocumentationPage page = ParsePage(kPage);
  const DocumentationPage spaced = ParsePage(Replaced(kPage, " It is sent.", "It  is\r\n sent. "));
  EXPECT_EQ(spaced.sections, page.sections);
  const DocumentationPage other = ParsePage(Replaced(kPage, "It is sent", "It was sent"));
  EXPECT_NE(other.sections.at("Remarks"), page.sections.at("Remarks"));
  EXPECT_EQ(other.sections.at("Summary"), page.sections.at("Summary"));
}

TEST(SectionHeading, DropsWhatSaysWhichPart) {
  EXPECT_EQ(SectionHeading("Remarks"), "Remarks");
  EXPECT_EQ(SectionHeading("Remarks (second note)"), "Remarks");
  EXPECT_EQ(SectionHeading("Return Value (note)"), "Return Value");
}

TEST(CompareDocumentation, IsContentWithTheSamePage) {
  EXPECT_EQ(Changes(With("flush.md", kPage)), Texts{});
  EXPECT_EQ(Changes(With("flush.md", Replaced(kPage, "Sends", "Keeps"))), Texts{});
}

TEST(CompareDocumentation, TellsWhatChanged) {
  EXPECT_EQ(Changes(With("flush.md", Replaced(kPage, "It is sent", "It may be sent"))),
            Texts{"flush.md, Remarks (note): the text has changed; cited by FLUSH-01, FLUSH-02"});
  EXPECT_EQ(Changes(With("flush.md", Replaced(kPage, "## Remarks", "## Notes"))),
            Texts{"flush.md, Remarks (note): the section is gone; cited by FLUSH-01, FLUSH-02 (now "
                  "\"Notes\")"});
  EXPECT_EQ(Changes(With("send.md", kPage)),
            Texts{"flush.md, Remarks (note): the page has another name, send.md; cited by "
                  "FLUSH-01, FLUSH-02"});
  EXPECT_EQ(Changes(With("send.md", Replaced(kPage, "ab-12", "cd-34"))),
            Texts{"flush.md, Remarks (note): the page is gone; cited by FLUSH-01, FLUSH-02"});
  EXPECT_EQ(Changes(With("flush.md", Replaced(kPage, "ab-12", "cd-34"))),
            Texts{"flush.md, Remarks (note): another page has this name now: its ms.assetid is "
                  "cd-34; cited by FLUSH-01, FLUSH-02"});
  EXPECT_EQ(Changes(With("flush.md", kPage), "Example"),
            Texts{"flush.md, Example: was never recorded; cited by FLUSH-01, FLUSH-02 (pendulum "
                  "spec drift --docs DIR --record)"});
}

TEST(Documentation, ScansAFolderOfPages) {
  const auto scanned = Documentation::Scan(PENDULUM_SOURCE_DIR "/tests/data");
  ASSERT_TRUE(scanned.ok()) << scanned.error().Text();
  ASSERT_EQ(scanned->pages.count("ihttpresponse-flush-method.md"), 1u);
  EXPECT_EQ(scanned->pages.at("ihttpresponse-flush-method.md").guid,
            "00000000-0000-0000-0000-000000000001");
  EXPECT_FALSE(Documentation::Scan(PENDULUM_SOURCE_DIR "/nowhere").ok());
  EXPECT_FALSE(Documentation::Scan(PENDULUM_SOURCE_DIR "/spec/schema").ok());
}

// The sections that are cited are those that were there, so that none is misspelt.
TEST(Documentation, HasEverySectionThatIsCited) {
  const auto& pages = Documentation::BuiltIn().pages;
  const auto expect = [&](const std::string& page, const std::string& section,
                          const std::string& by) {
    const auto found = pages.find(page);
    ASSERT_NE(found, pages.end()) << by << " cites " << page;
    EXPECT_EQ(found->second.sections.count(SectionHeading(section)), 1u)
        << by << " cites " << page << ", " << section;
  };
  for (const Statement& statement : Statements::BuiltIn().all) {
    expect(statement.page, statement.section, statement.id);
  }
  for (const Clause& clause : Specification::BuiltIn().clauses()) {
    for (const Source& source : clause.sources) expect(source.page, source.section, clause.id);
  }
}

}  // namespace
}  // namespace pendulum::oracle
