#include "harness/oracle/specification.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "harness/oracle/built_in.h"
#include "harness/oracle/clause_reader.h"
#include "harness/oracle/native_code.h"
#include "harness/oracle/program.h"
#include "harness/platform/json_reader.h"

namespace pendulum::oracle {
namespace {

using platform::Error;
using platform::JsonDocument;
using platform::JsonErrors;

// FNV-1a, with the length of each text so that texts cannot run into each other.
void HashText(std::string_view text, uint64_t* hash) {
  const auto add = [&](uint8_t byte) { *hash = (*hash ^ byte) * 0x100000001B3ull; };
  for (int shift = 0; shift < 32; shift += 8) add(static_cast<uint8_t>(text.size() >> shift));
  for (char c : text) add(static_cast<uint8_t>(c));
}

uint64_t HashOf(std::span<const Clause> clauses) {
  uint64_t hash = 0xCBF29CE484222325ull;
  for (const Clause& clause : clauses) {
    const std::string kind = {static_cast<char>('0' + static_cast<int>(clause.subject)),
                              static_cast<char>('0' + static_cast<int>(clause.level)),
                              static_cast<char>('0' + static_cast<int>(clause.basis))};
    for (const std::string* text :
         {&clause.id, &clause.title, &kind, &clause.rationale, &clause.fix, &clause.on,
          &clause.for_each, &clause.when, &clause.require, &clause.message}) {
      HashText(*text, &hash);
    }
    for (const Source& source : clause.sources) {
      HashText(source.page, &hash);
      HashText(source.section, &hash);
      for (const std::string& statement : source.statements) HashText(statement, &hash);
    }
    for (const Reading& reading : clause.readings) {
      HashText(reading.text, &hash);
      HashText(reading.when, &hash);
    }
  }
  return hash;
}

// Beside the clauses: the documentation's statements, which clauses cite, and those that no clause
// checks.
constexpr std::string_view kOtherFiles[] = {"statements.json", "not-checked.json",
                                            "documentation.json"};

// The files that `path` stands for: itself, or the *.json in it by name.
platform::Result<std::vector<std::string>> FilesOf(const std::string& path) {
  std::error_code error;
  std::vector<std::string> files;
  if (!std::filesystem::is_directory(path, error)) {
    files.push_back(path);
    return files;
  }
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    const std::string name = entry.path().filename().string();
    const bool other =
        std::find(std::begin(kOtherFiles), std::end(kOtherFiles), name) != std::end(kOtherFiles);
    if (entry.path().extension() == ".json" && !other) files.push_back(entry.path().string());
  }
  if (error) return Error{"cannot be read: " + error.message(), path, ""};
  if (files.empty()) return Error{"there is no *.json file in this folder", path, ""};
  std::sort(files.begin(), files.end());
  return files;
}

platform::Status CheckSize(const std::string& name, uintmax_t bytes) {
  if (bytes <= kMaxSpecificationBytes) return platform::OkStatus();
  return Error{"the file has " + std::to_string(bytes) + " bytes, and " +
                   std::to_string(kMaxSpecificationBytes) + " are the most",
               name, "split it"};
}

platform::Status Finish(Specification::Compiled* compiled) {
  compiled->hash = HashOf(compiled->clauses);
  if (!CompilePrograms(compiled)) {
    return Error{"the clauses of one event are too many or too long to be compiled", "",
                 "shorten lists, or judge by fewer clauses at a time"};
  }
  if (auto native = NativeCode::Translate(compiled->code)) {
    compiled->native = std::make_shared<const NativeCode>(std::move(*native));
  }
  return platform::OkStatus();
}

}  // namespace

Specification::Specification() : compiled_(std::make_unique<Compiled>()) {}
Specification::Specification(Specification&&) noexcept = default;
Specification& Specification::operator=(Specification&&) noexcept = default;
Specification::~Specification() = default;

platform::Status Specification::ReadTexts(std::span<const SpecificationText> texts) {
  for (const SpecificationText& text : texts) {
    JsonErrors errors;
    const std::string name(text.name);
    if (auto fits = CheckSize(name, text.text.size()); !fits) return fits.error();
    const JsonDocument document(text.text, name, &errors);
    if (document.root()) ReadClauses(document.root(), name, compiled_.get());
    if (!errors.ok()) return errors.first();
  }
  return platform::OkStatus();
}

platform::Status Specification::ReadPaths(std::span<const std::string> paths) {
  for (const std::string& path : paths) {
    const auto files = FilesOf(path);
    if (!files) return files.error();
    for (const std::string& file : *files) {
      std::error_code missing;  // the reader says so
      const uintmax_t bytes = std::filesystem::file_size(file, missing);
      if (auto fits = CheckSize(file, missing ? 0 : bytes); !fits) return fits.error();
      JsonErrors errors;
      const JsonDocument document = JsonDocument::Load(file, &errors);
      if (document.root()) ReadClauses(document.root(), file, compiled_.get());
      if (!errors.ok()) return errors.first();
    }
  }
  return platform::OkStatus();
}

platform::Result<Specification> Specification::Load(const std::string& folder,
                                                    std::span<const std::string> more) {
  Specification specification;
  if (auto read = specification.ReadPaths({&folder, 1}); !read) return read.error();
  if (auto read = specification.ReadPaths(more); !read) return read.error();
  if (auto done = Finish(specification.compiled_.get()); !done) return done.error();
  return specification;
}

platform::Result<Specification> Specification::FromTexts(std::span<const SpecificationText> texts) {
  Specification specification;
  if (auto read = specification.ReadTexts(texts); !read) return read.error();
  if (auto done = Finish(specification.compiled_.get()); !done) return done.error();
  return specification;
}

platform::Result<Specification> Specification::BuiltInWith(std::span<const std::string> more) {
  Specification specification;
  if (auto read = specification.ReadTexts(BuiltInTexts()); !read) return read.error();
  if (auto read = specification.ReadPaths(more); !read) return read.error();
  if (auto done = Finish(specification.compiled_.get()); !done) return done.error();
  return specification;
}

const Specification& Specification::BuiltIn() {
  static const Specification specification = [] {
    auto result = FromTexts(BuiltInTexts());
    if (!result) {
      // The build embeds what the tests have loaded; there is nothing to go on with.
      std::fprintf(stderr, "the built-in specification is broken: %s\n",
                   result.error().Text().c_str());
      std::abort();
    }
    return std::move(result).value();
  }();
  return specification;
}

std::string_view SubjectName(Subject subject) {
  return subject == Subject::kHost ? "host" : "module";
}

std::string_view LevelName(Level level) {
  static constexpr std::string_view kNames[] = {"must", "should", "may"};
  return kNames[static_cast<size_t>(level)];
}

std::string_view BasisName(Basis basis) {
  static constexpr std::string_view kNames[] = {"documented", "derived", "observed"};
  return kNames[static_cast<size_t>(basis)];
}

std::span<const Clause> Specification::clauses() const { return compiled_->clauses; }

std::span<const ReadingPlace> Specification::readings() const { return compiled_->readings; }

int Specification::Find(std::string_view id) const {
  for (size_t i = 0; i < compiled_->clauses.size(); ++i) {
    if (compiled_->clauses[i].id == id) return static_cast<int>(i);
  }
  return -1;
}

uint64_t Specification::hash() const { return compiled_->hash; }

}  // namespace pendulum::oracle
