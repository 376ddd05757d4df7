// The configuration that IAppHostAdminManager serves, as a tree read from the scenario's JSON.
//
//   {
//     "system.webServer/myModule": {                      a section, by its name
//       "enabled": true, "name": "x", "limit": 5,         properties, typed as they are written
//       "child": {"depth": 2},                            a child element
//       "collection": [{"key": "a"}, {"key": "b"}],       the element's own collection
//       "files": [{"value": "index.htm"}]                 a child element that has a collection
//     },
//     "MACHINE/WEBROOT/APPHOST/Default Web Site": {        sections for this path and those below
//     it
//       "system.webServer/myModule": {"enabled": false}
//     }
//   }
#ifndef PENDULUM_WIN32_CONFIGURATION_H_
#define PENDULUM_WIN32_CONFIGURATION_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pendulum::win32 {

struct ConfigurationProperty {
  enum class Type : uint8_t { kText, kBoolean, kUnsigned, kSigned };
  std::wstring name;
  Type type = Type::kText;
  int64_t number = 0;
  std::wstring text;  // of every type, as get_StringValue shows it
};

struct ConfigurationElement {
  std::wstring name;
  std::vector<ConfigurationProperty> properties;
  std::vector<const ConfigurationElement*> children;
  std::vector<const ConfigurationElement*> collection;
};

// A path of the configuration ("" for what is set for all) and its sections.
struct ConfigurationLocation {
  std::wstring path;
  std::vector<const ConfigurationElement*> sections;
};

// The section that is set for `path` or the nearest path above it; nullptr if there is none.
const ConfigurationElement* FindSection(std::wstring_view name, std::wstring_view path);
const std::vector<ConfigurationLocation>& ConfigurationLocations();

}  // namespace pendulum::win32

#endif  // PENDULUM_WIN32_CONFIGURATION_H_
