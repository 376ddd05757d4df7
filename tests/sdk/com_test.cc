#include <gtest/gtest.h>

// As in a module: CoCreateInstance knows the classes of msxml6.dll there.
#define PENDULUM_MODULE_SOURCE 1
#include <atlbase.h>
#include <comdef.h>

#include <msxml6.dll>
#include <string>

#include "tests/sdk/fake_automation.h"

namespace pendulum::sdk {
namespace {

class ComTest : public testing::Test {
 protected:
  void SetUp() override {
    live_strings = 0;
    created_by_windows = 0;
  }
  void TearDown() override { EXPECT_EQ(live_strings, 0) << "a string was not freed"; }
};

TEST_F(ComTest, BstrConvertsBothWays) {
  _bstr_t text("a\xc3\xa9");
  EXPECT_EQ(std::wstring(static_cast<const wchar_t*>(text)), L"a\u00e9");
  EXPECT_EQ(text.length(), 2u);
  _bstr_t wide(L"\u20ac");
  EXPECT_EQ(std::string(static_cast<const char*>(wide)), "\xe2\x82\xac");
  std::wstring sum = "<" + text + wide + L">";
  EXPECT_EQ(sum, L"<a\u00e9\u20ac>");
  EXPECT_TRUE(text == _bstr_t(L"a\u00e9"));
  EXPECT_FALSE(text == wide);
}

TEST_F(ComTest, EmptyBstrIsNull) {
  _bstr_t empty;
  EXPECT_EQ(static_cast<const wchar_t*>(empty), nullptr);
  EXPECT_EQ(empty.length(), 0u);
  EXPECT_TRUE(!empty);
  EXPECT_EQ(static_cast<std::wstring>(empty), L"");
}

TEST_F(ComTest, DetachHandsTheStringOut) {
  _bstr_t text(L"abc");
  BSTR detached = text.Detach();
  EXPECT_STREQ(detached, L"abc");
  EXPECT_EQ(text.length(), 0u);
  EXPECT_EQ(live_strings, 1);
  SysFreeString(detached);
}

TEST_F(ComTest, VariantBecomesText) {
  _variant_t number(static_cast<LONG>(42));
  EXPECT_EQ(static_cast<std::wstring>(_bstr_t(number)), L"42");
  _variant_t text(L"text");
  _variant_t copy(text);
  EXPECT_EQ(static_cast<std::wstring>(_bstr_t(copy)), L"text");
  EXPECT_THROW(static_cast<void>(static_cast<bool>(text)), _com_error);
}

TEST_F(ComTest, ComErrorNamesTheCode) {
  _com_error error(E_FAIL);
  EXPECT_EQ(error.Error(), E_FAIL);
  EXPECT_STREQ(error.ErrorMessage(), "Unknown error 0x80004005");
}

TEST_F(ComTest, CComBstrAppends) {
  CComBSTR text(L"ab");
  text.Append("c");
  text += L"d";
  EXPECT_STREQ(text, L"abcd");
  EXPECT_EQ(text.Length(), 4u);
  CComBSTR copy(text);
  text = L"other";
  EXPECT_STREQ(copy, L"abcd");
}

TEST_F(ComTest, XmlIsBuiltAndWritten) {
  MSXML2::IXMLDOMDocument3Ptr document;
  ASSERT_EQ(document.CreateInstance(__uuidof(MSXML2::DOMDocument60)), S_OK);
  MSXML2::IXMLDOMElementPtr root = document->createElement(L"root");
  document->appendChild(root);
  MSXML2::IXMLDOMAttributePtr attribute = document->createAttribute(L"name");
  attribute->text = L"\"<&>\"";
  root->setAttributeNode(attribute);
  MSXML2::IXMLDOMElementPtr child = document->createElement("child");
  child->text = L"a < b";
  root->appendChild(child);
  root->appendChild(document->createElement("empty"));
  EXPECT_EQ(static_cast<std::wstring>(document->documentElement->xml),
            L"<root name=\"&quot;&lt;&amp;&gt;&quot;\"><child>a &lt; b</child><empty/></root>");
  EXPECT_EQ(static_cast<std::wstring>(root->text), L"a < b");
  EXPECT_EQ(created_by_windows, 0);
}

TEST_F(ComTest, AnAttributeReplacesOneOfItsName) {
  MSXML2::IXMLDOMDocument3Ptr document;
  ASSERT_EQ(document.CreateInstance(__uuidof(MSXML2::DOMDocument60)), S_OK);
  MSXML2::IXMLDOMElementPtr root = document->createElement(L"root");
  root->setAttribute("id", "1");
  root->setAttribute("id", static_cast<LONG>(2));
  EXPECT_EQ(static_cast<std::wstring>(root->xml), L"<root id=\"2\"/>");
}

TEST_F(ComTest, OtherClassesAreWindowsBusiness) {
  MSXML2::IXMLDOMDocument* document = nullptr;
  EXPECT_EQ(
      CoCreateInstance(__uuidof(IUnknown), nullptr, CLSCTX_ALL, __uuidof(MSXML2::IXMLDOMDocument),
                       reinterpret_cast<void**>(&document)),
      REGDB_E_CLASSNOTREG);
  EXPECT_EQ(created_by_windows, 1);
  ASSERT_EQ(
      CoCreateInstance(__uuidof(MSXML2::DOMDocument60), nullptr, CLSCTX_ALL,
                       __uuidof(MSXML2::IXMLDOMDocument), reinterpret_cast<void**>(&document)),
      S_OK);
  EXPECT_EQ(document->Release(), 0u);
}

}  // namespace
}  // namespace pendulum::sdk
