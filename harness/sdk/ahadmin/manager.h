// Where sections of the configuration are found: managers, files and locations.
#ifndef PENDULUM_SDK_AHADMIN_MANAGER_H_
#define PENDULUM_SDK_AHADMIN_MANAGER_H_

#include "ahadmin/element.h"

// A <location> of a configuration file: the sections set for one path.
struct __declspec(uuid("370af178-7758-4dad-8146-7391f6e18585")) IAppHostConfigLocation
    : public IUnknown {
  virtual HRESULT STDMETHODCALLTYPE get_Path(BSTR* pbstrLocationPath) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Count(DWORD* pcCount) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Item(VARIANT cIndex, IAppHostElement** ppSection) = 0;
  virtual HRESULT STDMETHODCALLTYPE AddConfigSection(BSTR bstrSectionName,
                                                     IAppHostElement** ppAdminElement) = 0;
  virtual HRESULT STDMETHODCALLTYPE DeleteConfigSection(VARIANT cIndex) = 0;
};

// The locations of a configuration file.
struct __declspec(uuid("832a32f7-b3ea-4b8c-b260-9a2923001184")) IAppHostConfigLocationCollection
    : public IUnknown {
  virtual HRESULT STDMETHODCALLTYPE get_Count(DWORD* pcCount) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Item(VARIANT varIndex,
                                             IAppHostConfigLocation** ppLocation) = 0;
  virtual HRESULT STDMETHODCALLTYPE AddLocation(BSTR bstrLocationPath,
                                                IAppHostConfigLocation** ppNewLocation) = 0;
  virtual HRESULT STDMETHODCALLTYPE DeleteLocation(VARIANT cIndex) = 0;
};

// One configuration file.
struct __declspec(uuid("ada4e6fb-e025-401e-a5d0-c3134a281f07")) IAppHostConfigFile
    : public IUnknown {
  virtual HRESULT STDMETHODCALLTYPE get_ConfigPath(BSTR* pbstrConfigPath) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_FilePath(BSTR* pbstrFilePath) = 0;
  virtual HRESULT STDMETHODCALLTYPE
  get_Locations(IAppHostConfigLocationCollection** ppLocations) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetAdminSection(BSTR bstrSectionName, BSTR bstrPath,
                                                    IAppHostElement** ppAdminSection) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetMetadata(BSTR bstrMetadataType, VARIANT* pValue) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetMetadata(BSTR bstrMetadataType, VARIANT value) = 0;
  virtual HRESULT STDMETHODCALLTYPE ClearInvalidSections() = 0;
  virtual HRESULT STDMETHODCALLTYPE
  get_RootSectionGroup(IAppHostSectionGroup** ppSectionGroups) = 0;
};

// Finds configuration files.
struct __declspec(uuid("8f6d760f-f0cb-4d69-b5f6-848b33e9bdc6")) IAppHostConfigManager
    : public IUnknown {
  virtual HRESULT STDMETHODCALLTYPE GetConfigFile(BSTR bstrConfigPath,
                                                  IAppHostConfigFile** ppConfigFile) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetUniqueConfigPath(BSTR bstrConfigPath,
                                                        BSTR* pbstrUniquePath) = 0;
};

// The configuration, as IHttpServer::GetAdminManager gives it.
struct __declspec(uuid("9be77978-73ed-4a9a-87fd-13f09fec1b13")) IAppHostAdminManager
    : public IUnknown {
  virtual HRESULT STDMETHODCALLTYPE GetAdminSection(BSTR bstrSectionName, BSTR bstrPath,
                                                    IAppHostElement** ppAdminSection) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetMetadata(BSTR bstrMetadataType, VARIANT* pValue) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetMetadata(BSTR bstrMetadataType, VARIANT value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ConfigManager(IAppHostConfigManager** ppConfigManager) = 0;
};

// The configuration, and a way to write it back.
struct __declspec(uuid("fa7660f6-7b3f-4237-a8bf-ed0ad0dcbbd9")) IAppHostWritableAdminManager
    : public IAppHostAdminManager {
  virtual HRESULT STDMETHODCALLTYPE CommitChanges() = 0;
  virtual HRESULT STDMETHODCALLTYPE get_CommitPath(BSTR* pbstrCommitPath) = 0;
  virtual HRESULT STDMETHODCALLTYPE put_CommitPath(BSTR bstrCommitPath) = 0;
};

// One call of a configuration method.
struct __declspec(uuid("b80f3c42-60e0-4ae0-9007-f52852d3dbed")) IAppHostMethodInstance
    : public IUnknown {
  virtual HRESULT STDMETHODCALLTYPE get_Input(IAppHostElement** ppInputElement) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Output(IAppHostElement** ppOutputElement) = 0;
  virtual HRESULT STDMETHODCALLTYPE Execute() = 0;
  virtual HRESULT STDMETHODCALLTYPE GetMetadata(BSTR bstrMetadataType, VARIANT* pValue) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetMetadata(BSTR bstrMetadataType, VARIANT value) = 0;
};

// A method of an element.
struct __declspec(uuid("7883ca1c-1112-4447-84c3-52fbeb38069d")) IAppHostMethod : public IUnknown {
  virtual HRESULT STDMETHODCALLTYPE get_Name(BSTR* pbstrName) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Schema(IAppHostMethodSchema** ppSchema) = 0;
  virtual HRESULT STDMETHODCALLTYPE CreateInstance(IAppHostMethodInstance** ppMethodInstance) = 0;
};

// The methods of an element.
struct __declspec(uuid("d6c7cd8f-bb8d-4f96-b591-d3a5f1320269")) IAppHostMethodCollection
    : public IUnknown {
  virtual HRESULT STDMETHODCALLTYPE get_Count(DWORD* pcCount) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Item(VARIANT cIndex, IAppHostMethod** ppItem) = 0;
};

// Hears of changed sections. Implemented by modules.
struct __declspec(uuid("09829352-87c2-418d-8d79-4133969a489d")) IAppHostChangeHandler
    : public IUnknown {
  virtual HRESULT STDMETHODCALLTYPE OnSectionChanges(BSTR bstrSectionName, BSTR bstrConfigPath) = 0;
};

#endif  // PENDULUM_SDK_AHADMIN_MANAGER_H_
