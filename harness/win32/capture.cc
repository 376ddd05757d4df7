#include "harness/win32/capture.h"

#include <cassert>
#include <cstring>

#include "harness/win32/boundary.h"
#include "harness/win32/thread_state.h"
#include "windows.h"

namespace pendulum::win32 {
namespace {

char lines[kMaxCapturedLines][kMaxCapturedLineBytes + 1];
int line_count = 0;

size_t AppendPart(char* line, size_t used, std::string_view part) {
  for (const char character : part) {
    if (used == kMaxCapturedLineBytes) break;
    const bool is_line_end = character == '\n' || character == '\r' || character == '\0';
    line[used++] = is_line_end ? ' ' : character;
  }
  return used;
}

}  // namespace

void CaptureLine(std::string_view first, std::string_view second, std::string_view third,
                 std::string_view fourth) {
  if (line_count == kMaxCapturedLines) return;
  char* line = lines[line_count++];
  size_t used = 0;
  for (const std::string_view part : {first, second, third, fourth}) {
    used = AppendPart(line, used, part);
  }
  while (used > 0 && line[used - 1] == ' ') --used;
  line[used] = '\0';
}

void NotSimulated(const char* function) {
  Self().last_error = ERROR_CALL_NOT_IMPLEMENTED;
  static constexpr std::string_view kPrefix = "not simulated: ";
  for (int i = 0; i < line_count; ++i) {
    const std::string_view line = lines[i];
    if (line.substr(0, kPrefix.size()) == kPrefix && line.substr(kPrefix.size()) == function) {
      return;
    }
  }
  CaptureLine(kPrefix, function);
}

void ResetCapture() { line_count = 0; }

int captured_line_count() { return line_count; }

const char* captured_line(int index) {
  assert(index >= 0 && index < line_count);
  return lines[index];
}

}  // namespace pendulum::win32
