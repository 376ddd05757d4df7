#include "harness/oracle/documentation.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "harness/platform/embedded.h"
#include "harness/platform/file.h"
#include "harness/platform/json_reader.h"
#include "harness/platform/suggest.h"

namespace pendulum::oracle {

// Generated from spec/documentation.json when the program is built.
extern const platform::EmbeddedFile kDocumentationFiles[];

namespace {

using platform::Error;
using platform::JsonDocument;
using platform::JsonErrors;
using platform::JsonValue;

constexpr std::string_view kSummary = "Summary";
constexpr std::string_view kSpaces = " \t\r\n";

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(kSpaces);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

// Every run of white space as one space.
std::string Normalised(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool space = kSpaces.find(c) != kSpaces.npos;
    if (!space) {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  return std::string(Trimmed(result));
}

// 128 bits: two hashes with different seeds.
std::string HashOf(std::string_view text) {
  char digits[33];
  const uint64_t first = platform::Hash(text);
  const uint64_t second = platform::Hash(text, platform::Hash("section", first));
  std::snprintf(digits, sizeof digits, "%016llx%016llx", static_cast<unsigned long long>(first),
                static_cast<unsigned long long>(second));
  return digits;
}

// A line of the page's metadata: `key: value`, perhaps in quotation marks.
std::string MetadataValue(std::string_view line, std::string_view key) {
  if (!line.starts_with(key)) return "";
  std::string_view value = Trimmed(line.substr(key.size()));
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')) {
    value = value.substr(1, value.size() - 2);
  }
  return std::string(value);
}

class PageParser {
 public:
  DocumentationPage Parse(std::string_view markdown) {
    if (markdown.starts_with("\xEF\xBB\xBF")) markdown.remove_prefix(3);
    while (!markdown.empty()) {
      const size_t end = std::min(markdown.find('\n'), markdown.size());
      Line(markdown.substr(0, end));
      markdown.remove_prefix(std::min(end + 1, markdown.size()));
    }
    for (const auto& [name, text] : texts_) page_.sections[name] = HashOf(Normalised(text));
    return std::move(page_);
  }

 private:
  void Line(std::string_view line) {
    const std::string_view bare = Trimmed(line);
    ++number_;
    if (bare == "---" && (number_ == 1 || in_metadata_)) {
      in_metadata_ = !in_metadata_;
    } else if (in_metadata_) {
      const std::string guid = MetadataValue(bare, "ms.assetid:");
      if (!guid.empty()) page_.guid = guid;
    } else {
      if (bare.starts_with("```")) in_code_ = !in_code_;
      const size_t marks = std::min(bare.find_first_not_of('#'), bare.size());
      const bool heading = !in_code_ && marks > 0 && marks < bare.size() && bare[marks] == ' ';
      if (!heading) return Text(line);
      section_ = marks == 1 ? std::string(kSummary) : std::string(Trimmed(bare.substr(marks)));
      texts_[section_] += " ";
    }
  }

  void Text(std::string_view line) {
    if (section_.empty()) return;  // before the title
    texts_[section_].append(line).append("\n");
  }

