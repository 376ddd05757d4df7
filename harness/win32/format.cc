#include "harness/win32/format.h"

#include <climits>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <type_traits>

#include "harness/win32/conversion.h"

namespace pendulum::win32 {
namespace {

enum class Size : uint8_t { kDefault, kByte, kShort, k32, k64, kNarrow, kWide };

// One conversion as written: %[flags][width][.precision][size]type.
struct Conversion {
  bool left = false;
  bool plus = false;
  bool space = false;
  bool alternate = false;
  bool zero = false;
  int width = 0;
  int precision = -1;
  Size size = Size::kDefault;
  char type = '\0';
};

// Counts all that is written and keeps what fits.
template <typename Character>
class Output {
 public:
  Output(Character* buffer, size_t size) : buffer_(buffer), size_(buffer == nullptr ? 0 : size) {}

  void Put(Character character) {
    if (length_ + 1 < size_) buffer_[length_] = character;
    ++length_;
  }
  template <typename Text>
  void PutAll(std::basic_string_view<Text> text) {
    for (const Text character : text) Put(static_cast<Character>(character));
  }
  void Pad(int count, char character) {
    for (int i = 0; i < count; ++i) Put(static_cast<Character>(character));
  }
  int Finish() {
    if (size_ > 0) buffer_[length_ < size_ ? length_ : size_ - 1] = 0;
    return length_ > INT_MAX ? -1 : static_cast<int>(length_);
  }

 private:
  Character* buffer_;
  size_t size_;
  size_t length_ = 0;
};

// A copy of a va_list that can be passed by reference, ended with its scope.
class Arguments {
 public:
  explicit Arguments(va_list arguments) { va_copy(list_, arguments); }
  ~Arguments() { va_end(list_); }
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;

  int NextInt() { return va_arg(list_, int); }
  int64_t NextInt64() { return va_arg(list_, int64_t); }
  double NextDouble() { return va_arg(list_, double); }
  const void* NextPointer() { return va_arg(list_, const void*); }

 private:
  va_list list_;
};

template <typename Character>
class Formatter {
 public:
  Formatter(Character* buffer, size_t size, const Character* format, va_list arguments)
      : output_(buffer, size), at_(format), arguments_(arguments) {}

  int Run() {
    while (*at_ != 0) {
      if (*at_ != '%') {
        output_.Put(*at_++);
        continue;
      }
      ++at_;
      if (*at_ == '%') {
        output_.Put(*at_++);
        continue;
      }
      Conversion conversion;
      Parse(&conversion);
      if (!Convert(conversion)) {
        output_.Finish();
        return -1;
      }
    }
    return output_.Finish();
  }

 private:
  static constexpr bool kIsWide = std::is_same_v<Character, wchar_t>;

  void ParseFlags(Conversion* conversion) {
    for (;; ++at_) {
      if (*at_ == '-')
        conversion->left = true;
      else if (*at_ == '+')
        conversion->plus = true;
      else if (*at_ == ' ')
        conversion->space = true;
      else if (*at_ == '#')
        conversion->alternate = true;
      else if (*at_ == '0')
        conversion->zero = true;
      else
        return;
    }
  }

  int ParseNumber() {
    if (*at_ == '*') {
      ++at_;
      return arguments_.NextInt();
    }
    int value = 0;
    while (*at_ >= '0' && *at_ <= '9' && value < 100000) value = value * 10 + (*at_++ - '0');
    return value;
  }

  bool Skip(std::string_view text) {
    for (size_t i = 0; i < text.size(); ++i) {
      if (at_[i] != static_cast<Character>(text[i])) return false;
    }
    at_ += text.size();
    return true;
  }

  Size ParseSize() {
    if (Skip("I64") || Skip("ll") || Skip("I") || Skip("j") || Skip("z") || Skip("t")) {
      return at_[-1] == 'I' && Skip("32") ? Size::k32 : Size::k64;
    }
    if (Skip("hh")) return Size::kByte;
    if (Skip("h")) return IsText(*at_) ? Size::kNarrow : Size::kShort;
    if (Skip("l")) return IsText(*at_) ? Size::kWide : Size::k32;
    if (Skip("w")) return Size::kWide;
    Skip("L");
    return Size::kDefault;
  }

  static bool IsText(Character type) {
    return type == 's' || type == 'S' || type == 'c' || type == 'C' || type == 'Z';
  }

