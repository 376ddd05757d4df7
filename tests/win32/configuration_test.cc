#include "harness/win32/configuration.h"

#include "harness/win32/app_host.h"
#include "tests/win32/simulation.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

constexpr const char* kConfiguration = R"({
  "system.webServer/myModule": {
    "enabled": true, "name": "first", "limit": 5, "offset": -7,
    "child": {"depth": 2},
    "collection": [{"key": "a"}, {"key": "b"}]
  },
  "system.webServer/defaultDocument": {"files": [{"value": "index.htm"}]},
  "MACHINE/WEBROOT/APPHOST/Default Web Site": {
    "system.webServer/myModule": {"enabled": false}
  }
})";

// The words of a module that uses the interfaces: each BSTR is freed after its call.
class Text {
 public:
  explicit Text(const wchar_t* text) : string_(SysAllocString(text)) {}
  ~Text() { SysFreeString(string_); }
  operator BSTR() const { return string_; }

 private:
  BSTR string_;
};

class ConfigurationTest : public Simulation {
 protected:
  ConfigurationTest() { SetConfiguration(kConfiguration); }

  IAppHostElement* Section(const wchar_t* path) {
    IAppHostElement* section = nullptr;
    EXPECT_EQ(
        AdminManager()->GetAdminSection(Text(L"system.webServer/myModule"), Text(path), &section),
        S_OK);
    return section;
  }

  VARIANT Value(IAppHostElement* element, const wchar_t* name) {
    IAppHostProperty* property = nullptr;
    VARIANT value;
    VariantInit(&value);
    EXPECT_EQ(element->GetPropertyByName(Text(name), &property), S_OK);
    if (property == nullptr) return value;
    EXPECT_EQ(property->get_Value(&value), S_OK);
    property->Release();
    return value;
  }
};

TEST_F(ConfigurationTest, PropertiesHaveTheirTypes) {
  IAppHostElement* section = Section(L"MACHINE/WEBROOT/APPHOST");
  ASSERT_NE(section, nullptr);
  VARIANT value = Value(section, L"enabled");
  EXPECT_EQ(value.vt, VT_BOOL);
  EXPECT_EQ(value.boolVal, VARIANT_TRUE);
  value = Value(section, L"limit");
  EXPECT_EQ(value.vt, VT_UI4);
  EXPECT_EQ(value.ulVal, 5u);
  value = Value(section, L"offset");
  EXPECT_EQ(value.vt, VT_I8);
  EXPECT_EQ(value.llVal, -7);
  value = Value(section, L"name");
  ASSERT_EQ(value.vt, VT_BSTR);
  EXPECT_STREQ(value.bstrVal, L"first");
  VariantClear(&value);
  EXPECT_EQ(section->Release(), 0u);
  EXPECT_EQ(UnreleasedAppHostObjects(), 0);
}

TEST_F(ConfigurationTest, ASectionIsThatOfTheNearestPath) {
  IAppHostElement* below = Section(L"machine/webroot/apphost/default web site/app");
  EXPECT_EQ(Value(below, L"enabled").boolVal, VARIANT_FALSE);
  IAppHostElement* other = Section(L"MACHINE/WEBROOT/APPHOST/Default Web Site 2");
  EXPECT_EQ(Value(other, L"enabled").boolVal, VARIANT_TRUE);
  below->Release();
  other->Release();
}

TEST_F(ConfigurationTest, CollectionsAndChildrenAreCountedAndFound) {
  IAppHostElement* section = Section(L"");
  IAppHostElementCollection* collection = nullptr;
  ASSERT_EQ(section->get_Collection(&collection), S_OK);
  DWORD count = 0;
  EXPECT_EQ(collection->get_Count(&count), S_OK);
  ASSERT_EQ(count, 2u);
  VARIANT index;
  VariantInit(&index);
  index.vt = VT_I2;
  index.iVal = 1;
  IAppHostElement* item = nullptr;
  ASSERT_EQ(collection->get_Item(index, &item), S_OK);
  VARIANT key = Value(item, L"key");
  EXPECT_STREQ(key.bstrVal, L"b");
  VariantClear(&key);
  index.iVal = 2;
  IAppHostElement* none = item;
  EXPECT_EQ(collection->get_Item(index, &none), HRESULT_FROM_WIN32(ERROR_INVALID_INDEX));
  EXPECT_EQ(none, nullptr);
  IAppHostElement* child = nullptr;
  ASSERT_EQ(section->GetElementByName(Text(L"child"), &child), S_OK);
  EXPECT_EQ(Value(child, L"depth").ulVal, 2u);
  EXPECT_EQ(UnreleasedAppHostObjects(), 4);
  for (IUnknown* object : {static_cast<IUnknown*>(child), static_cast<IUnknown*>(item),
                           static_cast<IUnknown*>(collection), static_cast<IUnknown*>(section)}) {
    EXPECT_EQ(object->Release(), 0u);
  }
  EXPECT_EQ(UnreleasedAppHostObjects(), 0);
}

TEST_F(ConfigurationTest, WhatIsNotThereFailsAndIsNoted) {
  IAppHostElement* section = nullptr;
  EXPECT_EQ(AdminManager()->GetAdminSection(Text(L"system.webServer/other"), Text(L""), &section),
            HRESULT_FROM_WIN32(ERROR_INVALID_DATA));
  EXPECT_EQ(section, nullptr);
  EXPECT_TRUE(WasCaptured("section system.webServer/other is not in the scenario"));
  section = Section(L"");
  IAppHostProperty* property = nullptr;
  EXPECT_EQ(section->GetPropertyByName(Text(L"missing"), &property),
            HRESULT_FROM_WIN32(ERROR_INVALID_INDEX));
  EXPECT_TRUE(WasCaptured("property missing is not in system.webServer/myModule"));
  section->Release();
}

TEST_F(ConfigurationTest, UseAfterTheLastReleaseIsNoted) {
  IAppHostElement* section = Section(L"");
  section->Release();
  BSTR name = nullptr;
  EXPECT_EQ(section->get_Name(&name), E_FAIL);
  EXPECT_TRUE(WasCaptured("an element was used after its last Release"));
}

TEST_F(ConfigurationTest, LocationsAreListed) {
  IAppHostConfigManager* manager = nullptr;
  IAppHostConfigFile* file = nullptr;
  IAppHostConfigLocationCollection* locations = nullptr;
  ASSERT_EQ(AdminManager()->get_ConfigManager(&manager), S_OK);
  ASSERT_EQ(manager->GetConfigFile(Text(L"MACHINE/WEBROOT/APPHOST"), &file), S_OK);
  ASSERT_EQ(file->get_Locations(&locations), S_OK);
  DWORD count = 0;
  EXPECT_EQ(locations->get_Count(&count), S_OK);
  EXPECT_EQ(count, 2u);
}

}  // namespace
}  // namespace pendulum::win32
