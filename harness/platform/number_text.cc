#include "harness/platform/number_text.h"

namespace pendulum::platform {

std::string Thousands(uint64_t number) {
  std::string digits = std::to_string(number);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<size_t>(at), 1, ',');
  }
  return digits;
}

std::string Counted(uint64_t number, std::string_view singular) {
  std::string text = Thousands(number) + " " + std::string(singular);
  if (number != 1) text += 's';
  return text;
}

std::string AfterOne(std::string_view text) {
  struct Word {
    std::string_view plural, singular;
  };
  static constexpr Word kNouns[] = {
      {" bytes", " byte"},           {" calls", " call"},       {" chunks", " chunk"},
      {" clauses", " clause"},       {" contexts", " context"}, {" completions", " completion"},
      {" failures", " failure"},     {" flushes", " flush"},    {" notifications", " notification"},
      {" operations", " operation"}, {" reads", " read"},       {" requests", " request"},
      {" statuses", " status"},      {" times", " time"},       {" workers", " worker"},
      {" writes", " write"}};
  static constexpr Word kVerbs[] = {{" are ", " is "}, {" were ", " was "}, {" have ", " has "}};
  for (const Word& noun : kNouns) {
    if (!text.starts_with(noun.plural)) continue;
    text.remove_prefix(noun.plural.size());
    std::string singular(noun.singular);
    for (const Word& verb : kVerbs) {
      if (!text.starts_with(verb.plural)) continue;
      text.remove_prefix(verb.plural.size());
      singular += verb.singular;
    }
    return singular + std::string(text);
  }
  return std::string(text);
}

}  // namespace pendulum::platform
