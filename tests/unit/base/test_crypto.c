/* test_crypto.c: passwords, tokens, digests */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/crypto.h"

static void test_password(void **state)
{
	char hash[CRYPTO_PASSWORD_SIZE];
	char other[CRYPTO_PASSWORD_SIZE];

	(void)state;
	crypto_password_hash("correct horse", hash);
	crypto_password_hash("correct horse", other);
	assert_memory_equal(hash, "$argon2id$", 10);
	assert_string_not_equal(hash, other);
	assert_true(crypto_password_verify(hash, "correct horse"));
	assert_false(crypto_password_verify(hash, "correct horse "));
	assert_false(crypto_password_verify(hash, ""));
	assert_false(crypto_password_verify("", ""));
	assert_false(crypto_password_verify("$argon2id$v=19$m=9", "x"));
	assert_false(crypto_password_verify("plain", "plain"));
	crypto_password_dummy("whatever");
}

static void test_token(void **state)
{
	char one[CRYPTO_TOKEN_SIZE];
	char two[CRYPTO_TOKEN_SIZE];

	(void)state;
	crypto_token(one);
	crypto_token(two);
	assert_int_equal(strlen(one), 43);
	assert_string_not_equal(one, two);
	for (int i = 0; i < 100; i++) {
		crypto_token(one);
		assert_int_equal(strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					     "abcdefghijklmnopqrstuvwxyz"
					     "0123456789-_"),
		    43);
	}
}

/* FIPS 180-2's examples. */
static void test_sha256(void **state)
{
	const char *text =
	    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
	char hex[CRYPTO_HASH_HEX];
	unsigned char raw[CRYPTO_HASH_BYTES];
	unsigned char pieces[CRYPTO_HASH_BYTES];

	(void)state;
	crypto_sha256_hex("abc", 3, hex);
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223"
				 "b00361a396177a9cb410ff61f20015ad");
	crypto_sha256_hex(NULL, 0, hex);
	assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb924"
				 "27ae41e4649b934ca495991b7852b855");
	crypto_sha256_hex(text, strlen(text), hex);
	assert_string_equal(hex, "248d6a61d20638b8e5c026930c3e6039"
				 "a33ce45964ff2167f6ecedd419db06c1");
	crypto_sha256(text, strlen(text), raw);
	for (size_t step = 1; step <= strlen(text); step++) {
		struct crypto_sha256 s;

		crypto_sha256_init(&s);
		for (size_t i = 0; i < strlen(text); i += step)
			crypto_sha256_add(&s, text + i,
			    strlen(text) - i < step ? strlen(text) - i : step);
		crypto_sha256_end(&s, pieces);
		assert_memory_equal(pieces, raw, sizeof(raw));
	}
	crypto_hex(raw, sizeof(raw), hex);
	assert_memory_equal(hex, "248d6a61", 8);
}

/* RFC 4231, cases 2 and 6 (a key that is longer than a block). */
static void test_hmac(void **state)
{
	const char *data = "what do ya want for nothing?";
	const char *long_data =
	    "Test Using Larger Than Block-Size Key - Hash Key First";
	unsigned char key[131];
	unsigned char out[CRYPTO_HASH_BYTES];
	char hex[CRYPTO_HASH_HEX];

	(void)state;
	crypto_hmac("Jefe", 4, data, strlen(data), out);
	crypto_hex(out, sizeof(out), hex);
	assert_string_equal(hex, "5bdcc146bf60754e6a042426089575c7"
				 "5a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof(key));
	crypto_hmac(key, sizeof(key), long_data, strlen(long_data), out);
	crypto_hex(out, sizeof(out), hex);
	assert_string_equal(hex, "60e431591ee0b67f0d8a26aacbf5b77f"
				 "8e0bc6213728c5140546040f0ee37f54");
}

static void test_equal(void **state)
{
	(void)state;
	assert_true(crypto_equal("abc", "abc", 3));
	assert_false(crypto_equal("abc", "abd", 3));
	assert_true(crypto_equal(NULL, NULL, 0));
	assert_true(crypto_equal_text("", ""));
	assert_true(crypto_equal_text("token", "token"));
	assert_false(crypto_equal_text("token", "tokeN"));
	assert_false(crypto_equal_text("token", "token2"));
	assert_false(crypto_equal_text("", "token"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_password),
	    cmocka_unit_test(test_token),
	    cmocka_unit_test(test_sha256),
	    cmocka_unit_test(test_hmac),
	    cmocka_unit_test(test_equal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
