// Random numbers and hashes of the old cryptographic interface.
#ifndef PENDULUM_SDK_WINCRYPT_H_
#define PENDULUM_SDK_WINCRYPT_H_

#include "windows.h"

typedef ULONG_PTR HCRYPTPROV;
typedef ULONG_PTR HCRYPTHASH;
typedef ULONG_PTR HCRYPTKEY;
typedef unsigned int ALG_ID;

#define PROV_RSA_FULL 1
#define PROV_RSA_AES 24
#define CRYPT_VERIFYCONTEXT 0xF0000000u
#define CALG_MD5 0x00008003u
#define CALG_SHA1 0x00008004u
#define CALG_SHA_256 0x0000800Cu
#define HP_HASHVAL 0x0002

extern "C" {
BOOL WINAPI CryptAcquireContextA(HCRYPTPROV* provider, LPCSTR container, LPCSTR name, DWORD type,
                                 DWORD flags);
BOOL WINAPI CryptAcquireContextW(HCRYPTPROV* provider, LPCWSTR container, LPCWSTR name, DWORD type,
                                 DWORD flags);
BOOL WINAPI CryptReleaseContext(HCRYPTPROV provider, DWORD flags);
BOOL WINAPI CryptGenRandom(HCRYPTPROV provider, DWORD bytes, BYTE* buffer);
BOOL WINAPI CryptCreateHash(HCRYPTPROV provider, ALG_ID algorithm, HCRYPTKEY key, DWORD flags,
                            HCRYPTHASH* hash);
BOOL WINAPI CryptHashData(HCRYPTHASH hash, const BYTE* data, DWORD bytes, DWORD flags);
BOOL WINAPI CryptGetHashParam(HCRYPTHASH hash, DWORD parameter, BYTE* data, DWORD* bytes,
                              DWORD flags);
BOOL WINAPI CryptDestroyHash(HCRYPTHASH hash);
BOOL WINAPI CryptBinaryToStringA(const BYTE* data, DWORD bytes, DWORD flags, LPSTR text,
                                 DWORD* length);
}

#ifdef UNICODE
#define CryptAcquireContext CryptAcquireContextW
#else
#define CryptAcquireContext CryptAcquireContextA
#endif

#endif  // PENDULUM_SDK_WINCRYPT_H_
