#include "harness/fuzz/script.h"

#include <algorithm>
#include <charconv>

namespace pendulum::fuzz {
namespace {

constexpr std::string_view kBegin = "/?";
constexpr std::string_view kReturnLetters = " cpf";

void WriteOperation(const Operation& operation, std::string* url) {
  *url += kStepLetters[static_cast<size_t>(operation.step)];
  if (operation.size != 0) *url += std::to_string(operation.size);
  if (operation.async) *url += 'a';
  if (operation.more) *url += 'm';
  if (operation.two) *url += 't';
}

bool Skip(std::string_view* rest, char character) {
  if (!rest->starts_with(character)) return false;
  rest->remove_prefix(1);
  return true;
}

// Each operation begins with a letter; flags are looked for in their one order. So "f" and "ft"
// differ from "f" and "t" by there being no operation "t" (and none "a" or "m").
std::optional<Operation> ReadOperation(std::string_view* rest) {
  const size_t step = kStepLetters.find(rest->front());
  if (step == std::string_view::npos) return std::nullopt;
  Operation operation;
  operation.step = static_cast<Step>(step);
  rest->remove_prefix(1);
  if (!rest->empty() && rest->front() >= '1' && rest->front() <= '9') {
    const auto read = std::from_chars(rest->data(), rest->data() + rest->size(), operation.size);
    if (read.ec != std::errc() || operation.size > kLargestSize) return std::nullopt;
    rest->remove_prefix(static_cast<size_t>(read.ptr - rest->data()));
  }
  operation.async = Skip(rest, 'a');
  operation.more = Skip(rest, 'm');
  operation.two = Skip(rest, 't');
  return operation;
}

bool ReadActivation(std::string_view* rest, Activation* activation) {
  while (!rest->empty() && rest->front() != ';' && rest->front() != '=') {
    const auto operation = ReadOperation(rest);
    if (!operation.has_value() || activation->operations.size() == kMostOperations) return false;
    activation->operations.push_back(*operation);
  }
  if (Skip(rest, '=')) {
    const size_t returns = rest->empty() ? 0 : kReturnLetters.find(rest->front(), 1);
    if (returns == 0 || returns == std::string_view::npos) return false;
    activation->returns = static_cast<Return>(returns);
    rest->remove_prefix(1);
  }
  return true;
}

template <class Codec>
void CodeOperation(Codec* codec, Operation* operation) {
  {
    Bits bits(codec);
    bits.Choice(&operation->step, 4, kSteps);
    bits.Flag(&operation->async);
    bits.Flag(&operation->more);
    bits.Flag(&operation->two);
  }
  codec->Number(&operation->size, 0, kLargestSize, "/url");
}

template <class Codec>
void Code(Codec* codec, Script* script) {
  auto count = static_cast<uint32_t>(script->activations.size());
  codec->Number(&count, 1, kMostActivations, "/url");
  script->activations.resize(count);
  for (Activation& activation : script->activations) {
    auto operations = static_cast<uint32_t>(activation.operations.size());
    {
      Bits bits(codec);
      bits.Field(&operations, 4, kMostOperations + 1);
      bits.Choice(&activation.returns, 2, 4);
    }
    activation.operations.resize(operations);
    for (Operation& operation : activation.operations) CodeOperation(codec, &operation);
  }
}

}  // namespace

std::string ScriptUrl(const Script& script) {
  std::string url(kBegin);
  for (size_t i = 0; i < script.activations.size(); ++i) {
    if (i != 0) url += ';';
    for (const Operation& operation : script.activations[i].operations) {
      WriteOperation(operation, &url);
    }
    const Return returns = script.activations[i].returns;
    if (returns != Return::kAsItIs) {
      url += '=';
      url += kReturnLetters[static_cast<size_t>(returns)];
    }
  }
  return url;
}

std::optional<Script> ParseScript(std::string_view url) {
  if (!url.starts_with(kBegin)) return std::nullopt;
  std::string_view rest = url.substr(kBegin.size());
  Script script;
  do {
    if (script.activations.size() == kMostActivations) return std::nullopt;
    if (!ReadActivation(&rest, &script.activations.emplace_back())) return std::nullopt;
  } while (Skip(&rest, ';'));
  if (!rest.empty()) return std::nullopt;
  return script;
}

std::vector<std::string> SmallerScriptUrls(const std::string& url) {
  const std::optional<Script> whole = ParseScript(url);
  if (!whole.has_value()) return {};
  std::vector<std::string> urls;
  const auto add = [&](const auto& change) {
    Script script = *whole;
    change(&script.activations);
    urls.push_back(ScriptUrl(script));
  };
  const size_t activations = whole->activations.size();
  for (size_t left = activations / 2; left > 0; left /= 2) {
    add([&](auto* all) { all->resize(activations - left); });
  }
  for (size_t i = activations; i-- > 0;) {
    if (activations > 1) add([i](auto* all) { all->erase(all->begin() + static_cast<long>(i)); });
    const Activation& activation = whole->activations[i];
    if (activation.returns != Return::kAsItIs) {
      add([i](auto* all) { (*all)[i].returns = Return::kAsItIs; });
    }
    for (size_t j = activation.operations.size(); j-- > 0;) {
      const auto at = static_cast<long>(j);
      add([i, at](auto* all) { (*all)[i].operations.erase((*all)[i].operations.begin() + at); });
      const auto change = [&](const Operation& plainer) {
        if (plainer == activation.operations[j]) return;
        add([&](auto* all) { (*all)[i].operations[j] = plainer; });
      };
      for (const uint32_t size : {0u, 1u, activation.operations[j].size / 2}) {
        Operation shorter = activation.operations[j];
        shorter.size = std::min(size, shorter.size);
        change(shorter);
      }
      for (bool Operation::*flag : {&Operation::two, &Operation::more, &Operation::async}) {
        Operation plainer = activation.operations[j];
        plainer.*flag = false;
        change(plainer);
      }
    }
  }
  return urls;
}

void CodeScript(Reader* reader, Script* script) { Code(reader, script); }

void CodeScript(Writer* writer, Script* script) { Code(writer, script); }

}  // namespace pendulum::fuzz
