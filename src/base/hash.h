/* hash.h - names and checksums of bytes. The only file of the project that sees libsodium and
 * xxHash.
 *
 * BLAKE2b-256 names an original, SHA-256 is what courts and partners compute (sha256sum),
 * checksum64 (XXH3, 64 bit) guards blocks against damage, not against malice; keyed64
 * (SipHash-2-4) is for tables and rows that an attacker must not steer.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/bytes.h"
#include "base/fault.h"

enum { HASH_LEN = 32, HASH_KEY_LEN = 16 };

struct hash {
    uint8_t at[HASH_LEN];
};

/* BLAKE2b-256 and SHA-256 of a stream at once. A value type; private inside. */
struct hasher {
    _Alignas(64) uint8_t blake[384]; /* private: crypto_generichash_state */
    uint8_t sha[128];                /* private: crypto_hash_sha256_state */
};

/* Must be called once before the others; OK when called again. */
MUST_USE enum status hash_start(struct fault *fault);

void hasher_begin(struct hasher *hasher);
void hasher_add(struct hasher *hasher, struct bytes bytes);
/* Either may be NULL. */
void hasher_end(struct hasher *hasher, struct hash *blake2b, struct hash *sha256);

struct hash hash_from_bytes(struct bytes bytes); /* BLAKE2b-256 */
struct hash sha256_from_bytes(struct bytes bytes);
bool hash_equal(const struct hash *a, const struct hash *b);
uint64_t checksum64(struct bytes bytes);
uint64_t keyed64(struct bytes bytes, const uint8_t key[HASH_KEY_LEN]);
/* From the system's generator. */
void random_fill(void *at, size_t len);

/* 2 * len lower-case digits and a NUL into `out`. */
void hex_from_bytes(struct bytes bytes, char *out);
/* False unless text is exactly 2 * len hex digits. */
bool bytes_from_hex(struct bytes text, uint8_t *out, size_t len);
/* The first `digits` of the lower-case base32 (RFC 4648 alphabet, no padding) of the bytes, and a
 * NUL. */
void base32_from_bytes(struct bytes bytes, char *out, size_t digits);

#endif
