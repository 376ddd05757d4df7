#include "harness/win32/app_host.h"

#include <string>
#include <vector>

#include "harness/win32/app_host_element.h"
#include "harness/win32/app_host_object.h"
#include "harness/win32/configuration.h"
#include "harness/win32/conversion.h"

namespace pendulum::win32 {
namespace {

std::vector<std::unique_ptr<AppHostObject>> given;

using Name = NarrowText<200>;

// A section that is not declared fails as reading a file with an unknown section does.
HRESULT GiveSection(BSTR name, BSTR path, IAppHostElement** place) {
  if (place == nullptr) return E_POINTER;
  *place = nullptr;
  if (name == nullptr) return E_INVALIDARG;
  const ConfigurationElement* section = FindSection(name, path == nullptr ? L"" : path);
  if (section != nullptr) return GiveElement(*section, place);
  CaptureLine("configuration: section ", Name(name).c_str(), " is not in the scenario");
  return HRESULT_FROM_WIN32(ERROR_INVALID_DATA);
}

class LocationObject final : public Counted<IAppHostConfigLocation> {
 public:
  explicit LocationObject(const ConfigurationLocation& location) : location_(location) {}

  HRESULT STDMETHODCALLTYPE get_Path(BSTR* path) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("a location") ? GiveText(location_.path, path) : E_FAIL;
  }
  HRESULT STDMETHODCALLTYPE get_Count(DWORD* count) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    if (count == nullptr || !Check("a location")) return E_POINTER;
    *count = static_cast<DWORD>(location_.sections.size());
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE get_Item(VARIANT index, IAppHostElement** section) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    if (section == nullptr || !Check("a location")) return E_POINTER;
    *section = nullptr;
    const int found = IndexOf(index, location_.sections.size());
    if (found < 0) return HRESULT_FROM_WIN32(ERROR_INVALID_INDEX);
    return GiveElement(*location_.sections[static_cast<size_t>(found)], section);
  }
  HRESULT STDMETHODCALLTYPE AddConfigSection(BSTR, IAppHostElement** section) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostConfigLocation::AddConfigSection", section);
  }
  HRESULT STDMETHODCALLTYPE DeleteConfigSection(VARIANT) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostConfigLocation::DeleteConfigSection");
  }

 private:
  const ConfigurationLocation& location_;
};

class LocationCollectionObject final : public Counted<IAppHostConfigLocationCollection> {
 public:
  HRESULT STDMETHODCALLTYPE get_Count(DWORD* count) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    if (count == nullptr || !Check("a location collection")) return E_POINTER;
    *count = static_cast<DWORD>(ConfigurationLocations().size());
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE get_Item(VARIANT index, IAppHostConfigLocation** location) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    if (location == nullptr || !Check("a location collection")) return E_POINTER;
    *location = nullptr;
    const int found = IndexOf(index, ConfigurationLocations().size());
    if (found < 0) return HRESULT_FROM_WIN32(ERROR_INVALID_INDEX);
    return GiveNew<LocationObject>(location, ConfigurationLocations()[static_cast<size_t>(found)]);
  }
  HRESULT STDMETHODCALLTYPE AddLocation(BSTR, IAppHostConfigLocation** location) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostConfigLocationCollection::AddLocation", location);
  }
  HRESULT STDMETHODCALLTYPE DeleteLocation(VARIANT) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostConfigLocationCollection::DeleteLocation");
  }
};

class ConfigFileObject final : public Counted<IAppHostConfigFile> {
 public:
  explicit ConfigFileObject(std::wstring path) : path_(std::move(path)) {}

  HRESULT STDMETHODCALLTYPE get_ConfigPath(BSTR* path) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("a configuration file") ? GiveText(path_, path) : E_FAIL;
  }
  HRESULT STDMETHODCALLTYPE get_FilePath(BSTR* path) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    static constexpr wchar_t kFile[] =
        L"C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config";
    return Check("a configuration file") ? GiveText(kFile, path) : E_FAIL;
  }
  HRESULT STDMETHODCALLTYPE get_Locations(IAppHostConfigLocationCollection** locations) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("a configuration file") ? GiveNew<LocationCollectionObject>(locations) : E_FAIL;
  }
  HRESULT STDMETHODCALLTYPE GetAdminSection(BSTR name, BSTR path,
                                            IAppHostElement** section) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("a configuration file") ? GiveSection(name, path, section) : E_FAIL;
  }
  HRESULT STDMETHODCALLTYPE GetMetadata(BSTR, VARIANT*) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostConfigFile::GetMetadata");
  }
  HRESULT STDMETHODCALLTYPE SetMetadata(BSTR, VARIANT) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostConfigFile::SetMetadata");
  }
  HRESULT STDMETHODCALLTYPE ClearInvalidSections() override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostConfigFile::ClearInvalidSections");
  }
  HRESULT STDMETHODCALLTYPE get_RootSectionGroup(IAppHostSectionGroup** group) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostConfigFile::get_RootSectionGroup", group);
  }

 private:
  std::wstring path_;
};

class ConfigManagerObject final : public Counted<IAppHostConfigManager> {
 public:
  HRESULT STDMETHODCALLTYPE GetConfigFile(BSTR path, IAppHostConfigFile** file) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    if (path == nullptr) return E_INVALIDARG;
    return Check("a configuration manager") ? GiveNew<ConfigFileObject>(file, path) : E_FAIL;
  }
  HRESULT STDMETHODCALLTYPE GetUniqueConfigPath(BSTR path, BSTR* unique_path) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    if (path == nullptr) return E_INVALIDARG;
    return Check("a configuration manager") ? GiveText(path, unique_path) : E_FAIL;
  }
};

class AdminManagerObject final : public Counted<IAppHostAdminManager> {
 public:
  // The server's reference is the first; the module's own come on top of it.
  void Reset() { references_ = 1; }
  int references() const { return references_; }

  HRESULT STDMETHODCALLTYPE GetAdminSection(BSTR name, BSTR path,
                                            IAppHostElement** section) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("IAppHostAdminManager") ? GiveSection(name, path, section) : E_FAIL;
  }
  HRESULT STDMETHODCALLTYPE GetMetadata(BSTR, VARIANT*) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostAdminManager::GetMetadata");
  }
  HRESULT STDMETHODCALLTYPE SetMetadata(BSTR, VARIANT) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostAdminManager::SetMetadata");
  }
  HRESULT STDMETHODCALLTYPE get_ConfigManager(IAppHostConfigManager** manager) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("IAppHostAdminManager") ? GiveNew<ConfigManagerObject>(manager) : E_FAIL;
  }
};

AdminManagerObject admin_manager;

}  // namespace

void KeepAppHostObject(std::unique_ptr<AppHostObject> object) {
  given.push_back(std::move(object));
}

int IndexOf(const VARIANT& index, size_t count) {
  VARIANT number;
  VariantInit(&number);
  if (FAILED(VariantChangeType(&number, &index, 0, VT_I4))) return -1;
  const bool is_valid = number.lVal >= 0 && static_cast<size_t>(number.lVal) < count;
  return is_valid ? number.lVal : -1;
}

IAppHostAdminManager* AdminManager() { return &admin_manager; }

int UnreleasedAppHostObjects() {
  int alive = admin_manager.references() > 1 ? 1 : 0;
  for (const auto& object : given) alive += object->is_alive();
  return alive;
}

void ResetAppHost() {
  given.clear();
  admin_manager.Reset();
}

}  // namespace pendulum::win32
