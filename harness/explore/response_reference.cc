#include "harness/explore/response_reference.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "harness/sched/schedule.h"

namespace pendulum::explore {
namespace {

using sched::Decision;
using sched::Question;

// How much of the line before the difference an excerpt has at most.
constexpr uint32_t kMostBytesBefore = 20;

std::string_view TextOf(std::span<const uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Where what comes after `mark` begins; the end when it is not there.
size_t After(std::string_view text, std::string_view mark) {
  const size_t at = text.find(mark);
  return at == std::string_view::npos ? text.size() : at + mark.size();
}

const char* PartName(trace::ResponsePart part) {
  switch (part) {
    case trace::ResponsePart::kStatusLine:
      return "status line";
    case trace::ResponsePart::kHeaders:
      return "headers";
    case trace::ResponsePart::kBody:
      break;
  }
  return "body";
}

// Printable whatever the bytes are, in quotation marks.
std::string Quoted(std::span<const uint8_t> bytes) {
  std::string text = "\"";
  for (const uint8_t byte : bytes) {
    if (byte == '\r') {
      text += "\\r";
    } else if (byte == '\n') {
      text += "\\n";
    } else if (byte == '"' || byte == '\\') {
      text += {'\\', static_cast<char>(byte)};
    } else if (byte < 0x20 || byte > 0x7E) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\x%02X", byte);
      text += escaped;
    } else {
      text += static_cast<char>(byte);
    }
  }
  return text + "\"";
}

std::string ExcerptText(const ResponseExcerpt& excerpt, trace::ResponsePart part) {
  std::string text = std::to_string(excerpt.response_bytes) + " bytes, ";
  const std::string place =
      std::string(PartName(part)) + " at byte " + std::to_string(excerpt.offset_bytes);
  if (excerpt.bytes == 0) return text + "which end in the " + place;
  text += place + ": " + Quoted({excerpt.text, excerpt.bytes});
  return text + (excerpt.cut ? " and more" : " and no more");
}

bool IsPlain(const Decision& decision) { return decision.answer == 0; }

}  // namespace

bool HasOneResponse(const host::Scenario& scenario) {
  return scenario.requests.size() == 1 &&
         scenario.requests[0].client.disconnect == host::DisconnectWhen::kNever &&
         !scenario.host.memory_faults && !scenario.host.network_faults;
}

bool DiffersInTimingAlone(std::span<const Decision> decisions) {
  return std::none_of(decisions.begin(), decisions.end(), [](const Decision& decision) {
    // A setting that concerns no request is which of several waiting threads goes on: order.
    return decision.question == Question::kStatus ||
           (decision.question == Question::kSetting && !IsPlain(decision) &&
            decision.request != sched::kNoRequest);
  });
}

std::optional<ResponseDifference> FirstDifference(std::span<const uint8_t> reference,
                                                  std::span<const uint8_t> received) {
  const size_t both = std::min(reference.size(), received.size());
  // Nearly always they are the same, which this sees fastest.
  if (reference.size() == received.size() &&
      (both == 0 || std::memcmp(reference.data(), received.data(), both) == 0)) {
    return std::nullopt;
  }
  const auto at = static_cast<size_t>(
      std::mismatch(reference.begin(), reference.begin() + static_cast<ptrdiff_t>(both),
                    received.begin())
          .first -
      reference.begin());
  // Both have the same bytes before the difference: a part that begins there begins in both.
  const std::string_view text = TextOf(reference);
  const size_t headers = After(text, "\r\n");
  const size_t body = After(text, "\r\n\r\n");
  ResponseDifference difference;
  difference.at_bytes = static_cast<uint32_t>(at);
  difference.offset_bytes = difference.at_bytes;
  if (at >= body) {
    difference.part = trace::ResponsePart::kBody;
    difference.offset_bytes -= static_cast<uint32_t>(body);
  } else if (at >= headers) {
    difference.part = trace::ResponsePart::kHeaders;
    difference.offset_bytes -= static_cast<uint32_t>(headers);
  }
  return difference;
}

ResponseExcerpt ExcerptAt(std::span<const uint8_t> response, const ResponseDifference& difference) {
  const uint32_t before = std::min(difference.offset_bytes, kMostBytesBefore);
  size_t begin = difference.at_bytes - before;
  const size_t line_end = TextOf(response.first(difference.at_bytes)).rfind('\n');
  if (line_end != std::string_view::npos) begin = std::max(begin, line_end + 1);
  ResponseExcerpt excerpt{};
  excerpt.response_bytes = static_cast<uint32_t>(response.size());
  excerpt.bytes =
      static_cast<uint32_t>(std::min<size_t>(response.size() - begin, ResponseExcerpt::kMostBytes));
  excerpt.offset_bytes =
      difference.offset_bytes - (difference.at_bytes - static_cast<uint32_t>(begin));
  excerpt.cut = begin + excerpt.bytes < response.size();
  std::copy_n(response.begin() + static_cast<ptrdiff_t>(begin), excerpt.bytes, excerpt.text);
  return excerpt;
}

std::vector<std::string> DescribeResponses(const ResponseExcerpt& reference,
                                           const ResponseExcerpt& received,
                                           trace::ResponsePart part,
                                           std::span<const Decision> decisions) {
  std::vector<std::string> lines = {"plainest schedule: " + ExcerptText(reference, part),
                                    "this schedule: " + ExcerptText(received, part)};
  const auto first = std::find_if_not(decisions.begin(), decisions.end(), IsPlain);
  if (first == decisions.end()) return lines;
  const bool is_only = std::all_of(first + 1, decisions.end(), IsPlain);
  lines.push_back((is_only ? "the only decision that is not the plainest: "
                           : "the first decision that is not the plainest: ") +
                  sched::Describe(*first));
  return lines;
}

}  // namespace pendulum::explore
