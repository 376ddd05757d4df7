#include "harness/host/chunks.h"

#include <algorithm>
#include <cstring>

#include "harness/host/mutant.h"
#include "harness/host/send.h"
#include "harness/platform/sanitizer.h"
#include "harness/win32/files.h"

namespace pendulum::host {
namespace {

// The part of `size` bytes that a range names; false when it starts beyond the end.
bool Range(const HTTP_BYTE_RANGE& range, uint64_t size, uint64_t* offset, uint64_t* bytes) {
  *offset = range.StartingOffset.QuadPart;
  if (*offset > size) return false;
  const uint64_t left = size - *offset;
  const bool to_end = range.Length.QuadPart == HTTP_BYTE_RANGE_TO_EOF;
  *bytes = to_end ? left : std::min<uint64_t>(left, range.Length.QuadPart);
  return true;
}

HRESULT ChunkError(World* world, const HTTP_DATA_CHUNK& chunk) {
  const uint8_t* data = nullptr;
  uint32_t bytes = 0;
  switch (chunk.DataChunkType) {
    case HttpDataChunkFromMemory:
      return chunk.FromMemory.pBuffer == nullptr && chunk.FromMemory.BufferLength != 0
                 ? kErrorInvalidParameter
                 : S_OK;
    case HttpDataChunkFromFileHandle:
      return ChunkBytes(world, chunk, &data, &bytes) ? S_OK
                                                     : HRESULT_FROM_WIN32(ERROR_INVALID_HANDLE);
    case HttpDataChunkFromFragmentCache:
    case HttpDataChunkFromFragmentCacheEx:
      return ChunkBytes(world, chunk, &data, &bytes) ? S_OK
                                                     : HRESULT_FROM_WIN32(ERROR_PATH_NOT_FOUND);
    case HttpDataChunkTrailers:
    case HttpDataChunkFromWinHttpFastForwarding:
      return kErrorNotSupported;
    default:
      return kErrorInvalidParameter;
  }
}

// What the recorder knows of the body that the client must get: the module's `data`, of which
// `kept` is a copy. It keeps the pieces itself, since one in front moves all others.
void Give(ResponseState* response, const uint8_t* data, const uint8_t* kept, uint32_t bytes,
          bool in_front) {
  auto& pieces = response->given_pieces;
  pieces.insert(in_front ? pieces.begin() : pieces.end(), {kept, bytes});
  if (!in_front) return response->given.Add({data, bytes});
  response->given = response->given_sent;
  for (const auto& [piece, count] : pieces) response->given.Add({piece, count});
}

uint8_t* CopyOf(Request* request, const void* data, uint32_t bytes) {
  platform::NoteRead(data, bytes);
  auto* copy = static_cast<uint8_t*>(request->response.buffer.Allocate(bytes));
  if (bytes > 0) std::memcpy(copy, data, bytes);
  if (Mutant(kWriteByteChanged) && bytes > 1) copy[bytes / 2] ^= 1;
  return copy;
}

}  // namespace

ChunkSummary Summarize(World* world, const HTTP_DATA_CHUNK* chunks, uint32_t count) {
  ChunkSummary summary;
  if (chunks == nullptr) {
    summary.flags = trace::kBufferNull;
    summary.error = Mutated<HRESULT>(kWriteNullChunksOtherError, kErrorInvalidParameter, E_POINTER);
    return summary;
  }
  if (count > kMaxChunks && !Mutant(kWriteTooManyAccepted)) {
    summary.error = HRESULT_FROM_WIN32(ERROR_ARITHMETIC_OVERFLOW);
    return summary;
  }
  for (uint32_t i = 0; i < count; ++i) {
    const HTTP_DATA_CHUNK& chunk = chunks[i];
    const HRESULT error = ChunkError(world, chunk);
    if (FAILED(error)) {
      summary.flags |= trace::kBadChunk;
      summary.error = error;
      return summary;
    }
    if (chunk.DataChunkType != HttpDataChunkFromMemory) summary.flags |= trace::kFileChunk;
    const uint8_t* data = nullptr;
    uint32_t bytes = 0;
    if (!ChunkBytes(world, chunk, &data, &bytes)) continue;
    if (world->scheduler.StackOwner(data) != sched::kNoWorker) summary.flags |= trace::kOnStack;
    summary.bytes += bytes;
  }
  return summary;
}

bool ChunkBytes(World* world, const HTTP_DATA_CHUNK& chunk, const uint8_t** data, uint32_t* bytes) {
  const uint8_t* whole = nullptr;
  size_t size = 0;
  uint64_t offset = 0;
  uint64_t length = 0;
  switch (chunk.DataChunkType) {
    case HttpDataChunkFromMemory:
      *data = static_cast<const uint8_t*>(chunk.FromMemory.pBuffer);
      *bytes = chunk.FromMemory.BufferLength;
      return true;
    case HttpDataChunkFromFileHandle:
      if (!win32::FileHandleBytes(chunk.FromFileHandle.FileHandle, &whole, &size)) return false;
      if (!Range(chunk.FromFileHandle.ByteRange, size, &offset, &length)) return false;
      break;
    case HttpDataChunkFromFragmentCache: {
      const std::vector<uint8_t>* fragment =
          world->info.FindFragment(chunk.FromFragmentCache.pFragmentName);
      if (fragment == nullptr) return false;
      whole = fragment->data();
      length = fragment->size();
      break;
    }
    case HttpDataChunkFromFragmentCacheEx: {
      const std::vector<uint8_t>* fragment =
          world->info.FindFragment(chunk.FromFragmentCacheEx.pFragmentName);
      if (fragment == nullptr) return false;
      whole = fragment->data();
      if (!Range(chunk.FromFragmentCacheEx.ByteRange, fragment->size(), &offset, &length)) {
        return false;
      }
      break;
    }
    default:
      return false;
  }
  *data = whole + offset;
  *bytes = static_cast<uint32_t>(length);
  return true;
}

void AddChunks(Request* request, const HTTP_DATA_CHUNK* chunks, uint32_t count, bool copy,
               uint16_t operation) {
  for (uint32_t i = 0; i < count; ++i) {
    const HTTP_DATA_CHUNK& chunk = chunks[i];
    if (!copy || chunk.DataChunkType != HttpDataChunkFromMemory) {
      AddReference(request, chunk, false, operation);
      continue;
    }
    ResponseState& response = request->response;
    HTTP_DATA_CHUNK own = chunk;
    const uint32_t bytes = chunk.FromMemory.BufferLength;
    own.FromMemory.pBuffer = CopyOf(request, chunk.FromMemory.pBuffer, bytes);
    Give(&response, static_cast<const uint8_t*>(chunk.FromMemory.pBuffer),
         static_cast<const uint8_t*>(own.FromMemory.pBuffer), bytes, false);
    response.buffered_bytes += bytes;
    ++response.chunks_written;
    response.chunks.push_back(own);
  }
  ShowChunks(&request->response);
}

void AddText(Request* request, std::string_view text) {
  ResponseState& response = request->response;
  HTTP_DATA_CHUNK chunk{};
  chunk.DataChunkType = HttpDataChunkFromMemory;
  chunk.FromMemory.pBuffer = CopyOf(request, text.data(), static_cast<uint32_t>(text.size()));
  chunk.FromMemory.BufferLength = static_cast<ULONG>(text.size());
  response.buffered_bytes += chunk.FromMemory.BufferLength;
  // The module has not given these bytes.
  response.given_known = false;
  response.chunks.push_back(chunk);
  ShowChunks(&response);
}

void DropChunks(Request* request, const HTTP_DATA_CHUNK* chunks, uint32_t count,
                uint16_t operation) {
  ResponseState& response = request->response;
  for (uint32_t i = count; i-- > 0;) {
    const auto same = [&](const HTTP_DATA_CHUNK& own) {
      return std::memcmp(&own, &chunks[i], sizeof own) == 0;
    };
    const auto found = std::find_if(response.chunks.rbegin(), response.chunks.rend(), same);
    if (found == response.chunks.rend()) continue;
    const uint8_t* data = nullptr;
    uint32_t bytes = 0;
    if (ChunkBytes(request->world, *found, &data, &bytes)) response.buffered_bytes -= bytes;
    --response.chunks_written;
    response.chunks.erase(std::next(found).base());
  }
  std::erase_if(response.references, [&](const Reference& reference) {
    return reference.segment.operation == operation;
  });
  // The digest has counted them already.
  response.given_known = false;
  ShowChunks(&response);
}

void AddReference(Request* request, const HTTP_DATA_CHUNK& chunk, bool in_front,
                  uint16_t operation) {
  ResponseState& response = request->response;
  const uint8_t* data = nullptr;
  uint32_t bytes = 0;
  if (!ChunkBytes(request->world, chunk, &data, &bytes)) return;
  response.buffered_bytes += bytes;
  ++response.chunks_written;
  const uint8_t* kept = data;
  if (chunk.DataChunkType == HttpDataChunkFromMemory && bytes > 0) {
    Reference reference = {.memory = data, .segment = {.bytes = bytes, .operation = operation}};
    uint8_t* copy = CopyOf(request, data, bytes);
    reference.segment.data = copy;
    reference.segment.guard.Begin(request->world->scheduler, data, bytes, copy);
    response.references.push_back(reference);
    kept = copy;
  }
  Give(&response, data, kept, bytes, in_front);
  const bool first = in_front != Mutant(kReferenceAtOtherEnd);
  response.chunks.insert(first ? response.chunks.begin() : response.chunks.end(), chunk);
  ShowChunks(&response);
}

}  // namespace pendulum::host
