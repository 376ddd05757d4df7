#include <string>

#include "tests/win32/simulation.h"
#include "winsock2.h"
#include "ws2tcpip.h"

namespace pendulum::win32 {
namespace {

class SocketTest : public Simulation {
 protected:
  // Whether a call has just failed as without sockets, and a line names it.
  testing::AssertionResult Failed(const char* function) {
    const int error = WSAGetLastError();
    WSASetLastError(0);
    if (error != WSANOTINITIALISED) {
      return testing::AssertionFailure() << function << " set the error " << error;
    }
    if (!WasCaptured(std::string("not simulated: ") + function)) {
      return testing::AssertionFailure() << "no line names " << function;
    }
    return testing::AssertionSuccess();
  }

  const SOCKET none_ = 0;
  SOCKADDR_STORAGE storage_ = {};
  SOCKADDR* address_ = reinterpret_cast<SOCKADDR*>(&storage_);
  int address_bytes_ = sizeof(storage_);
};

TEST_F(SocketTest, TheLibraryDoesNotStart) {
  WSADATA data;
  EXPECT_EQ(WSAStartup(MAKEWORD(2, 2), &data), WSASYSNOTREADY);
  EXPECT_TRUE(WasCaptured("not simulated: WSAStartup"));
  EXPECT_EQ(WSACleanup(), SOCKET_ERROR);
  EXPECT_TRUE(Failed("WSACleanup"));
}

TEST_F(SocketTest, NoSocketIsOpened) {
  EXPECT_EQ(socket(AF_INET, SOCK_STREAM, IPPROTO_TCP), INVALID_SOCKET);
  EXPECT_TRUE(Failed("socket"));
  EXPECT_EQ(accept(none_, address_, &address_bytes_), INVALID_SOCKET);
  EXPECT_TRUE(Failed("accept"));
  EXPECT_EQ(bind(none_, address_, address_bytes_), SOCKET_ERROR);
  EXPECT_TRUE(Failed("bind"));
  EXPECT_EQ(connect(none_, address_, address_bytes_), SOCKET_ERROR);
  EXPECT_TRUE(Failed("connect"));
  EXPECT_EQ(listen(none_, SOMAXCONN), SOCKET_ERROR);
  EXPECT_TRUE(Failed("listen"));
  EXPECT_EQ(shutdown(none_, SD_BOTH), SOCKET_ERROR);
  EXPECT_TRUE(Failed("shutdown"));
  EXPECT_EQ(closesocket(none_), SOCKET_ERROR);
  EXPECT_TRUE(Failed("closesocket"));
}

TEST_F(SocketTest, NothingIsSentOrReceived) {
  char data[4] = {1, 2, 3, 4};
  EXPECT_EQ(send(none_, data, sizeof(data), 0), SOCKET_ERROR);
  EXPECT_TRUE(Failed("send"));
  EXPECT_EQ(recv(none_, data, sizeof(data), 0), SOCKET_ERROR);
  EXPECT_TRUE(Failed("recv"));
  EXPECT_EQ(data[0], 1);
  WSABUF buffer = {sizeof(data), data};
  DWORD bytes = 0;
  DWORD flags = 0;
  EXPECT_EQ(WSASend(none_, &buffer, 1, &bytes, 0, nullptr, nullptr), SOCKET_ERROR);
  EXPECT_TRUE(Failed("WSASend"));
  EXPECT_EQ(WSARecv(none_, &buffer, 1, &bytes, &flags, nullptr, nullptr), SOCKET_ERROR);
  EXPECT_TRUE(Failed("WSARecv"));
  EXPECT_EQ(select(0, nullptr, nullptr, nullptr, nullptr), SOCKET_ERROR);
  EXPECT_TRUE(Failed("select"));
}

TEST_F(SocketTest, NothingIsKnownOfASocket) {
  char value[4] = {};
  int value_bytes = sizeof(value);
  ULONG argument = 1;
  EXPECT_EQ(getsockname(none_, address_, &address_bytes_), SOCKET_ERROR);
  EXPECT_TRUE(Failed("getsockname"));
  EXPECT_EQ(getpeername(none_, address_, &address_bytes_), SOCKET_ERROR);
  EXPECT_TRUE(Failed("getpeername"));
  EXPECT_EQ(getsockopt(none_, SOL_SOCKET, SO_ERROR, value, &value_bytes), SOCKET_ERROR);
  EXPECT_TRUE(Failed("getsockopt"));
  EXPECT_EQ(setsockopt(none_, SOL_SOCKET, SO_KEEPALIVE, value, value_bytes), SOCKET_ERROR);
  EXPECT_TRUE(Failed("setsockopt"));
  EXPECT_EQ(ioctlsocket(none_, FIONBIO, &argument), SOCKET_ERROR);
  EXPECT_TRUE(Failed("ioctlsocket"));
}

TEST_F(SocketTest, NoNameIsResolved) {
  ADDRINFOA unused = {};
  PADDRINFOA result = &unused;
  EXPECT_EQ(getaddrinfo("localhost", "80", nullptr, &result), WSANOTINITIALISED);
  EXPECT_EQ(result, nullptr);
  EXPECT_TRUE(Failed("getaddrinfo"));
  freeaddrinfo(result);
  EXPECT_TRUE(Failed("freeaddrinfo"));
  char text[64] = {};
  EXPECT_EQ(getnameinfo(address_, address_bytes_, text, sizeof(text), nullptr, 0, 0),
            WSANOTINITIALISED);
  EXPECT_TRUE(Failed("getnameinfo"));
  EXPECT_EQ(gethostbyname("localhost"), nullptr);
  EXPECT_TRUE(Failed("gethostbyname"));
  EXPECT_EQ(gethostname(text, sizeof(text)), SOCKET_ERROR);
  EXPECT_TRUE(Failed("gethostname"));
}

TEST_F(SocketTest, AddressesAreNoTexts) {
  char text[64] = {};
  IN_ADDR address = {};
  DWORD length = sizeof(text);
  EXPECT_EQ(inet_addr("127.0.0.1"), INADDR_NONE);
  EXPECT_TRUE(Failed("inet_addr"));
  EXPECT_EQ(inet_ntoa(address), nullptr);
  EXPECT_TRUE(Failed("inet_ntoa"));
  EXPECT_EQ(inet_ntop(AF_INET, &address, text, sizeof(text)), nullptr);
  EXPECT_TRUE(Failed("inet_ntop"));
  EXPECT_EQ(inet_pton(AF_INET, "127.0.0.1", &address), -1);
  EXPECT_TRUE(Failed("inet_pton"));
  EXPECT_EQ(WSAAddressToStringA(address_, sizeof(storage_), nullptr, text, &length), SOCKET_ERROR);
  EXPECT_TRUE(Failed("WSAAddressToStringA"));
}

}  // namespace
}  // namespace pendulum::win32
