#ifndef PENDULUM_PLATFORM_RESULT_H_
#define PENDULUM_PLATFORM_RESULT_H_

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace pendulum::platform {

// Why something could not be done, in words for the person at the keyboard.
struct Error {
  std::string message;  // what went wrong, with the names and numbers involved
  std::string place;    // where: "file:line:column", a path or a clause; empty when there is none
  std::string remedy;   // what to do about it; empty when there is nothing to suggest

  // "place: message (remedy)", without the parts that are empty.
  std::string Text() const;

  friend bool operator==(const Error&, const Error&) = default;
};

// Either a T or the Error that kept it from being made. A function returns one where its caller can
// react; `return value;` and `return Error{...};` both convert. Asking for the part that is not
// there is a mistake in our own code and asserts.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}      // NOLINT
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // The value stays owned by the Result; std::move(result).value() moves it out.
  const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&content_);
  }
  T& value() & {
    assert(ok());
    return *std::get_if<0>(&content_);
  }
  T&& value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&content_));
  }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&content_);
  }

 private:
  std::variant<T, Error> content_;
};

// The outcome of something that makes no value: fine by default, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    assert(!ok());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

// Reads better at the end of a function than `return {};`.
inline Status OkStatus() { return {}; }

}  // namespace pendulum::platform

#endif  // PENDULUM_PLATFORM_RESULT_H_
