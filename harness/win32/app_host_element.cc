#include "harness/win32/app_host_element.h"

#include "harness/win32/app_host_object.h"
#include "harness/win32/conversion.h"

namespace pendulum::win32 {
namespace {

constexpr int kErrorInvalidIndex = ERROR_INVALID_INDEX;
using Name = NarrowText<128>;
using Elements = std::vector<const ConfigurationElement*>;

// What a module asks for and does not find is worth a line in the report.
HRESULT NotThere(const char* what, const wchar_t* name, const ConfigurationElement& element) {
  CaptureLine("configuration: ", what, Name(name).c_str(),
              (std::string(" is not in ") + Name(element.name.c_str()).c_str()).c_str());
  return HRESULT_FROM_WIN32(kErrorInvalidIndex);
}

class PropertyObject final : public Counted<IAppHostProperty> {
 public:
  explicit PropertyObject(const ConfigurationProperty& property) : property_(property) {}

  HRESULT STDMETHODCALLTYPE get_Name(BSTR* name) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("a property") ? GiveText(property_.name, name) : E_FAIL;
  }
  HRESULT STDMETHODCALLTYPE get_Value(VARIANT* value) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    if (value == nullptr) return E_POINTER;
    VariantInit(value);
    if (!Check("a property")) return E_FAIL;
    using Type = ConfigurationProperty::Type;
    switch (property_.type) {
      case Type::kBoolean:
        value->vt = VT_BOOL;
        value->boolVal = property_.number != 0 ? VARIANT_TRUE : VARIANT_FALSE;
        return S_OK;
      case Type::kUnsigned:
        value->vt = VT_UI4;
        value->ulVal = static_cast<ULONG>(property_.number);
        return S_OK;
      case Type::kSigned:
        value->vt = VT_I8;
        value->llVal = property_.number;
        return S_OK;
      case Type::kText:
        value->vt = VT_BSTR;
        return GiveText(property_.text, &value->bstrVal);
    }
    return E_FAIL;
  }
  HRESULT STDMETHODCALLTYPE get_StringValue(BSTR* value) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("a property") ? GiveText(property_.text, value) : E_FAIL;
  }
  // Every value of the scenario is valid, so no property has an exception.
  HRESULT STDMETHODCALLTYPE get_Exception(IAppHostPropertyException** exception) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    if (exception == nullptr) return E_POINTER;
    *exception = nullptr;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE put_Value(VARIANT) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostProperty::put_Value");
  }
  HRESULT STDMETHODCALLTYPE Clear() override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostProperty::Clear");
  }
  HRESULT STDMETHODCALLTYPE GetMetadata(BSTR, VARIANT*) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostProperty::GetMetadata");
  }
  HRESULT STDMETHODCALLTYPE SetMetadata(BSTR, VARIANT) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostProperty::SetMetadata");
  }
  HRESULT STDMETHODCALLTYPE get_Schema(IAppHostPropertySchema** schema) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostProperty::get_Schema", schema);
  }

 private:
  const ConfigurationProperty& property_;
};

// An index that is a name finds the property or child element of that name.
template <typename Items, typename Named>
int FindItem(const Items& items, const VARIANT& index, Named name_of) {
  if (index.vt != VT_BSTR) return IndexOf(index, items.size());
  for (size_t i = 0; i < items.size() && index.bstrVal != nullptr; ++i) {
    if (name_of(items[i]) == index.bstrVal) return static_cast<int>(i);
  }
  return -1;
}

HRESULT GiveCount(size_t count, DWORD* place) {
  if (place == nullptr) return E_POINTER;
  *place = static_cast<DWORD>(count);
  return S_OK;
}

class PropertyCollectionObject final : public Counted<IAppHostPropertyCollection> {
 public:
  explicit PropertyCollectionObject(const ConfigurationElement& element) : element_(element) {}

  HRESULT STDMETHODCALLTYPE get_Count(DWORD* count) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("a property collection") ? GiveCount(element_.properties.size(), count) : E_FAIL;
  }
  HRESULT STDMETHODCALLTYPE get_Item(VARIANT index, IAppHostProperty** item) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    if (item == nullptr) return E_POINTER;
    *item = nullptr;
    if (!Check("a property collection")) return E_FAIL;
    const int found =
        FindItem(element_.properties, index, [](const auto& property) { return property.name; });
    if (found < 0) return HRESULT_FROM_WIN32(kErrorInvalidIndex);
    return GiveNew<PropertyObject>(item, element_.properties[static_cast<size_t>(found)]);
  }

 private:
  const ConfigurationElement& element_;
};

HRESULT GiveItem(const Elements& elements, const VARIANT& index, IAppHostElement** item) {
  if (item == nullptr) return E_POINTER;
  *item = nullptr;
  const int found = FindItem(elements, index, [](const auto* element) { return element->name; });
  if (found < 0) return HRESULT_FROM_WIN32(kErrorInvalidIndex);
  return GiveElement(*elements[static_cast<size_t>(found)], item);
}