  void Parse(Conversion* conversion) {
    ParseFlags(conversion);
    conversion->width = ParseNumber();
    if (conversion->width < 0) {
      conversion->left = true;
      conversion->width = -conversion->width;
    }
    if (*at_ == '.') {
      ++at_;
      conversion->precision = ParseNumber();
      if (conversion->precision < 0) conversion->precision = -1;
    }
    conversion->size = ParseSize();
    conversion->type = *at_ > 0 && *at_ < 0x80 ? static_cast<char>(*at_) : '\0';
    if (*at_ != 0) ++at_;
  }

  bool Convert(const Conversion& conversion) {
    switch (conversion.type) {
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        ConvertInteger(conversion);
        return true;
      case 'p':
        ConvertPointer(conversion);
        return true;
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
      case 'a':
      case 'A':
        ConvertFloat(conversion);
        return true;
      case 'c':
      case 'C':
        ConvertCharacter(conversion);
        return true;
      case 's':
      case 'S':
        ConvertString(conversion);
        return true;
      default:
        return false;
    }
  }

  static bool TakesWide(const Conversion& conversion) {
    if (conversion.size == Size::kWide) return true;
    if (conversion.size == Size::kNarrow) return false;
    const bool is_capital = conversion.type == 'S' || conversion.type == 'C';
    return kIsWide != is_capital;
  }

  // Writes the sign or prefix, the zeros and the digits of a number in a field.
  void PutNumber(const Conversion& conversion, std::string_view prefix, std::string_view digits,
                 int zeros) {
    const int length = static_cast<int>(prefix.size() + digits.size());
    const int field = conversion.width > length + zeros ? conversion.width - length - zeros : 0;
    const bool pads_zeros = conversion.zero && !conversion.left && conversion.precision < 0;
    if (!conversion.left && !pads_zeros) output_.Pad(field, ' ');
    output_.PutAll(prefix);
    output_.Pad(zeros + (pads_zeros ? field : 0), '0');
    output_.PutAll(digits);
    if (conversion.left) output_.Pad(field, ' ');
  }

  uint64_t NextUnsigned(Size size) {
    if (size == Size::k64) return static_cast<uint64_t>(arguments_.NextInt64());
    const auto value = static_cast<uint32_t>(arguments_.NextInt());
    return size == Size::kByte ? value & 0xFF : size == Size::kShort ? value & 0xFFFF : value;
  }

  static int64_t SignExtended(uint64_t value, Size size) {
    if (size == Size::k64) return static_cast<int64_t>(value);
    if (size == Size::kByte) return static_cast<int8_t>(value);
    if (size == Size::kShort) return static_cast<int16_t>(value);
    return static_cast<int32_t>(value);
  }

  void ConvertInteger(const Conversion& conversion) {
    uint64_t value = NextUnsigned(conversion.size);
    std::string_view prefix;
    if (conversion.type == 'd' || conversion.type == 'i') {
      const int64_t signed_value = SignExtended(value, conversion.size);
      prefix = signed_value < 0 ? "-" : conversion.plus ? "+" : conversion.space ? " " : "";
      value = signed_value < 0 ? uint64_t{0} - static_cast<uint64_t>(signed_value) : signed_value;
    } else if (conversion.alternate && value != 0) {
      prefix = conversion.type == 'x'   ? "0x"
               : conversion.type == 'X' ? "0X"
               : conversion.type == 'o' ? "0"
                                        : "";
    }
    char buffer[24];
    const std::string_view digits = Digits(value, conversion.type, buffer);
    const int missing = conversion.precision - static_cast<int>(digits.size());
    PutNumber(conversion, prefix, conversion.precision == 0 && value == 0 ? "" : digits,
              missing > 0 ? missing : 0);
  }

  static std::string_view Digits(uint64_t value, char type, char (&buffer)[24]) {
    const unsigned base = type == 'o' ? 8 : type == 'x' || type == 'X' || type == 'p' ? 16 : 10;
    const char* const digits = type == 'X' || type == 'p' ? "0123456789ABCDEF" : "0123456789abcdef";
    size_t first = sizeof(buffer);
    do {
      buffer[--first] = digits[value % base];
      value /= base;
    } while (value != 0);
    return {buffer + first, sizeof(buffer) - first};
  }

