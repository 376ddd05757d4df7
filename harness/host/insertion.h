// What modules put into a request's body, with InsertEntityBody and IReadEntityProvider::SetEntity,
// and what of it comes back through reads.
#ifndef PENDULUM_HOST_INSERTION_H_
#define PENDULUM_HOST_INSERTION_H_

#include <cstdint>
#include <string_view>

#include "harness/host/world.h"

namespace pendulum::host {

// Puts `bytes` bytes at `data` before what has not been read. The server keeps no copy of its own
// (ihttprequest-insertentitybody-method.md): the memory is watched until the request is over.
void InsertBytes(Request* request, const void* data, uint32_t bytes);
// Puts them in the place of what has arrived and has not been read
// (ireadentityprovider-setentity-method.md).
void PlaceEntity(Request* request, void* data, uint32_t bytes, uint32_t buffer_bytes);
// The body that has arrived and has not been read, as RQ_READ_ENTITY handlers see it and may change
// it in place.
void TakeEntity(Request* request);

// A read has put these bytes into the module's buffer.
void NoteBytesRead(Request* request, const uint8_t* data, uint32_t bytes);
// Records what became of inserted memory; at the end of the request, and before the module's
// objects go.
void CheckInsertions(Request* request);

// Digests of text, by which a trace tells one from another.
uint32_t TextDigest(std::string_view text);
uint32_t TextDigest(const wchar_t* text, size_t length);

}  // namespace pendulum::host

#endif  // PENDULUM_HOST_INSERTION_H_
