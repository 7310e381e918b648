#include "base/hash.h"

#include <assert.h>
#include <endian.h>
#include <sodium.h>
#include <xxhash.h>

_Static_assert(sizeof(crypto_generichash_state) <= sizeof(((struct hasher *)0)->blake), "hash.h");
_Static_assert(_Alignof(crypto_generichash_state) <= _Alignof(struct hasher), "hash.h");
_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(((struct hasher *)0)->sha), "hash.h");
_Static_assert(offsetof(struct hasher, sha) % _Alignof(crypto_hash_sha256_state) == 0, "hash.h");
_Static_assert(crypto_hash_sha256_BYTES == HASH_LEN, "hash.h");
_Static_assert(crypto_shorthash_KEYBYTES == HASH_KEY_LEN, "hash.h");

enum status hash_start(struct fault *fault)
{
    if (sodium_init() < 0)
        return fail(fault, IO_FAILED, "libsodium does not start: no source of random numbers");
    return OK;
}

static crypto_generichash_state *blake_state(struct hasher *hasher)
{
    return (crypto_generichash_state *)(void *)hasher->blake;
}

static crypto_hash_sha256_state *sha_state(struct hasher *hasher)
{
    return (crypto_hash_sha256_state *)(void *)hasher->sha;
}

void hasher_begin(struct hasher *hasher)
{
    crypto_generichash_init(blake_state(hasher), NULL, 0, HASH_LEN);
    crypto_hash_sha256_init(sha_state(hasher));
}

void hasher_add(struct hasher *hasher, struct bytes bytes)
{
    if (bytes.len == 0)
        return;
    crypto_generichash_update(blake_state(hasher), bytes.at, bytes.len);
    crypto_hash_sha256_update(sha_state(hasher), bytes.at, bytes.len);
}

void hasher_end(struct hasher *hasher, struct hash *blake2b, struct hash *sha256)
{
    struct hash unwanted;
    crypto_generichash_final(blake_state(hasher), (blake2b ? blake2b : &unwanted)->at, HASH_LEN);
    crypto_hash_sha256_final(sha_state(hasher), (sha256 ? sha256 : &unwanted)->at);
}

struct hash hash_from_bytes(struct bytes bytes)
{
    struct hash hash;
    crypto_generichash(hash.at, HASH_LEN, bytes.at, bytes.len, NULL, 0);
    return hash;
}

struct hash sha256_from_bytes(struct bytes bytes)
{
    static const uint8_t nothing[1];
    struct hash hash;
    crypto_hash_sha256(hash.at, bytes.len > 0 ? bytes.at : nothing, bytes.len);
    return hash;
}

bool hash_equal(const struct hash *a, const struct hash *b)
{
    return memcmp(a->at, b->at, HASH_LEN) == 0;
}

uint64_t checksum64(struct bytes bytes)
{
    return XXH3_64bits(bytes.at, bytes.len);
}

uint64_t keyed64(struct bytes bytes, const uint8_t key[HASH_KEY_LEN])
{
    static const uint8_t nothing[1];
    uint64_t value;
    crypto_shorthash((unsigned char *)&value, bytes.len > 0 ? bytes.at : nothing, bytes.len, key);
    return le64toh(value);
}

void random_fill(void *at, size_t len)
{
    randombytes_buf(at, len);
}

void hex_from_bytes(struct bytes bytes, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < bytes.len; i++) {
        *out++ = digits[bytes.at[i] >> 4];
        *out++ = digits[bytes.at[i] & 15];
    }
    *out = '\0';
}

/* 0 to 15, or -1. */
static int value_from_hex(uint8_t digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    digit |= 0x20;
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

bool bytes_from_hex(struct bytes text, uint8_t *out, size_t len)
{
    if (text.len % 2 != 0 || text.len / 2 != len)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (value_from_hex(text.at[i]) < 0)
            return false;
    }
    for (size_t i = 0; i < len; i++)
        out[i] =
            (uint8_t)(value_from_hex(text.at[2 * i]) << 4 | value_from_hex(text.at[2 * i + 1]));
    return true;
}

void base32_from_bytes(struct bytes bytes, char *out, size_t digits)
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    assert(digits <= (bytes.len * 8 + 4) / 5);
    for (size_t i = 0; i < digits; i++) {
        size_t bit = i * 5, byte = bit / 8;
        unsigned next = byte + 1 < bytes.len ? bytes.at[byte + 1] : 0;
        unsigned pair = (unsigned)bytes.at[byte] << 8 | next;
        out[i] = alphabet[pair >> (11 - bit % 8) & 31];
    }
    out[digits] = '\0';
}