class ChildCollectionObject final : public Counted<IAppHostChildElementCollection> {
 public:
  explicit ChildCollectionObject(const ConfigurationElement& element) : element_(element) {}

  HRESULT STDMETHODCALLTYPE get_Count(DWORD* count) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("a child collection") ? GiveCount(element_.children.size(), count) : E_FAIL;
  }
  HRESULT STDMETHODCALLTYPE get_Item(VARIANT index, IAppHostElement** item) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("a child collection") ? GiveItem(element_.children, index, item) : E_FAIL;
  }

 private:
  const ConfigurationElement& element_;
};

class ElementCollectionObject final : public Counted<IAppHostElementCollection> {
 public:
  explicit ElementCollectionObject(const ConfigurationElement& element) : element_(element) {}

  HRESULT STDMETHODCALLTYPE get_Count(DWORD* count) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("a collection") ? GiveCount(element_.collection.size(), count) : E_FAIL;
  }
  HRESULT STDMETHODCALLTYPE get_Item(VARIANT index, IAppHostElement** item) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("a collection") ? GiveItem(element_.collection, index, item) : E_FAIL;
  }
  HRESULT STDMETHODCALLTYPE AddElement(IAppHostElement*, INT) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostElementCollection::AddElement");
  }
  HRESULT STDMETHODCALLTYPE DeleteElement(VARIANT) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostElementCollection::DeleteElement");
  }
  HRESULT STDMETHODCALLTYPE Clear() override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostElementCollection::Clear");
  }
  HRESULT STDMETHODCALLTYPE CreateNewElement(BSTR, IAppHostElement** element) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostElementCollection::CreateNewElement", element);
  }
  HRESULT STDMETHODCALLTYPE get_Schema(IAppHostCollectionSchema** schema) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostElementCollection::get_Schema", schema);
  }

 private:
  const ConfigurationElement& element_;
};

class ElementObject final : public Counted<IAppHostElement> {
 public:
  explicit ElementObject(const ConfigurationElement& element) : element_(element) {}

  HRESULT STDMETHODCALLTYPE get_Name(BSTR* name) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("an element") ? GiveText(element_.name, name) : E_FAIL;
  }
  // An element without a collection gives an empty one.
  HRESULT STDMETHODCALLTYPE get_Collection(IAppHostElementCollection** collection) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("an element") ? GiveNew<ElementCollectionObject>(collection, element_) : E_FAIL;
  }
  HRESULT STDMETHODCALLTYPE get_Properties(IAppHostPropertyCollection** properties) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("an element") ? GiveNew<PropertyCollectionObject>(properties, element_) : E_FAIL;
  }
  HRESULT STDMETHODCALLTYPE get_ChildElements(IAppHostChildElementCollection** children) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return Check("an element") ? GiveNew<ChildCollectionObject>(children, element_) : E_FAIL;
  }
  HRESULT STDMETHODCALLTYPE GetElementByName(BSTR name, IAppHostElement** element) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    if (element == nullptr) return E_POINTER;
    *element = nullptr;
    if (name == nullptr || !Check("an element")) return E_INVALIDARG;
    for (const ConfigurationElement* child : element_.children) {
      if (child->name == name) return GiveElement(*child, element);
    }
    return NotThere("element ", name, element_);
  }
  HRESULT STDMETHODCALLTYPE GetPropertyByName(BSTR name, IAppHostProperty** property) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    if (property == nullptr) return E_POINTER;
    *property = nullptr;
    if (name == nullptr || !Check("an element")) return E_INVALIDARG;
    for (const ConfigurationProperty& candidate : element_.properties) {
      if (candidate.name == name) return GiveNew<PropertyObject>(property, candidate);
    }
    return NotThere("property ", name, element_);
  }
  HRESULT STDMETHODCALLTYPE GetMetadata(BSTR, VARIANT*) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostElement::GetMetadata");
  }
  HRESULT STDMETHODCALLTYPE SetMetadata(BSTR, VARIANT) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostElement::SetMetadata");
  }
  HRESULT STDMETHODCALLTYPE get_Schema(IAppHostElementSchema** schema) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostElement::get_Schema", schema);
  }
  HRESULT STDMETHODCALLTYPE Clear() override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostElement::Clear");
  }
  HRESULT STDMETHODCALLTYPE get_Methods(IAppHostMethodCollection** methods) override {
    CallScope call(__builtin_return_address(0), Points::kQuiet);
    return NoSuchMethod("IAppHostElement::get_Methods", methods);
  }

 private:
  const ConfigurationElement& element_;
};

}  // namespace

HRESULT GiveElement(const ConfigurationElement& element, IAppHostElement** place) {
  return GiveNew<ElementObject>(place, element);
}

}  // namespace pendulum::win32