  DocumentationPage page_;
  std::map<std::string, std::string> texts_;
  std::string section_;
  int number_ = 0;
  bool in_metadata_ = false;
  bool in_code_ = false;
};

Documentation ReadDocumentation(const JsonValue& root) {
  Documentation documentation;
  root.AllowOnly({"schema", "commit", "pages"});
  root.Required("schema").Choice({"pendulum-documentation/1"});
  documentation.commit = root.Required("commit").String();
  for (const auto& [name, value] : root.Required("pages").Members()) {
    value.AllowOnly({"guid", "sections"});
    DocumentationPage page;
    page.guid = value.Required("guid").String();
    for (const auto& [section, hash] : value.Required("sections").Members()) {
      page.sections[section] = hash.String();
    }
    documentation.pages[name] = std::move(page);
  }
  return documentation;
}

platform::Result<Documentation> Read(const JsonDocument& document, const JsonErrors& errors) {
  Documentation documentation;
  if (document.root()) documentation = ReadDocumentation(document.root());
  if (!errors.ok()) return errors.first();
  return documentation;
}

std::string CitedBy(const CitedSection& cited) {
  std::string text = "; cited by ";
  for (size_t i = 0; i < cited.by.size(); ++i) text += (i == 0 ? "" : ", ") + cited.by[i];
  return text;
}

// The name of the page that has this GUID now, or empty.
std::string PageOfGuid(const Documentation& documentation, const std::string& guid) {
  if (guid.empty()) return "";
  for (const auto& [name, page] : documentation.pages) {
    if (page.guid == guid) return name;
  }
  return "";
}

// The section that has this text now, or one of nearly the same name, or empty.
std::string SectionNow(const DocumentationPage& page, const std::string& hash,
                       const std::string& heading) {
  std::vector<std::string_view> names;
  for (const auto& [name, text] : page.sections) {
    if (text == hash) return "now \"" + name + "\"";
    names.push_back(name);
  }
  return platform::Suggestion(heading, names);
}

}  // namespace

DocumentationPage ParsePage(std::string_view markdown) { return PageParser().Parse(markdown); }

std::string SectionHeading(std::string_view section) {
  const size_t open = section.rfind(" (");
  if (open == section.npos || !section.ends_with(')')) return std::string(section);
  return std::string(section.substr(0, open));
}

platform::Result<Documentation> Documentation::Scan(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<std::string> paths;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->path().extension() == ".md") paths.push_back(entry->path().string());
  }
  if (error) return Error{"can't be read: " + error.message(), folder, ""};
  std::sort(paths.begin(), paths.end());
  Documentation documentation;
  for (const std::string& path : paths) {
    const auto text = platform::ReadFile(path);
    if (!text.ok()) return text.error();
    // Of two pages with one name the first counts: overviews and indexes have such names.
    documentation.pages.emplace(fs::path(path).filename().string(), ParsePage(*text));
  }
  if (documentation.pages.empty()) return Error{"there is no page (*.md) in it", folder, ""};
  return documentation;
}

platform::Result<Documentation> Documentation::Load(const std::string& path) {
  JsonErrors errors;
  const JsonDocument document = JsonDocument::Load(path, &errors);
  return Read(document, errors);
}

const Documentation& Documentation::BuiltIn() {
  static const Documentation documentation = [] {
    JsonErrors errors;
    const JsonDocument document(kDocumentationFiles[0].content, "spec/documentation.json", &errors);
    auto result = Read(document, errors);
    if (!result) {
      // The build embeds what the tests have loaded; there is nothing to go on with.
      std::fprintf(stderr, "%s\n", result.error().Text().c_str());
      std::abort();
    }
    return std::move(result).value();
  }();
  return documentation;
}

std::vector<Error> CompareDocumentation(const std::vector<CitedSection>& cited,
                                        const Documentation& recorded, const Documentation& now) {
  std::vector<Error> changes;
  for (const CitedSection& one : cited) {
    const std::string heading = SectionHeading(one.section);
    const std::string place = one.page + ", " + one.section;
    const auto report = [&](const std::string& what, const std::string& remedy) {
      changes.push_back({what + CitedBy(one), place, remedy});
    };
    const auto was = recorded.pages.find(one.page);
    const bool known = was != recorded.pages.end() && was->second.sections.count(heading) != 0;
    if (!known) {
      report("was never recorded", "pendulum spec drift --docs DIR --record");
      continue;
    }
    const std::string& hash = was->second.sections.at(heading);
    const auto is = now.pages.find(one.page);
    if (is == now.pages.end()) {
      const std::string renamed = PageOfGuid(now, was->second.guid);
      report(renamed.empty() ? "the page is gone" : "the page has another name, " + renamed, "");
    } else if (is->second.guid != was->second.guid) {
      report("another page has this name now: its ms.assetid is " + is->second.guid, "");
    } else if (is->second.sections.count(heading) == 0) {
      report("the section is gone", SectionNow(is->second, hash, heading));
    } else if (is->second.sections.at(heading) != hash) {
      report("the text has changed", "");
    }
  }
  return changes;
}

}  // namespace pendulum::oracle
