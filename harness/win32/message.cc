// FormatMessage: short texts for the errors that modules meet.
#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "harness/win32/boundary.h"
#include "harness/win32/capture.h"
#include "harness/win32/text_result.h"
#include "harness/win32/thread_state.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

constexpr DWORD kMessageNotFound = 317;  // ERROR_MR_MID_NOT_FOUND
constexpr size_t kMaxMessageBytes = 1024;

struct Message {
  DWORD id;
  const char* text;
};

constexpr Message kMessages[] = {
    {ERROR_SUCCESS, "The operation completed successfully."},
    {ERROR_INVALID_FUNCTION, "Incorrect function."},
    {ERROR_FILE_NOT_FOUND, "The system cannot find the file specified."},
    {ERROR_PATH_NOT_FOUND, "The system cannot find the path specified."},
    {ERROR_ACCESS_DENIED, "Access is denied."},
    {ERROR_INVALID_HANDLE, "The handle is invalid."},
    {ERROR_NOT_ENOUGH_MEMORY, "Not enough memory."},
    {ERROR_INVALID_DATA, "The data is invalid."},
    {ERROR_OUTOFMEMORY, "Not enough memory to complete this operation."},
    {ERROR_SHARING_VIOLATION, "The file is being used by another process."},
    {ERROR_HANDLE_EOF, "Reached the end of the file."},
    {ERROR_NOT_SUPPORTED, "The request is not supported."},
    {ERROR_NETNAME_DELETED, "The specified network name is no longer available."},
    {ERROR_FILE_EXISTS, "The file exists."},
    {ERROR_INVALID_PARAMETER, "The parameter is incorrect."},
    {ERROR_BROKEN_PIPE, "The pipe has been ended."},
    {ERROR_CALL_NOT_IMPLEMENTED, "This function is not supported on this system."},
    {ERROR_INSUFFICIENT_BUFFER, "The data area passed to a system call is too small."},
    {ERROR_MOD_NOT_FOUND, "The specified module could not be found."},
    {ERROR_PROC_NOT_FOUND, "The specified procedure could not be found."},
    {ERROR_ALREADY_EXISTS, "The file already exists."},
    {ERROR_ENVVAR_NOT_FOUND, "The environment option was not found."},
    {ERROR_MORE_DATA, "More data is available."},
    {ERROR_OPERATION_ABORTED, "The operation was aborted."},
    {ERROR_IO_PENDING, "An overlapped operation is in progress."},
    {ERROR_NOT_FOUND, "Element not found."},
    {ERROR_CANCELLED, "The operation was canceled by the user."},
    {ERROR_CONNECTION_ABORTED, "The network connection was aborted by the local system."},
    {ERROR_TIMEOUT, "The timeout period expired."},
};

const char* TextOf(DWORD id) {
  // An HRESULT of FACILITY_WIN32 has the text of its code.
  const DWORD code = id >> 16 == 0x8007 ? id & 0xFFFF : id;
  for (const Message& message : kMessages) {
    if (message.id == code) return message.text;
  }
  return nullptr;
}

// Replaces %1 to %9 by texts and %n by a line end; %1!s! and the like are taken for %1.
template <typename NextText>
size_t Insert(std::string_view format, bool ignores_inserts, NextText text_of, char* result) {
  size_t used = 0;
  const auto put = [&](std::string_view text) {
    const size_t count = std::min(text.size(), kMaxMessageBytes - 1 - used);
    std::memcpy(result + used, text.data(), count);
    used += count;
  };
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      put(format.substr(i, 1));
      continue;
    }
    const char next = format[++i];
    if (next == 'n') {
      put("\r\n");
    } else if (next >= '1' && next <= '9' && !ignores_inserts) {
      put(text_of(next - '1'));
      if (i + 1 < format.size() && format[i + 1] == '!')
        i = std::min(format.find('!', i + 2), format.size());
    } else if (next >= '1' && next <= '9') {
      put(format.substr(i - 1, 2));
    } else {
      put(std::string_view(&next, 1));
    }
  }
  result[used] = '\0';
  return used;
}

