// The tree behind JsonDocument, and the parser that makes it. Only json_reader.cc and
// json_parser.cc use this.
#ifndef PENDULUM_PLATFORM_JSON_NODE_H_
#define PENDULUM_PLATFORM_JSON_NODE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "harness/platform/json_reader.h"

namespace pendulum::platform::json_internal {

struct Node {
  JsonKind kind = JsonKind::kNull;
  uint32_t begin = 0;  // where it begins in the text, and where it ends
  uint32_t end = 0;
  uint32_t parent = 0;  // index of the parent; the root is its own
  bool boolean = false;
  int64_t integer = 0;
  double number = 0;
  std::string string;              // a string's value
  std::string name;                // its name, when it is a member of an object
  std::vector<uint32_t> children;  // indices
};

struct Text {
  std::string text;
  std::string file;
  int first_line = 1;
  JsonErrors* errors = nullptr;
  std::vector<Node> nodes;  // the root is the first
};

// Fills text->nodes, or leaves them empty and reports what is wrong.
void Parse(Text* text);

// "file:line:column" of a position in the text; columns count characters, from 1.
std::string Place(const Text& text, size_t position);

}  // namespace pendulum::platform::json_internal

#endif  // PENDULUM_PLATFORM_JSON_NODE_H_
