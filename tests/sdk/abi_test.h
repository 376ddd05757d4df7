// What the generated ABI test needs: the headers under test, and an object that records calls.
#ifndef PENDULUM_TESTS_SDK_ABI_TEST_H_
#define PENDULUM_TESTS_SDK_ABI_TEST_H_

#include <gtest/gtest.h>
#include <httpcach.h>
#include <httpserv.h>
#include <httptrace.h>
#include <iiswebsocket.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <type_traits>

#pragma clang diagnostic ignored "-Winvalid-offsetof"
#pragma clang diagnostic ignored "-Wunused-value"
#pragma clang diagnostic ignored "-Wunused-template"

namespace pendulum::sdk {

// For unevaluated calls.
template <class T>
T Any();

// An argument whose value does not matter; a reference must refer to something.
template <class T>
std::remove_reference_t<T>& Zero() {
  static std::remove_const_t<std::remove_reference_t<T>> value{};
  return value;
}

inline constexpr int kMaximumArguments = 10;
inline std::array<std::uintptr_t, kMaximumArguments> recorded_arguments;

// Stands in every slot of the fake object. All parameters of the API are integers or pointers, so
// the calling convention of x86-64 brings them here in order; what was not passed is garbage.
inline std::uintptr_t Record(void* /*self*/, std::uintptr_t a0, std::uintptr_t a1,
                             std::uintptr_t a2, std::uintptr_t a3, std::uintptr_t a4,
                             std::uintptr_t a5, std::uintptr_t a6, std::uintptr_t a7,
                             std::uintptr_t a8, std::uintptr_t a9) {
  recorded_arguments = {a0, a1, a2, a3, a4, a5, a6, a7, a8, a9};
  return 0;
}

// An object with as many slots as any interface has, all of them Record.
template <class Interface>
Interface* Fake() {
  using Slot = decltype(&Record);
  static std::array<Slot, 64> slots = [] {
    std::array<Slot, 64> all;
    all.fill(&Record);
    return all;
  }();
  static Slot* object = slots.data();
  return reinterpret_cast<Interface*>(&object);
}

// The recorded argument, read with the width of its type.
template <class T>
T Recorded(int index) {
  return (T)recorded_arguments[static_cast<std::size_t>(index)];
}

inline std::string Text(const GUID& guid) {
  char text[40];
  std::snprintf(text, sizeof text, "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", guid.Data1,
                guid.Data2, guid.Data3, guid.Data4[0], guid.Data4[1], guid.Data4[2], guid.Data4[3],
                guid.Data4[4], guid.Data4[5], guid.Data4[6], guid.Data4[7]);
  return text;
}

}  // namespace pendulum::sdk

#endif  // PENDULUM_TESTS_SDK_ABI_TEST_H_