template <typename Character>
std::string_view Narrow(const Character* text, char (&buffer)[kMaxMessageBytes]) {
  if (text == nullptr) return "(null)";
  if constexpr (std::is_same_v<Character, char>) {
    return text;
  } else {
    const Converted converted = NarrowToUtf8(text, buffer, sizeof(buffer));
    return {buffer, converted.length};
  }
}

// The inserts as an array of pointers, from either form in which a caller gives them.
template <typename Character>
void GetInserts(DWORD flags, va_list* arguments, const Character* (&inserts)[9], int count) {
  std::fill(std::begin(inserts), std::end(inserts), nullptr);
  if (arguments == nullptr) return;
  for (int i = 0; i < count; ++i) {
    if ((flags & FORMAT_MESSAGE_ARGUMENT_ARRAY) != 0) {
      inserts[i] = reinterpret_cast<const Character* const*>(arguments)[i];
    } else {
      inserts[i] = va_arg(*arguments, const Character*);
    }
  }
}

int HighestInsert(std::string_view format) {
  int highest = 0;
  for (size_t i = 0; i + 1 < format.size(); ++i) {
    if (format[i] == '%' && format[i + 1] >= '1' && format[i + 1] <= '9') {
      highest = std::max(highest, format[i + 1] - '0');
    }
  }
  return highest;
}

DWORD Fail(DWORD error) {
  Self().last_error = error;
  return 0;
}

template <typename Character>
DWORD Give(DWORD flags, std::string_view text, Character* buffer, DWORD size) {
  if ((flags & FORMAT_MESSAGE_ALLOCATE_BUFFER) == 0) {
    const DWORD length = GiveText(text, buffer, size);
    return length >= size ? Fail(ERROR_INSUFFICIENT_BUFFER) : length;
  }
  const size_t length = LengthFor(text, buffer);
  const auto allocated = static_cast<Character*>(
      LocalAlloc(LMEM_FIXED, std::max<size_t>(length + 1, size) * sizeof(Character)));
  if (allocated == nullptr) return 0;
  CopyText(text, allocated);
  *reinterpret_cast<Character**>(buffer) = allocated;
  return static_cast<DWORD>(length);
}

template <typename Character>
DWORD FormatText(DWORD flags, LPCVOID source, DWORD id, Character* buffer, DWORD size,
                 va_list* arguments) {
  char source_buffer[kMaxMessageBytes];
  char result[kMaxMessageBytes];
  std::string_view format;
  const bool is_from_string = (flags & FORMAT_MESSAGE_FROM_STRING) != 0;
  if (is_from_string) {
    format = Narrow(static_cast<const Character*>(source), source_buffer);
  } else if ((flags & FORMAT_MESSAGE_FROM_SYSTEM) != 0 && TextOf(id) != nullptr) {
    std::snprintf(source_buffer, sizeof(source_buffer), "%s%%n", TextOf(id));
    format = source_buffer;
  } else {
    return Fail(kMessageNotFound);
  }
  const Character* inserts[9];
  GetInserts(flags, arguments, inserts, HighestInsert(format));
  char insert_buffer[kMaxMessageBytes];
  const size_t length = Insert(
      format, (flags & FORMAT_MESSAGE_IGNORE_INSERTS) != 0,
      [&](int index) { return Narrow(inserts[index], insert_buffer); }, result);
  return Give(flags, {result, length}, buffer, size);
}

}  // namespace
}  // namespace pendulum::win32

using namespace pendulum::win32;  // The functions below are this namespace's in C linkage.

extern "C" DWORD WINAPI FormatMessageA(DWORD flags, LPCVOID source, DWORD message_id, DWORD,
                                       LPSTR buffer, DWORD size, va_list* arguments) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FormatText(flags, source, message_id, buffer, size, arguments);
}

extern "C" DWORD WINAPI FormatMessageW(DWORD flags, LPCVOID source, DWORD message_id, DWORD,
                                       LPWSTR buffer, DWORD size, va_list* arguments) {
  CallScope call(__builtin_return_address(0), Points::kQuiet);
  return FormatText(flags, source, message_id, buffer, size, arguments);
}
