// The tree behind msxml6.dll: nodes in memory that own their children and write themselves as XML.
#ifndef PENDULUM_SDK_OLE_XML_NODE_H_
#define PENDULUM_SDK_OLE_XML_NODE_H_

#include <string>
#include <utility>
#include <vector>

namespace pendulum_xml {

// Text for the inside of an element or, with quotes escaped, of an attribute.
static inline std::wstring Escape(const std::wstring& text, bool quotes) {
  std::wstring result;
  for (wchar_t c : text) {
    switch (c) {
      case L'&':
        result += L"&amp;";
        break;
      case L'<':
        result += L"&lt;";
        break;
      case L'>':
        result += L"&gt;";
        break;
      case L'"':
        result += quotes ? L"&quot;" : L"\"";
        break;
      default:
        result += c;
    }
  }
  return result;
}

enum class Kind { kElement, kAttribute, kText, kComment, kInstruction, kDocument };

// `Handle` is a counted pointer to a class with a member `node` of type Node<Handle>.
template <class Handle>
struct Node {
  explicit Node(Kind node_kind) : kind(node_kind) {}

  std::wstring Text() const {
    if (kind != Kind::kElement && kind != Kind::kDocument) return value;
    std::wstring result;
    for (const Handle& child : children) {
      if (child->node.kind == Kind::kElement || child->node.kind == Kind::kText) {
        result += child->node.Text();
      }
    }
    return result;
  }

  std::wstring Xml() const {
    switch (kind) {
      case Kind::kText:
        return Escape(value, false);
      case Kind::kComment:
        return L"<!--" + value + L"-->";
      case Kind::kInstruction:
        return L"<?" + name + L" " + value + L"?>";
      case Kind::kAttribute:
        return name + L"=\"" + Escape(value, true) + L"\"";
      case Kind::kElement:
        return ElementXml();
      case Kind::kDocument:
        return ChildrenXml() + (children.empty() ? L"" : L"\r\n");
    }
    return L"";
  }

  Kind kind;
  std::wstring name;
  std::wstring value;
  std::vector<Handle> attributes;
  std::vector<Handle> children;

 private:
  std::wstring ChildrenXml() const {
    std::wstring result;
    for (const Handle& child : children) result += child->node.Xml();
    return result;
  }
  std::wstring ElementXml() const {
    std::wstring result = L"<" + name;
    for (const Handle& attribute : attributes) result += L" " + attribute->node.Xml();
    if (children.empty()) return result + L"/>";
    return result + L">" + ChildrenXml() + L"</" + name + L">";
  }
};

}  // namespace pendulum_xml

#endif  // PENDULUM_SDK_OLE_XML_NODE_H_
