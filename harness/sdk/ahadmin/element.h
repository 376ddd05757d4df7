// Elements, properties and collections of the configuration.
#ifndef PENDULUM_SDK_AHADMIN_ELEMENT_H_
#define PENDULUM_SDK_AHADMIN_ELEMENT_H_

#include "ole/variant.h"

// The schema interfaces are opaque: no known module asks them anything.
struct IAppHostAdminManager;
struct IAppHostChangeHandler;
struct IAppHostChildElementCollection;
struct IAppHostCollectionSchema;
struct IAppHostConfigException;
struct IAppHostConfigFile;
struct IAppHostConfigLocation;
struct IAppHostConfigLocationCollection;
struct IAppHostConfigManager;
struct IAppHostElement;
struct IAppHostElementCollection;
struct IAppHostElementSchema;
struct IAppHostMethod;
struct IAppHostMethodCollection;
struct IAppHostMethodInstance;
struct IAppHostMethodSchema;
struct IAppHostProperty;
struct IAppHostPropertyCollection;
struct IAppHostPropertyException;
struct IAppHostPropertySchema;
struct IAppHostSectionGroup;
struct IAppHostWritableAdminManager;

// An error in a configuration file.
struct __declspec(uuid("4dfa1df3-8900-4bc7-bbb5-d1a458c52410")) IAppHostConfigException
    : public IUnknown {
  virtual HRESULT STDMETHODCALLTYPE get_LineNumber(ULONG* pcLineNumber) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_FileName(BSTR* pbstrFileName) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ConfigPath(BSTR* pbstrConfigPath) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ErrorLine(BSTR* pbstrErrorLine) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_PreErrorLine(BSTR* pbstrPreErrorLine) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_PostErrorLine(BSTR* pbstrPostErrorLine) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ErrorString(BSTR* pbstrErrorString) = 0;
};

// Why a property has no valid value.
struct __declspec(uuid("eafe4895-a929-41ea-b14d-613e23f62b71")) IAppHostPropertyException
    : public IAppHostConfigException {
  virtual HRESULT STDMETHODCALLTYPE get_InvalidValue(BSTR* pbstrValue) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ValidationFailureReason(BSTR* pbstrValidationReason) = 0;
  virtual HRESULT STDMETHODCALLTYPE
  get_ValidationFailureParameters(SAFEARRAY** pParameterArray) = 0;
};

// One attribute of an element.
struct __declspec(uuid("ed35f7a1-5024-4e7b-a44d-07ddaf4b524d")) IAppHostProperty : public IUnknown {
  virtual HRESULT STDMETHODCALLTYPE get_Name(BSTR* pbstrName) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Value(VARIANT* pVariant) = 0;
  virtual HRESULT STDMETHODCALLTYPE put_Value(VARIANT value) = 0;
  virtual HRESULT STDMETHODCALLTYPE Clear() = 0;
  virtual HRESULT STDMETHODCALLTYPE get_StringValue(BSTR* pbstrValue) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Exception(IAppHostPropertyException** ppException) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetMetadata(BSTR bstrMetadataType, VARIANT* pValue) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetMetadata(BSTR bstrMetadataType, VARIANT value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Schema(IAppHostPropertySchema** ppSchema) = 0;
};

// The attributes of an element.
struct __declspec(uuid("0191775e-bcff-445a-b4f4-3bdda54e2816")) IAppHostPropertyCollection
    : public IUnknown {
  virtual HRESULT STDMETHODCALLTYPE get_Count(DWORD* pcCount) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Item(VARIANT cIndex, IAppHostProperty** ppItem) = 0;
};

// The named child elements of an element.
struct __declspec(uuid("08a90f5f-0702-48d6-b45f-02a9885a9768")) IAppHostChildElementCollection
    : public IUnknown {
  virtual HRESULT STDMETHODCALLTYPE get_Count(DWORD* pcCount) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Item(VARIANT cIndex, IAppHostElement** ppItem) = 0;
};

// What <add>, <remove> and <clear> make up.
struct __declspec(uuid("c8550bff-5281-4b1e-ac34-99b6fa38464d")) IAppHostElementCollection
    : public IUnknown {
  virtual HRESULT STDMETHODCALLTYPE get_Count(DWORD* pcCount) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Item(VARIANT cIndex, IAppHostElement** ppItem) = 0;
  virtual HRESULT STDMETHODCALLTYPE AddElement(IAppHostElement* pElement, INT cPosition = -1) = 0;
  virtual HRESULT STDMETHODCALLTYPE DeleteElement(VARIANT cIndex) = 0;
  virtual HRESULT STDMETHODCALLTYPE Clear() = 0;
  virtual HRESULT STDMETHODCALLTYPE CreateNewElement(BSTR bstrElementName,
                                                     IAppHostElement** ppElement) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Schema(IAppHostCollectionSchema** ppSchema) = 0;
};

// A configuration section, or an element in one.
struct __declspec(uuid("64ff8ccc-b287-4dae-b08a-a72cbf45f453")) IAppHostElement : public IUnknown {
  virtual HRESULT STDMETHODCALLTYPE get_Name(BSTR* pbstrName) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Collection(IAppHostElementCollection** ppCollection) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Properties(IAppHostPropertyCollection** ppProperties) = 0;
  virtual HRESULT STDMETHODCALLTYPE
  get_ChildElements(IAppHostChildElementCollection** ppElements) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetMetadata(BSTR bstrMetadataType, VARIANT* pValue) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetMetadata(BSTR bstrMetadataType, VARIANT value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Schema(IAppHostElementSchema** ppSchema) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetElementByName(BSTR bstrSubName,
                                                     IAppHostElement** ppElement) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetPropertyByName(BSTR bstrSubName,
                                                      IAppHostProperty** ppProperty) = 0;
  virtual HRESULT STDMETHODCALLTYPE Clear() = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Methods(IAppHostMethodCollection** ppMethods) = 0;
};

#endif  // PENDULUM_SDK_AHADMIN_ELEMENT_H_