  void ConvertPointer(Conversion conversion) {
    char buffer[24];
    const auto value = reinterpret_cast<uintptr_t>(arguments_.NextPointer());
    const std::string_view digits = Digits(value, 'p', buffer);
    PutNumber(conversion, "", digits, 16 - static_cast<int>(digits.size()));
  }

  void ConvertFloat(const Conversion& conversion) {
    const double value = arguments_.NextDouble();
    char format[16];
    std::snprintf(format, sizeof(format), "%%%s%s%s%s%s*.*%c", conversion.left ? "-" : "",
                  conversion.plus ? "+" : "", conversion.space ? " " : "",
                  conversion.alternate ? "#" : "", conversion.zero ? "0" : "", conversion.type);
    char buffer[512];
    const int precision = conversion.precision > 100 ? 100 : conversion.precision;
    const int width = conversion.width > 100 ? 100 : conversion.width;
    const int length = std::snprintf(buffer, sizeof(buffer), format, width, precision, value);
    output_.PutAll(std::string_view(buffer, static_cast<size_t>(length)));
  }

  template <typename Text>
  void PutField(const Conversion& conversion, std::basic_string_view<Text> text, size_t length) {
    const int field = conversion.width - static_cast<int>(length);
    const char pad = conversion.zero && !conversion.left ? '0' : ' ';
    if (!conversion.left) output_.Pad(field, pad);
    PutText(text);
    if (conversion.left) output_.Pad(field, ' ');
  }

  // Narrow and wide texts into each other are UTF-8, a character at a time.
  void PutText(std::string_view text) {
    if constexpr (kIsWide) {
      while (!text.empty()) {
        wchar_t wide[1];
        size_t bytes = 1;
        while (bytes < text.size() && bytes < 4 && (text[bytes] & 0xC0) == 0x80) ++bytes;
        const Converted converted = WidenUtf8(text.substr(0, bytes), wide, 1);
        if (converted.invalid) bytes = 1;
        output_.Put(wide[0]);
        text.remove_prefix(bytes);
      }
    } else {
      output_.PutAll(text);
    }
  }

  void PutText(std::wstring_view text) {
    if constexpr (kIsWide) {
      output_.PutAll(text);
    } else {
      for (const wchar_t character : text) {
        char bytes[4];
        const Converted converted = NarrowToUtf8({&character, 1}, bytes, sizeof(bytes));
        output_.PutAll(std::string_view(bytes, converted.length));
      }
    }
  }

  size_t OutputLength(std::string_view text) {
    return kIsWide ? WidenUtf8(text, nullptr, 0).length : text.size();
  }
  size_t OutputLength(std::wstring_view text) {
    return kIsWide ? text.size() : NarrowToUtf8(text, nullptr, 0).length;
  }

  void ConvertCharacter(const Conversion& conversion) {
    const int value = arguments_.NextInt();
    if (TakesWide(conversion)) {
      const auto character = static_cast<wchar_t>(value);
      PutField(conversion, std::wstring_view(&character, 1),
               OutputLength(std::wstring_view(&character, 1)));
    } else {
      const auto character = static_cast<char>(value);
      PutField(conversion, std::string_view(&character, 1), 1);
    }
  }

  template <typename Text>
  void PutString(const Conversion& conversion, const Text* text) {
    static constexpr Text kNull[] = {'(', 'n', 'u', 'l', 'l', ')', 0};
    if (text == nullptr) text = kNull;
    size_t length = 0;
    while ((conversion.precision < 0 || length < static_cast<size_t>(conversion.precision)) &&
           text[length] != 0) {
      ++length;
    }
    const std::basic_string_view<Text> view(text, length);
    PutField(conversion, view, OutputLength(view));
  }

  void ConvertString(const Conversion& conversion) {
    const void* text = arguments_.NextPointer();
    if (TakesWide(conversion)) {
      PutString(conversion, static_cast<const wchar_t*>(text));
    } else {
      PutString(conversion, static_cast<const char*>(text));
    }
  }

  Output<Character> output_;
  const Character* at_;
  Arguments arguments_;
};

}  // namespace

int FormatNarrow(char* buffer, size_t size, const char* format, va_list arguments) {
  return Formatter<char>(buffer, size, format, arguments).Run();
}

int FormatWide(wchar_t* buffer, size_t size, const wchar_t* format, va_list arguments) {
  return Formatter<wchar_t>(buffer, size, format, arguments).Run();
}

}  // namespace pendulum::win32
