#include "harness/win32/configuration.h"

#include <cassert>
#include <deque>
#include <nlohmann/json.hpp>

#include "harness/win32/app_host.h"
#include "harness/win32/boundary.h"
#include "harness/win32/conversion.h"

namespace pendulum::win32 {
namespace {

using Json = nlohmann::ordered_json;

std::deque<ConfigurationElement> elements;  // all of the tree: addresses stay
std::vector<ConfigurationLocation> locations;

std::wstring Widen(std::string_view text) {
  std::wstring wide(WidenUtf8(text, nullptr, 0).length, L'\0');
  WidenUtf8(text, wide.data(), wide.size());
  return wide;
}

ConfigurationProperty ReadProperty(std::string_view name, const Json& value) {
  using Type = ConfigurationProperty::Type;
  ConfigurationProperty property;
  property.name = Widen(name);
  if (value.is_boolean()) {
    property.type = Type::kBoolean;
    property.number = value.get<bool>() ? 1 : 0;
    property.text = value.get<bool>() ? L"true" : L"false";
  } else if (value.is_number_integer()) {
    property.number = value.get<int64_t>();
    const bool is_unsigned = property.number >= 0 && property.number <= 0xFFFFFFFF;
    property.type = is_unsigned ? Type::kUnsigned : Type::kSigned;
    property.text = std::to_wstring(property.number);
  } else if (value.is_string()) {
    property.text = Widen(value.get_ref<const std::string&>());
  } else if (!value.is_null()) {
    property.text = Widen(value.dump());
  }
  return property;
}

const ConfigurationElement* ReadElement(std::string_view name, const Json& members);

void ReadCollection(const Json& items, ConfigurationElement* element) {
  for (const Json& item : items) element->collection.push_back(ReadElement("add", item));
}

const ConfigurationElement* ReadElement(std::string_view name, const Json& members) {
  ConfigurationElement& element = elements.emplace_back();
  element.name = Widen(name);
  if (members.is_array()) {
    ReadCollection(members, &element);
    return &element;
  }
  if (!members.is_object()) {
    element.properties.push_back(ReadProperty("value", members));
    return &element;
  }
  for (const auto& [key, value] : members.items()) {
    if (value.is_array() && key == "collection") {
      ReadCollection(value, &element);
    } else if (value.is_structured()) {
      element.children.push_back(ReadElement(key, value));
    } else {
      element.properties.push_back(ReadProperty(key, value));
    }
  }
  return &element;
}

bool IsPath(std::string_view key) { return key.substr(0, 7) == "MACHINE"; }

wchar_t Lower(wchar_t character) {
  return character >= L'A' && character <= L'Z' ? character + 32 : character;
}

// Whether what is set for `above` holds for `path`. Paths are compared without case.
bool HoldsFor(std::wstring_view above, std::wstring_view path) {
  if (above.size() > path.size()) return false;
  for (size_t i = 0; i < above.size(); ++i) {
    if (Lower(above[i]) != Lower(path[i])) return false;
  }
  return above.empty() || above.size() == path.size() || path[above.size()] == L'/';
}

const ConfigurationElement* SectionOf(const ConfigurationLocation& location,
                                      std::wstring_view name) {
  for (const ConfigurationElement* section : location.sections) {
    if (section->name == name) return section;
  }
  return nullptr;
}

}  // namespace

void SetConfiguration(const char* json_text) {
  ResetAppHost();  // the objects refer to the old tree
  elements.clear();
  locations.clear();
  locations.emplace_back();
  const Json root = Json::parse(json_text, nullptr, false);
  assert(root.is_object());
  if (!root.is_object()) return;
  for (const auto& [key, value] : root.items()) {
    if (!IsPath(key)) {
      locations[0].sections.push_back(ReadElement(key, value));
      continue;
    }
    ConfigurationLocation& location = locations.emplace_back();
    location.path = Widen(key);
    for (const auto& [name, section] : value.items()) {
      location.sections.push_back(ReadElement(name, section));
    }
  }
}

const ConfigurationElement* FindSection(std::wstring_view name, std::wstring_view path) {
  const ConfigurationElement* found = nullptr;
  size_t found_length = 0;
  for (const ConfigurationLocation& location : locations) {
    const bool is_nearer = found == nullptr || location.path.size() >= found_length;
    if (!is_nearer || !HoldsFor(location.path, path)) continue;
    const ConfigurationElement* section = SectionOf(location, name);
    if (section == nullptr) continue;
    found = section;
    found_length = location.path.size();
  }
  return found;
}

const std::vector<ConfigurationLocation>& ConfigurationLocations() { return locations; }

}  // namespace pendulum::win32
