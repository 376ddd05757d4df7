// Entity chunks as modules give them: what is in them, whether they are valid, where their bytes
// are.
#ifndef PENDULUM_HOST_CHUNKS_H_
#define PENDULUM_HOST_CHUNKS_H_

#include <cstdint>
#include <string_view>

#include "harness/host/world.h"

namespace pendulum::host {

inline constexpr uint32_t kMaxChunks = 65535;

struct ChunkSummary {
  uint32_t bytes = 0;    // body bytes of all chunks
  uint16_t flags = 0;    // OperationFlag: kBufferNull, kFileChunk, kOnStack, kBadChunk
  HRESULT error = S_OK;  // what the call fails with
};

// Looks at the chunks of a call. NULL chunks and data fail with ERROR_INVALID_PARAMETER, kinds that
// are not simulated with ERROR_NOT_SUPPORTED, unknown file handles with ERROR_INVALID_HANDLE.
ChunkSummary Summarize(World* world, const HTTP_DATA_CHUNK* chunks, uint32_t count);

// Where the bytes of a chunk are. False when they can't be had.
bool ChunkBytes(World* world, const HTTP_DATA_CHUNK& chunk, const uint8_t** data, uint32_t* bytes);

// Appends chunks of `operation` to the response; with `copy`, memory is the module's own again when
// this returns, else it stays guarded until it is sent.
void AddChunks(Request* request, const HTTP_DATA_CHUNK* chunks, uint32_t count, bool copy,
               uint16_t operation);
// Appends text of the server's own.
void AddText(Request* request, std::string_view text);
// Takes those chunks out again: the operation that brought them has failed.
void DropChunks(Request* request, const HTTP_DATA_CHUNK* chunks, uint32_t count,
                uint16_t operation);
// Adds one chunk whose memory stays the module's, in front of all others or behind them.
void AddReference(Request* request, const HTTP_DATA_CHUNK& chunk, bool in_front,
                  uint16_t operation);

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_CHUNKS_H_
