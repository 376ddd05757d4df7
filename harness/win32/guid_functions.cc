// GUIDs: made from the run's own generator, and their text forms.
#include <cstring>

#include "harness/win32/boundary.h"
#include "harness/win32/format.h"
#include "harness/win32/module_heap.h"
#include "harness/win32/random.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

constexpr int kTextLength = 36;    // 00000000-0000-0000-0000-000000000000
constexpr int kBracedLength = 38;  // the same in braces

GUID NewGuid() {
  const uint64_t words[2] = {NextRandom(), NextRandom()};
  GUID guid;
  std::memcpy(&guid, words, sizeof(guid));
  guid.Data3 = static_cast<unsigned short>((guid.Data3 & 0x0FFF) | 0x4000);
  guid.Data4[0] = static_cast<unsigned char>((guid.Data4[0] & 0x3F) | 0x80);
  return guid;
}

template <typename Character>
void WriteText(const GUID& guid, bool is_upper, Character* text) {
  const char* const digits = is_upper ? "0123456789ABCDEF" : "0123456789abcdef";
  const auto put = [&](uint32_t value, int count) {
    for (int shift = 4 * (count - 1); shift >= 0; shift -= 4) {
      *text++ = static_cast<Character>(digits[(value >> shift) & 0xF]);
    }
  };
  const auto dash = [&] { *text++ = static_cast<Character>('-'); };
  put(guid.Data1, 8);
  dash();
  put(guid.Data2, 4);
  dash();
  put(guid.Data3, 4);
  dash();
  for (int i = 0; i < 8; ++i) {
    put(guid.Data4[i], 2);
    if (i == 1) dash();
  }
}

template <typename Character>
int HexValue(Character c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Reads kTextLength characters; false when they are not a GUID.
template <typename Character>
bool ReadText(const Character* text, GUID* guid) {
  uint8_t bytes[16];
  int count = 0;
  for (int i = 0; i < kTextLength;) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i++] != '-') return false;
      continue;
    }
    const int high = HexValue(text[i]);
    const int low = high < 0 ? -1 : HexValue(text[i + 1]);
    if (low < 0) return false;
    bytes[count++] = static_cast<uint8_t>(high * 16 + low);
    i += 2;
  }
  guid->Data1 = uint32_t{bytes[0]} << 24 | uint32_t{bytes[1]} << 16 | uint32_t{bytes[2]} << 8 |
                uint32_t{bytes[3]};
  guid->Data2 = static_cast<unsigned short>(bytes[4] << 8 | bytes[5]);
  guid->Data3 = static_cast<unsigned short>(bytes[6] << 8 | bytes[7]);
  std::memcpy(guid->Data4, bytes + 8, 8);
  return true;
}

HRESULT ReadBraced(LPCOLESTR text, GUID* guid) {
  *guid = GUID{};
  if (text == nullptr) return S_OK;
  GUID read;
  const bool is_guid = std::wcslen(text) == kBracedLength && text[0] == L'{' &&
                       text[kBracedLength - 1] == L'}' && ReadText(text + 1, &read);
  if (!is_guid) return MAKE_HRESULT(SEVERITY_ERROR, FACILITY_ITF, 0x1F3);  // CO_E_CLASSSTRING
  *guid = read;
  return S_OK;
}

void WriteBraced(const GUID& guid, OLECHAR* text) {
  text[0] = L'{';
  WriteText(guid, true, text + 1);
  text[kBracedLength - 1] = L'}';
  text[kBracedLength] = L'\0';
}

template <typename Character>
RPC_STATUS NewText(const UUID* uuid, Character** text) {
  *text = static_cast<Character*>(AllocateForModule((kTextLength + 1) * sizeof(Character)));
  if (*text == nullptr) return ERROR_NOT_ENOUGH_MEMORY;
  WriteText(uuid == nullptr ? UUID{} : *uuid, false, *text);
  (*text)[kTextLength] = 0;
  return RPC_S_OK;
}

template <typename Character>
RPC_STATUS FreeText(Character** text) {
  FreeForModule(*text);
  *text = nullptr;
  return RPC_S_OK;
}

constexpr RPC_STATUS kInvalidStringUuid = 1705;  // RPC_S_INVALID_STRING_UUID

template <typename Character>
RPC_STATUS UuidFromText(const Character* text, UUID* uuid) {
  *uuid = UUID{};
  if (text == nullptr) return RPC_S_OK;
  int length = 0;
  while (length <= kTextLength && text[length] != 0) ++length;
  return length == kTextLength && ReadText(text, uuid) ? RPC_S_OK : kInvalidStringUuid;
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.

extern "C" HRESULT WINAPI CoCreateGuid(GUID* guid) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  *guid = NewGuid();
  return S_OK;
}

extern "C" RPC_STATUS UuidCreate(UUID* uuid) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  *uuid = NewGuid();
  return RPC_S_OK;
}

extern "C" int WINAPI StringFromGUID2(REFGUID guid, LPOLESTR buffer, int length) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  if (length <= kBracedLength) return 0;
  WriteBraced(guid, buffer);
  return kBracedLength + 1;
}

extern "C" HRESULT WINAPI StringFromCLSID(REFCLSID class_id, LPOLESTR* text) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  *text = static_cast<LPOLESTR>(CoTaskMemAlloc((kBracedLength + 1) * sizeof(OLECHAR)));
  if (*text == nullptr) return E_OUTOFMEMORY;
  WriteBraced(class_id, *text);
  return S_OK;
}

extern "C" HRESULT WINAPI CLSIDFromString(LPCOLESTR text, LPCLSID class_id) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return ReadBraced(text, class_id);
}

extern "C" HRESULT WINAPI IIDFromString(LPCOLESTR text, LPIID interface_id) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return ReadBraced(text, interface_id);
}

extern "C" RPC_STATUS UuidToStringA(const UUID* uuid, RPC_CSTR* text) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return NewText(uuid, text);
}

extern "C" RPC_STATUS UuidToStringW(const UUID* uuid, RPC_WSTR* text) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return NewText(uuid, text);
}

extern "C" RPC_STATUS UuidFromStringA(RPC_CSTR text, UUID* uuid) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return UuidFromText(text, uuid);
}

extern "C" RPC_STATUS UuidFromStringW(RPC_WSTR text, UUID* uuid) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return UuidFromText(text, uuid);
}

extern "C" RPC_STATUS RpcStringFreeA(RPC_CSTR* text) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FreeText(text);
}

extern "C" RPC_STATUS RpcStringFreeW(RPC_WSTR* text) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FreeText(text);
}
