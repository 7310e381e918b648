#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hash.h"

static int start(void **state)
{
    (void)state;
    return hash_start(NULL) != OK || hash_start(NULL) != OK;
}

static void check_hex(const struct hash *hash, const char *wanted)
{
    char hex[2 * HASH_LEN + 1];
    hex_from_bytes(bytes_make(hash->at, HASH_LEN), hex);
    assert_string_equal(hex, wanted);
}

static void known_bytes_have_their_known_hashes(void **state)
{
    (void)state;
    struct hash blake = hash_from_bytes(bytes_from_string("abc"));
    struct hash sha = sha256_from_bytes(bytes_from_string("abc"));
    check_hex(&blake, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    check_hex(&sha, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sha = sha256_from_bytes((struct bytes){ 0 });
    check_hex(&sha, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void a_stream_hashes_like_the_whole(void **state)
{
    (void)state;
    const char *text = "one hundred tons of silver, and not one more, left the harbour that night";
    struct bytes whole = bytes_from_string(text);
    for (size_t piece = 1; piece < whole.len; piece += 5) {
        struct hasher hasher;
        hasher_begin(&hasher);
        hasher_add(&hasher, (struct bytes){ 0 });
        for (size_t at = 0; at < whole.len; at += piece)
            hasher_add(&hasher, bytes_slice(whole, at, piece));
        struct hash blake, sha, wanted = hash_from_bytes(whole);
        hasher_end(&hasher, &blake, &sha);
        assert_true(hash_equal(&blake, &wanted));
        wanted = sha256_from_bytes(whole);
        assert_true(hash_equal(&sha, &wanted));
        assert_false(hash_equal(&sha, &blake));
    }
}

static void checksums_are_those_of_the_reference(void **state)
{
    (void)state;
    const uint8_t key[HASH_KEY_LEN] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
    assert_int_equal(checksum64((struct bytes){ 0 }), UINT64_C(0x2d06800538d394c2));
    assert_int_equal(keyed64((struct bytes){ 0 }, key), UINT64_C(0x726fdb47dd0e0e31));
    assert_int_equal(keyed64(bytes_make("\0", 1), key), UINT64_C(0x74f839c593dc67fd));
}

static void hexadecimal_comes_back(void **state)
{
    (void)state;
    uint8_t bytes[3] = { 9, 9, 9 };
    assert_true(bytes_from_hex(bytes_from_string("00aBfF"), bytes, 3));
    assert_memory_equal(bytes, "\x00\xab\xff", 3);
    const char *refused[] = { "", "00", "00abf", "00abfg", "00abff0", "00ab:f", "00ab f" };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_false(bytes_from_hex(bytes_from_string(refused[i]), bytes, 3));
}

static void base32_is_that_of_rfc_4648(void **state)
{
    (void)state;
    char out[17];
    base32_from_bytes(bytes_from_string("foobar"), out, 10);
    assert_string_equal(out, "mzxw6ytboi");
    base32_from_bytes(bytes_from_string("foob"), out, 7);
    assert_string_equal(out, "mzxw6yq");
    base32_from_bytes(bytes_from_string("foobar"), out, 0);
    assert_string_equal(out, "");
}

static void random_bytes_differ(void **state)
{
    (void)state;
    uint8_t first[16] = { 0 }, second[16] = { 0 };
    random_fill(first, sizeof first);
    random_fill(second, sizeof second);
    assert_memory_not_equal(first, second, sizeof first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_bytes_have_their_known_hashes),
        cmocka_unit_test(a_stream_hashes_like_the_whole),
        cmocka_unit_test(checksums_are_those_of_the_reference),
        cmocka_unit_test(hexadecimal_comes_back),
        cmocka_unit_test(base32_is_that_of_rfc_4648),
        cmocka_unit_test(random_bytes_differ),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
