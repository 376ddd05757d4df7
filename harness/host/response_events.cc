#include "harness/host/response_events.h"

#include <algorithm>
#include <string>

#include "harness/host/headers.h"
#include "harness/trace/digest.h"

namespace pendulum::host {
namespace {

void RecordHeader(trace::EventKind kind, const Request* request, std::string_view name,
                  std::string_view value, uint16_t flags) {
  const sched::WorkerId worker = request->world->scheduler.current();
  const bool by_module = kind != trace::EventKind::kClientHeader && worker != sched::kNoWorker;
  const auto bytes = std::min<size_t>(value.size(), trace::kMaxHeaderBytes);
  request->world->Record(
      kind, request, by_module ? win32::boundary.module_of[worker] : trace::kNone8, trace::kNone16,
      trace::HeaderDigest(name, true), trace::HeaderDigest(value, false),
      static_cast<uint16_t>(flags | bytes << trace::kHeaderBytesShift));
}

// What a client can see of where a Location header leads.
uint16_t LocationFlags(const Request& request, std::string_view location) {
  uint16_t flags = trace::kLocation;
  if (location.find("://") != std::string_view::npos) flags |= trace::kLocationAbsolute;
  const std::string& url = request.description->url;
  const size_t query = url.find('?');
  if (query == std::string::npos) return flags;
  const std::string_view parameters = std::string_view(url).substr(query);
  if (location.find(parameters) != std::string_view::npos) flags |= trace::kLocationQuery;
  return flags;
}

}  // namespace

void RecordHeaderChanged(const Request* request, std::string_view name, std::string_view value,
                         uint16_t flags) {
  RecordHeader(trace::EventKind::kHeaderChanged, request, name, value, flags);
}

void RecordHeaderAsked(const Request* request, std::string_view name, std::string_view value) {
  RecordHeader(trace::EventKind::kHeaderAsked, request, name, value,
               value.data() != nullptr ? uint16_t{trace::kFound} : uint16_t{0});
}

void RecordClientHead(const Request* request) {
  const HTTP_RESPONSE& raw = request->response.raw;
  uint32_t headers = 0;
  uint16_t flags = 0;
  const auto add = [&](std::string_view name, const char* value, uint16_t length) {
    ++headers;
    if (EqualIgnoringCase(name, "Location")) flags |= LocationFlags(*request, {value, length});
    RecordHeader(trace::EventKind::kClientHeader, request, name, {value, length}, 0);
  };
  for (int i = 0; i < HttpHeaderResponseMaximum; ++i) {
    const HTTP_KNOWN_HEADER& header = raw.Headers.KnownHeaders[i];
    if (header.pRawValue != nullptr) {
      add(ResponseHeaderName(i), header.pRawValue, header.RawValueLength);
    }
  }
  for (int i = 0; i < raw.Headers.UnknownHeaderCount; ++i) {
    const HTTP_UNKNOWN_HEADER& header = raw.Headers.pUnknownHeaders[i];
    add({header.pName, header.NameLength}, header.pRawValue, header.RawValueLength);
  }
  request->world->Record(trace::EventKind::kClientHead, request, trace::kNone8, trace::kNone16,
                         raw.StatusCode, headers, flags);
}

}  // namespace pendulum::host
