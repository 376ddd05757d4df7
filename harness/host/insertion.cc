#include "harness/host/insertion.h"

#include <algorithm>
#include <cstring>

#include "harness/host/mutant.h"
#include "harness/host/request.h"

namespace pendulum::host {
namespace {

using trace::BodyDirection;
using trace::EventKind;

void RecordBytes(Request* request, const trace::Digest& digest, BodyDirection direction) {
  request->world->Record(EventKind::kBodyBytes, request, trace::kNone8, trace::kNone16,
                         digest.value(), digest.bytes(), static_cast<uint16_t>(direction));
}

// From here on the bytes that are read are expected to be these. Where something put in before has
// not come back yet, the pages do not say in which order the two do: nothing is expected then.
// Bytes that other inserted ones come before are not told apart when they are read.
void Expect(Request* request, const void* data, uint32_t bytes, BodyDirection given,
            BodyDirection read, bool comes_first) {
  trace::Digest digest;
  digest.Add({static_cast<const uint8_t*>(data), bytes});
  RecordBytes(request, digest, given);
  ReadBack& back = request->body.back;
  const bool alone = comes_first && back.digest.bytes() == back.expected_bytes;
  back = {.expected_bytes = alone ? bytes : 0, .direction = read};
}

}  // namespace

void InsertBytes(Request* request, const void* data, uint32_t bytes) {
  const uint32_t before = request->request->ContentLength();
  RequestBody& body = request->body;
  auto* copy = static_cast<uint8_t*>(request->memory.Allocate(bytes));
  if (bytes > 0) std::memcpy(copy, data, bytes);
  const bool first = body.inserted.empty();
  if (!Mutant(kInsertedBodyDropped)) body.inserted.emplace_back(copy, bytes);
  body.insertions.emplace_back().Begin(request->world->scheduler, data, bytes, copy);
  Expect(request, data, bytes, BodyDirection::kInserted, BodyDirection::kReadInserted, first);
  request->world->Record(EventKind::kRequestLength, request, trace::kNone8, trace::kNone16, before,
                         request->request->ContentLength());
}

void PlaceEntity(Request* request, void* data, uint32_t bytes, uint32_t buffer_bytes) {
  RequestBody& body = request->body;
  Expect(request, data, bytes, BodyDirection::kPlaced, BodyDirection::kReadPlaced,
         body.inserted.empty());
  if (Mutant(kSetEntityIgnored)) return;
  body.handed = body.arrived;
  body.entity = data;
  body.entity_bytes = bytes;
  body.entity_buffer_bytes = buffer_bytes;
}

void TakeEntity(Request* request) {
  RequestBody& body = request->body;
  const uint32_t bytes = body.arrived - body.handed;
  if (body.entity_bytes != 0 || bytes == 0) return;
  body.entity = request->memory.Allocate(bytes);
  std::memcpy(body.entity, body.bytes->data() + body.handed, bytes);
  body.entity_bytes = body.entity_buffer_bytes = bytes;
  body.handed = body.arrived;
}

void NoteBytesRead(Request* request, const uint8_t* data, uint32_t bytes) {
  ReadBack& back = request->body.back;
  const uint32_t left = back.expected_bytes - back.digest.bytes();
  if (left == 0) return;
  back.digest.Add({data, std::min(bytes, left)});
  if (back.digest.bytes() == back.expected_bytes) {
    RecordBytes(request, back.digest, back.direction);
  }
}

void CheckInsertions(Request* request) {
  World& world = *request->world;
  for (const Guard& guard : request->body.insertions) {
    const auto fault = guard.Check(world.scheduler);
    if (!fault) continue;
    world.Record(EventKind::kMemoryViolated, request, trace::kNone8, trace::kNone16, 0,
                 static_cast<uint32_t>(*fault), 2);
  }
  if (!request->body.insertions.empty()) {
    world.Record(EventKind::kRequestLength, request, trace::kNone8, trace::kNone16,
                 request->body.total(), request->request->ContentLength(), 1);
  }
  request->body.insertions.clear();
}

uint32_t TextDigest(std::string_view text) {
  trace::Digest digest;
  digest.Add({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
  return digest.value();
}

uint32_t TextDigest(const wchar_t* text, size_t length) {
  trace::Digest digest;
  for (size_t i = 0; i < length; ++i) {
    const uint8_t halves[] = {static_cast<uint8_t>(text[i]), static_cast<uint8_t>(text[i] >> 8)};
    digest.Add(halves);
  }
  return digest.value();
}

}  // namespace pendulum::host
