#include "harness/nightly/config.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "harness/platform/file.h"
#include "harness/platform/json_reader.h"

namespace pendulum::nightly {
namespace {

namespace fs = std::filesystem;
using platform::JsonKind;
using platform::JsonValue;

constexpr double kMostShare = 1e6;

bool IsDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A name becomes a part of file names and of command lines.
bool IsName(std::string_view text) {
  return !text.empty() && text.size() <= 64 && text.front() != '-' && text.front() != '.' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_' || c == '.';
         });
}

bool IsFingerprint(std::string_view text) {
  return text.size() == 16 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::vector<std::string> Strings(const JsonValue& array) {
  std::vector<std::string> strings;
  for (const JsonValue& element : array.Elements()) strings.push_back(element.String());
  return strings;
}

// Words of the command line that children get: they may not be taken for options.
std::vector<std::string> Files(const JsonValue& array) {
  std::vector<std::string> files = Strings(array);
  const std::vector<JsonValue> elements = array.Elements();
  for (size_t i = 0; i < files.size(); ++i) {
    if (files[i].empty()) elements[i].Report("a file has no name");
    if (files[i].starts_with("-")) {
      elements[i].Report("\"" + files[i] + "\" would be taken for an option",
                         "write ./" + files[i]);
    }
  }
  return files;
}

std::string Text(const JsonValue& value, std::string_view what) {
  const std::string text = value.String();
  if (value.Is(JsonKind::kString) && text.empty()) value.Report(std::string(what) + " is empty");
  return text;
}

ModuleSources ReadModule(const JsonValue& json) {
  ModuleSources module;
  module.files = Files(json.Required("sources"));
  if (json.Optional("sources").Is(JsonKind::kArray) && module.files.empty()) {
    json.Optional("sources").Report("a module needs a source or a shared object at least");
  }
  module.flags = Strings(json.Optional("flags"));
  module.scenarios = Files(json.Optional("scenarios"));
  return module;
}

std::string Sanitizer(const JsonValue& json) {
  static constexpr std::string_view kNames[] = {"address", "thread", "none"};
  return std::string(kNames[json.Choice(kNames)]);
}

Target ReadTarget(const JsonValue& json) {
  Target target;
  target.is_fuzz_target = json.Optional("fuzz").present();
  if (target.is_fuzz_target) {
    json.AllowOnly({"fuzz", "share", "sanitizers"});
    target.name = Text(json.Optional("fuzz"), "the name of a fuzz target");
  } else {
    json.AllowOnly({"name", "sources", "flags", "scenarios", "share", "sanitizers"});
    target.name = json.Required("name").String();
    target.module = ReadModule(json);
  }
  const JsonValue name = json.Optional(target.is_fuzz_target ? "fuzz" : "name");
  if (name.Is(JsonKind::kString) && !IsName(target.name)) {
    name.Report("\"" + target.name + "\" is no name: letters, digits, '-', '_' and '.'");
  }
  target.share = json.Optional("share").Number(0, kMostShare, 1);
  if (target.share <= 0) json.Optional("share").Report("a target needs a share above 0");
  for (const JsonValue& one : json.Optional("sanitizers").Elements()) {
    target.sanitizers.push_back(Sanitizer(one));
  }
  if (target.sanitizers.empty()) target.sanitizers.push_back("address");
  return target;
}

KnownFinding ReadKnown(const JsonValue& json) {
  json.AllowOnly({"fingerprint", "rule", "target", "owner", "expires", "reason"});
  KnownFinding known;
  known.fingerprint = json.Optional("fingerprint").String();
  known.rule = json.Optional("rule").String();
  known.target = json.Optional("target").String();
  known.owner = Text(json.Required("owner"), "the owner");
  known.expires = json.Required("expires").String();
  known.reason = Text(json.Required("reason"), "the reason");
  const bool by_place = json.Optional("rule").present() && json.Optional("target").present();
  if (json.Optional("fingerprint").present() == by_place ||
      json.Optional("rule").present() != json.Optional("target").present()) {
    json.Report("a known finding is named either by \"fingerprint\" or by \"rule\" and \"target\"");
  }
  if (!known.fingerprint.empty() && !IsFingerprint(known.fingerprint)) {
    json.Optional("fingerprint").Report("a fingerprint has 16 hexadecimal digits in small letters");
  }
  if (json.Optional("expires").Is(JsonKind::kString) && !IsDate(known.expires)) {
    json.Optional("expires").Report("\"" + known.expires + "\" is no day", "write 2026-12-31");
  }
  return known;
}

Canary ReadCanary(const JsonValue& json) {
  json.AllowOnly({"rule", "sources", "flags", "scenarios", "sanitizer"});
  Canary canary;
  canary.rule = Text(json.Required("rule"), "the rule");
  canary.module = ReadModule(json);
  canary.sanitizer = Sanitizer(json.Optional("sanitizer"));
  return canary;
}

void ReadFolders(const JsonValue& json, Config* config) {
  json.AllowOnly({"output", "database", "corpora", "regressions"});
  const auto absolute = [&](const std::string& path) {
    return path.empty() ? path : (fs::path(config->folder) / path).lexically_normal().string();
  };
  config->output = absolute(Text(json.Required("output"), "the folder for what is written"));
  config->database = absolute(json.Optional("database").String(""));
  if (config->database.empty()) {
    config->database = (fs::path(config->output) / "night.sqlite").string();
  }
  config->corpora = absolute(json.Optional("corpora").String(""));
  for (const std::string& folder : Strings(json.Optional("regressions"))) {
    config->regressions.push_back(absolute(folder));
  }
}

void ReadRoot(const JsonValue& root, Config* config) {
  root.AllowOnly({"schema", "folders", "targets", "known", "must_find", "canaries"});
  const std::string schema = root.Required("schema").String();
  if (root.Optional("schema").Is(JsonKind::kString) && schema != kConfigSchema) {
    root.Optional("schema").Report("\"" + schema + "\" is not known here",
                                   "this version reads " + std::string(kConfigSchema));
  }
  ReadFolders(root.Required("folders"), config);
  std::set<std::string> names;
  for (const JsonValue& json : root.Required("targets").Elements()) {
    config->targets.push_back(ReadTarget(json));
    const Target& target = config->targets.back();
    if (!target.name.empty() && !names.insert(target.name).second) {
      json.Report("there are two targets " + target.name);
    }
  }
  if (root.Optional("targets").Is(JsonKind::kArray) && config->targets.empty()) {
    root.Optional("targets").Report("no target is declared");
  }
  for (const JsonValue& json : root.Optional("known").Elements()) {
    config->known.push_back(ReadKnown(json));
    const KnownFinding& known = config->known.back();
    if (!known.target.empty() && !names.contains(known.target)) {
      json.Optional("target").Report("no target is called " + known.target);
    }
  }
  for (const JsonValue& json : root.Optional("canaries").Elements()) {
    config->canaries.push_back(ReadCanary(json));
  }
  config->must_find_all = !root.Optional("must_find").present();
  config->must_find = Strings(root.Optional("must_find"));
}

}  // namespace

bool IsDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !IsDigits(text.substr(0, 4)) ||
      !IsDigits(text.substr(5, 2)) || !IsDigits(text.substr(8, 2))) {
    return false;
  }
  const int year = std::stoi(std::string(text.substr(0, 4)));
  const int month = std::stoi(std::string(text.substr(5, 2)));
  const int day = std::stoi(std::string(text.substr(8, 2)));
  if (month < 1 || month > 12 || day < 1) return false;
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

platform::Result<Config> ReadConfig(std::string_view text, const std::string& path) {
  Config config;
  config.path = path;
  std::error_code failed;
  config.folder = fs::absolute(path, failed).parent_path().lexically_normal().string();
  platform::JsonErrors errors;
  const platform::JsonDocument document(text, path, &errors);
  if (document.root().present()) ReadRoot(document.root(), &config);
  if (!errors.ok()) return errors.first();
  return config;
}

platform::Result<Config> LoadConfig(const std::string& path) {
  const auto text = platform::ReadFile(path);
  if (!text.ok()) return text.error();
  return ReadConfig(*text, path);
}

}  // namespace pendulum::nightly
