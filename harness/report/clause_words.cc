#include "harness/report/clause_words.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include "harness/oracle/program.h"
#include "harness/oracle/vocabulary.h"
#include "harness/trace/names.h"

namespace pendulum::report {
namespace {

using oracle::Expression;
using oracle::FieldInfo;
using oracle::Operator;
using trace::EventKind;
using trace::ValueType;

struct Phrase {
  std::string_view name;
  std::string_view words;
};

// Where the vocabulary's meaning leans on the row before it, or says more than a sentence can hold.
constexpr Phrase kFieldPhrases[] = {
    {"operation.known", "the event belongs to an operation"},
    {"operation.kind", "the operation"},
    {"operation.buffering", "response buffering was on when it was called"},
    {"operation.client_connected_before", "the client was connected when it was called"},
    {"operation.full_duplex", "full duplex was on when it was called"},
    {"operation.read_before_bytes", "the number of bytes read before the call"},
    {"operation.insertions_before", "the number of insertions before the call"},
    {"operation.received_before_bytes", "the number of body bytes received before the call"},
    {"operation.written_before_bytes", "the number of body bytes written before the call"},
    {"operation.completion_bytes", "the byte count of its last completion"},
    {"operation.completion_status", "the status of its last completion"},
    {"request.content_length_bytes", "the Content-Length"},
    {"operation.buffer_bytes", "the number of bytes given to the operation"},
    {"operation.chunks", "the number of chunks given"},
    {"operation.status_given", "the status passed"},
    {"operation.post", "the operation was started in a post-notification"},
    {"operation.outstanding_reads_before", "the number of reads outstanding when it was called"},
    {"operation.outstanding_writes_before",
     "the number of writes and flushes outstanding when it was called"},
    {"operation.expects_completion", "the operation is to be completed later"},
    {"operation.started_in_handler", "the operation was called from a handler"},
    {"operation.started_on_completion", "the operation was called from OnAsyncCompletion"},
    {"operation.started_after_own_last_data",
     "the same module had announced the response's last data when it was called"},
    {"operation.started_after_failures",
     "the number of failures that the request had met when it was called"},
    {"operation.completed_inline", "the operation has completed inline"},
    {"request.reset_by_module", "the module has closed the connection"},
    {"delivery.pending", "the notification is pending"},
    {"delivery.nested", "the notification is nested in another one"},
    {"request.buffering", "response buffering is on"},
    {"request.last_data_sent", "the announcement of the last data has taken effect"},
    {"request.outstanding_reads", "the number of reads outstanding in the request"},
    {"request.outstanding_writes", "the number of writes and flushes outstanding in the request"},
    {"request.outstanding_flushes", "the number of flushes outstanding in the request"},
    {"request.outstanding_posts", "the number of posts outstanding in the request"},
    {"request.outstanding", "the number of operations outstanding in the request"},
    {"request.end_of_body_in_a_row",
     "the number of reads in a row that ended at the end of the body"},
    {"request.read_failures", "the number of reads that failed"},
    {"request.write_failures", "the number of writes and flushes that failed"},
    {"request.deliveries_open", "the number of notifications without a final status"},
    {"request.failures", "the number of operations and completions that failed"},
    {"request.ends", "the number of times that the request was said to be over"},
    {"request.remaining_bytes", "the number of body bytes not read yet"},
    {"delivery.known", "a notification is being handled"},
    {"delivery.notification", "the notification"},
    {"delivery.post", "it is a post-notification"},
    {"delivery.outstanding", "the number of operations outstanding in the notification"},
    {"delivery.outstanding_posts", "the number of posts outstanding in the notification"},
    {"delivery.resumed", "something resumed the notification"},
    {"delivery.final_status", "the first final status"},
    {"delivery.final_statuses", "the number of final statuses"},
    {"delivery.handler_running", "the handler has not returned"},
    {"delivery.failures", "the number of operations and completions in it that failed"},
    {"handler.known", "the worker is in a handler"},
    {"handler.completion_status", "the status delivered"},
    {"handler.completion_bytes", "the number of bytes delivered"},
    {"notification.status_number", "the number returned"},
    {"completion.returned_number", "the number returned"},
    {"handler.operations_pending", "the number of operations in it that went pending"},
    {"handler.failures", "the number of operations called in it that failed"},
    {"handler.uses_after_pending",
     "the number of calls on the request after an operation had gone pending"},
    {"notification.kind", "the notification"},
    {"notification.post", "it is a post-notification"},
    {"notification.order", "the notification's place in the pipeline"},
    {"notification.previous_order", "the place of the notification before it"},
    {"previous.notification", "the notification before it"},
    {"previous.final_status", "the first final status of the notification before it"},
    {"previous.final_statuses", "the number of final statuses of the notification before it"},
    {"previous.posts", "the number of calls of PostCompletion in the notification before it"},
    {"previous.handler_running", "the handler of the notification before it has not returned"},
    {"completion.bytes", "the byte count of the completion"},
    {"completion.status", "the status of the completion"},
    {"completion.notification", "the completion's notification"},
    {"completion.post", "fPostNotification is TRUE"},
    {"completion.same_worker", "the completion runs inside the call that started the operation"},
    {"call.method", "the method"},
    {"call.value", "the value that the call gave"},
    {"call.answer", "the call returned TRUE"},
    {"wait.method", "the method"},
    {"run.end", "the run's end"},
    {"run.threads_running", "the number of the module's threads that run"},
};

// How a statement is denied, by its first verb.
constexpr Phrase kDenials[] = {
    {" is still ", " is no longer "},
    {" is ", " is not "},
    {" was ", " was not "},
    {" has ", " has not "},
    {" had ", " had not "},
    {" holds ", " does not hold "},
    {" wrote ", " did not write "},
    {" came ", " did not come "},
    {" says ", " does not say "},
    {" lets ", " does not let "},
    {" belongs ", " does not belong "},
    {" names ", " does not name "},
    {" returned ", " did not return "},
    {" have ", " have not "},
};

constexpr Phrase kEventPhrases[] = {
    {"run.began", "the run begins"},
    {"run.ended", "the run is over"},
    {"module.registered", "RegisterModule has returned"},
    {"factory.terminated", "a factory is terminated"},
    {"module.created", "a module object is asked for"},
    {"module.disposed", "a module object is disposed"},
    {"request.began", "a request begins"},
    {"request.ended", "a request ends"},
    {"request.parked", "the run is over and a request is not"},
    {"notification.entered", "a handler is called"},
    {"notification.returned", "a handler returns"},
    {"operation.called", "an operation is called"},
    {"operation.returned", "an operation returns"},
    {"completion.delivered", "a completion is delivered"},
    {"completion.returned", "OnAsyncCompletion returns"},
    {"call", "a call across the API returns"},
    {"wait.began", "a wait begins"},
    {"wait.ended", "a wait ends"},
    {"client.sent", "the client sends"},
    {"client.received", "the client receives"},
    {"client.disconnected", "the client disconnects"},
    {"body.bytes", "a stream of body bytes is summed up"},
    {"memory.violated", "memory of a pending operation is touched"},
    {"memory.allocated", "memory is allocated"},
    {"context.stored", "a context is stored"},
    {"context.cleaned", "a context is cleaned up"},
    {"exception.crossed", "an exception crosses the API"},
    {"handler.missing", "a handler is called that the module lacks"},
    {"module.crashed", "the module crashes"},
    {"module.hung", "the module hangs"},
    {"response.differed", "the response differs from that of the plainest schedule"},
};

std::string_view Find(std::string_view name, const Phrase* begin, const Phrase* end) {
  const Phrase* const found =
      std::find_if(begin, end, [&](const Phrase& phrase) { return phrase.name == name; });
  return found == end ? std::string_view() : found->words;
}

std::string_view ObjectWord(const FieldInfo& field) {
  const std::string_view name = oracle::Objects()[static_cast<size_t>(field.object)].name;
  if (name == "delivery") return "notification";
  if (name == "previous") return "notification before it";
  return name;
}

// A field as a noun, or a boolean one as a statement.
std::string FieldWords(const FieldInfo& field) {
  const std::string name = std::string(oracle::Objects()[static_cast<size_t>(field.object)].name) +
                           "." + std::string(field.name);
  const std::string_view phrase = Find(name, std::begin(kFieldPhrases), std::end(kFieldPhrases));
  if (!phrase.empty()) return std::string(phrase);
  // What explains the meaning further is left out.
  std::string words(field.meaning);
  for (const char* end : {": ", ";", " ("}) words.resize(std::min(words.find(end), words.size()));
  const std::string object(ObjectWord(field));
  if (words.starts_with("it ")) return "the " + object + words.substr(2);
  if (words.starts_with("its ")) return "the " + object + "'s" + words.substr(3);
  if (field.type != ValueType::kInteger) return words;
  for (const char* article : {"the ", "a ", "what ", "how ", "digest "}) {
    if (words.starts_with(article)) return words;
  }
  return "the number of " + words;
}

std::string Denied(const std::string& words) {
  const Phrase* first = nullptr;
  size_t place = words.size();
  for (const Phrase& phrase : kDenials) {
    const size_t at = words.find(phrase.name);
    if (at >= place) continue;
    place = at;
    first = &phrase;
  }
  if (first == nullptr) return "not so that " + words;
  return std::string(words).replace(place, first->name.size(), first->words);
}

std::string Words(const Expression& expression, bool negated);

std::string ValueWords(const Expression& expression) {
  switch (expression.op) {
    case Operator::kField:
      return FieldWords(*expression.field);
    case Operator::kAdd:
      return ValueWords(expression.operands[0]) + " plus " + ValueWords(expression.operands[1]);
    case Operator::kSubtract:
      return ValueWords(expression.operands[0]) + " less " + ValueWords(expression.operands[1]);
    case Operator::kMultiply:
      return ValueWords(expression.operands[0]) + " times " + ValueWords(expression.operands[1]);
    case Operator::kNegate:
      return "minus " + ValueWords(expression.operands[0]);
    default:
      break;
  }
  if (expression.type == ValueType::kBoolean) return Words(expression, false);
  const std::string text = trace::ValueText(expression.type, expression.value);
  // "0x80070026 (ERROR_HANDLE_EOF)": the name says it.
  const size_t open = text.find(" (");
  return open == text.npos ? text : text.substr(open + 2, text.size() - open - 3);
}

// " is ", or what stands for it with this relation.
std::string_view RelationWords(Operator op, bool negated) {
  switch (op) {
    case Operator::kEqual:
      return negated ? " is not " : " is ";
    case Operator::kNotEqual:
      return negated ? " is " : " is not ";
    case Operator::kLess:
      return negated ? " is at least " : " is less than ";
    case Operator::kLessOrEqual:
      return negated ? " is more than " : " is at most ";
    case Operator::kGreater:
      return negated ? " is at most " : " is more than ";
    default:
      return negated ? " is less than " : " is at least ";
  }
}

std::string Joined(const std::vector<std::string>& parts, const std::string& word) {
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) text += (i == 0 ? "" : word) + parts[i];
  return text;
}

// `x || !x`: how a clause says that it judges what is not known, too.
bool IsAlways(const Expression& expression) {
  if (expression.op == Operator::kLiteral) return expression.value != 0;
  if (expression.op != Operator::kOr) return false;
  const Expression& right = expression.operands[1];
  return right.op == Operator::kNot &&
         oracle::CanonicalText(right.operands[0]) == oracle::CanonicalText(expression.operands[0]);
}

// Whether it reads as several parts joined by "and" (1) or "or" (-1), or is one part (0).
int Joint(const Expression& expression, bool negated) {
  if (expression.op == Operator::kNot) return Joint(expression.operands[0], !negated);
  if (expression.op != Operator::kAnd && expression.op != Operator::kOr) return 0;
  return (expression.op == Operator::kAnd) != negated ? 1 : -1;
}

// The operands of nested && or ||.
void Flatten(const Expression& expression, Operator op, std::vector<const Expression*>* parts) {
  if (expression.op != op) return parts->push_back(&expression);
  for (const Expression& operand : expression.operands) Flatten(operand, op, parts);
}

std::string CombinationWords(const Expression& expression, bool negated) {
  std::vector<const Expression*> operands;
  Flatten(expression, expression.op, &operands);
  std::vector<std::string> parts;
  // De Morgan: not (a and b) is not a or not b.
  const bool is_and = (expression.op == Operator::kAnd) != negated;
  for (const Expression* operand : operands) {
    if (is_and && !negated && IsAlways(*operand)) continue;
    const int joint = Joint(*operand, negated);
    const bool other = joint != 0 && joint != (is_and ? 1 : -1);
    const std::string words = Words(*operand, negated);
    parts.push_back(other ? "(" + words + ")" : words);
  }
  return Joined(parts, is_and ? ", and " : ", or ");
}

std::string InWords(const Expression& expression, bool negated) {
  std::vector<std::string> values;
  for (size_t i = 1; i < expression.operands.size(); ++i) {
    values.push_back(ValueWords(expression.operands[i]));
  }
  return ValueWords(expression.operands[0]) + (negated ? " is none of " : " is one of ") +
         Joined(values, ", ");
}

std::string Words(const Expression& expression, bool negated) {
  switch (expression.op) {
    case Operator::kNot:
      return Words(expression.operands[0], !negated);
    case Operator::kAnd:
    case Operator::kOr:
      return CombinationWords(expression, negated);
    case Operator::kIn:
      return InWords(expression, negated);
    case Operator::kSucceeded:
    case Operator::kFailed: {
      const bool failed = (expression.op == Operator::kFailed) != negated;
      return ValueWords(expression.operands[0]) + (failed ? " is a failure" : " is a success");
    }
    case Operator::kField:
      return negated ? Denied(FieldWords(*expression.field)) : FieldWords(*expression.field);
    case Operator::kLiteral:
      return (expression.value != 0) != negated ? "always" : "never";
    default:
      break;
  }
  const Expression& left = expression.operands[0];
  const Expression& right = expression.operands[1];
  if (left.type == ValueType::kBoolean) {
    const bool same = (expression.op == Operator::kEqual) != negated;
    return "(" + Words(left, false) + (same ? ") exactly when (" : ") exactly when not (") +
           Words(right, false) + ")";
  }
  return ValueWords(left) + std::string(RelationWords(expression.op, negated)) + ValueWords(right);
}

std::string EventWords(const std::string& on) {
  std::vector<std::string> parts;
  for (size_t from = 0; from < on.size();) {
    const size_t end = std::min(on.find(", ", from), on.size());
    const std::string name = on.substr(from, end - from);
    const std::string_view phrase = Find(name, std::begin(kEventPhrases), std::end(kEventPhrases));
    parts.push_back(phrase.empty() ? "at " + name : std::string(phrase));
    from = end + 2;
  }
  return Joined(parts, " or ");
}

}  // namespace

std::string ExpressionWords(const Expression& expression) { return Words(expression, false); }

std::string ClauseWords(const oracle::Specification& specification, int clause) {
  const oracle::Clause& of = specification.clauses()[static_cast<size_t>(clause)];
  const auto& compiled = specification.compiled().compiled[static_cast<size_t>(clause)];
  std::string text = "When " + EventWords(of.on);
  if (!of.for_each.empty()) {
    const std::string each = of.for_each == "delivery" ? "notification delivered" : of.for_each;
    text += ", for each " + each;
  }
  if (!IsAlways(compiled.when)) text += ", if " + Words(compiled.when, false);
  if (of.require == "FALSE") return text + ": this may not happen.";
  const bool option = of.level == oracle::Level::kMay;
  return text + (option ? ": it is seen that " : ": ") + Words(compiled.require, false) + ".";
}

}  // namespace pendulum::report
