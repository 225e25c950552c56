/* intake.c: from an uploaded file to an import that is stored */
/* SPDX-License-Identifier: MIT */
#include "domain/import/intake.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/log.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/catalog/catalog.h"
#include "domain/import/headers.h"
#include "domain/import/import_audit.h"
#include "domain/import/problem.h"
#include "domain/import/sniff.h"
#include "domain/import/source.h"
#include "storage/attribute_store.h"
#include "storage/import_file_store.h"
#include "storage/segment_store.h"
#include "storage/setting_store.h"

/* An upload on its way; what the steps below hand on. */
struct upload {
	struct db *db;
	struct arena *arena;
	const struct intake_options *options;
	struct source source;
	struct sniffed sniffed;
	struct inspection found;
	struct import_plan plan;
	struct intake_messages *messages;
	struct refusal refusal;
	char request_hash[CRYPTO_HASH_HEX];
};

static void say(struct intake_messages *m, const char *field, const char *text)
{
	size_t room = sizeof(m->items) / sizeof(m->items[0]);

	if (m->count < room)
		m->items[m->count++] = (struct intake_message){field, text};
}

static enum status refuse(
    struct upload *u, enum problem_code code, const char *text)
{
	u->refusal.code = code;
	u->refusal.text = text;
	return STATUS_INVALID;
}

/* --- the facts of the file --- */

/* The whole file, mapped: an accent that tells the encoding may stand at its
 * end. The mapping begins with the file that holds the upload. */
static enum status map_file(
    const struct source *s, char **base, size_t *size, struct err *e)
{
	int fd = open(s->path, O_RDONLY | O_CLOEXEC);

	*size = (size_t)(s->offset + s->length);
	if (fd < 0)
		return ERR(e, STATUS_FAILED, "cannot read %s", s->path);
	*base = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (*base == MAP_FAILED)
		return ERR(e, STATUS_FAILED, "cannot map %s", s->path);
	return STATUS_OK;
}

static enum status sniff(struct upload *u, struct err *e)
{
	char *base = NULL;
	size_t size = 0;

	if (!u->source.length)
		return refuse(u, REFUSED_EMPTY_FILE,
		    "The file is empty: there is not one row in it.");
	enum status st = map_file(&u->source, &base, &size, e);

	if (st != STATUS_OK)
		return st;
	sniff_bytes(
	    base + u->source.offset, u->source.length, true, &u->sniffed);
	munmap(base, size);
	if (!u->sniffed.text)
		return refuse(u, REFUSED_NOT_TEXT, u->sniffed.why);
	if (u->sniffed.unsupported)
		return refuse(u, REFUSED_ENCODING, u->sniffed.why);
	u->source.encoding = u->sniffed.encoding;
	u->source.delimiter = u->sniffed.delimiter;
	return STATUS_OK;
}

static bool header_wanted(const struct upload *u)
{
	const char *said = str_or_empty(u->options->header);
	const struct import_format *f =
	    import_format_find(str_or_empty(u->options->format));

	if (f && f->rules.fixed_header)
		return true;
	return *said ? str_equal(said, "true") : u->sniffed.header;
}

static enum status inspect(struct upload *u, struct err *e)
{
	struct import *head = &u->plan.row.head;

	head->header = header_wanted(u);
	enum status st = inspect_file(
	    u->arena, &u->source, head->header, &u->found, &u->refusal, e);

	if (st != STATUS_OK)
		return st;
	head->encoding = u->source.encoding;
	head->delimiter = u->source.delimiter;
	head->columns = inspect_to_json(u->arena, &u->found);
	head->total_rows = u->found.rows;
	plan_set_columns(u->arena, &u->plan, &u->found);
	return STATUS_OK;
}

/* --- format and rules --- */

static enum status choose_format(struct upload *u)
{
	const char *key = str_or_empty(u->options->format);

	plan_guess_format(u->arena, &u->plan);
	if (!*key)
		key = u->plan.guess_format;
	u->plan.format = import_format_find(key);
	if (!u->plan.format) {
		say(u->messages, "format",
		    "This format does not exist: choose one of the list.");
		return STATUS_INVALID;
	}
	u->plan.rules = u->plan.format->rules;
	u->plan.row.head.format = u->plan.format->key;
	return STATUS_OK;
}

/* The limits and the country that an admin set for the whole book. A row limit
 * that was raised above that of any format holds for all of them, but for one
 * that cuts the file off: that belongs to its format. *rows is the book's. */
static enum status apply_settings(struct db *db, struct arena *a,
    struct import_plan *p, uint64_t *rows, struct err *e)
{
	const uint64_t usual = import_formats[0].rules.row_limit;
	const char *country = "";
	enum status st =
	    setting_get_u64(db, "import.size_limit", &p->rules.size_limit, e);

	if (st == STATUS_OK)
		st = setting_get_u64(db, "import.row_limit", rows, e);
	if (st == STATUS_OK)
		st = setting_get(db, a, "book.country", &country, e);
	if (st != STATUS_OK)
		return st;
	if (!p->rules.row_limit_cuts &&
	    (*rows < p->rules.row_limit || *rows > usual))
		p->rules.row_limit = *rows;
	if (!*p->rules.country && !p->format->country_required &&
	    strlen(country) == 2)
		memcpy(p->rules.country, country, 3);
	return STATUS_OK;
}

static void apply_rules(struct upload *u, uint64_t row_limit)
{
	const struct intake_options *o = u->options;
	const uint64_t size_limit = u->plan.rules.size_limit;

	for (size_t i = 0; i < o->rule_count; i++) {
		const char *value = str_or_empty(o->rule_values[i]);

		if (!import_rule_set(&u->plan.rules, o->rule_names[i], value))
			say(u->messages, o->rule_names[i],
			    arena_printf(u->arena,
				"\"%.60s\" is not a value of this rule.",
				value));
	}
	/* What the book allows, a rule can only lower. */
	if (u->plan.rules.size_limit > size_limit)
		u->plan.rules.size_limit = size_limit;
	if (u->plan.rules.row_limit > row_limit)
		u->plan.rules.row_limit = row_limit;
}

static void check_segment_name(struct upload *u, const char *name)
{
	struct catalog_problem p;
	struct err e;

	if (*name && catalog_check_name(name, &p, &e) != STATUS_OK)
		say(u->messages, "segment", p.text);
}

static void check_tag_names(struct upload *u, const char *tags)
{
	struct catalog_problem p;
	struct err e;

	while (*tags) {
		size_t n = strcspn(tags, "|");
		const char *name = tags;
		size_t length = n;

		tags += n + (tags[n] == '|');
		utf8_trim(&name, &length);
		name = arena_strndup(u->arena, name, length);
		if (!*name || catalog_check_tag(name, &p, &e) == STATUS_OK)
			continue;
		say(u->messages, "tags",
		    arena_printf(u->arena, "%s: %s",
			problem_value(u->arena, name), p.text));
		return;
	}
}

static void check_options(struct upload *u)
{
	const struct import_plan *p = &u->plan;
	const bool now = !u->options->asks_later;

	if (now && p->rules.segment_required && str_empty(u->options->segment))
		say(u->messages, "segment",
		    "This format asks for a segment: name the one that the"
		    " contacts of the file are put in.");
	check_segment_name(u, str_or_empty(u->options->segment));
	check_tag_names(u, str_or_empty(u->options->tags));
	if (p->format->optout && !str_empty(u->options->segment))
		say(u->messages, "segment",
		    "A list of opt-outs puts nobody into a segment: leave this "
		    "empty.");
	if (p->format->optout && !str_empty(u->options->tags))
		say(u->messages, "tags",
		    "A list of opt-outs gives nobody tags: leave this empty.");
	if (now && p->format->country_required && !*p->rules.country)
		say(u->messages, "country",
		    "Choose the country whose code is put in front of the"
		    " phone numbers.");
}

static enum status check_segment(struct upload *u, struct err *e)
{
	bool dynamic = false;
	enum status st = segment_store_is_dynamic(
	    u->db, str_or_empty(u->options->segment), &dynamic, e);

	if (dynamic)
		say(u->messages, "segment", SEGMENT_IS_DYNAMIC);
	return st;
}

static enum status set_rules(struct upload *u, struct err *e)
{
	uint64_t row_limit = 0;
	enum status st =
	    apply_settings(u->db, u->arena, &u->plan, &row_limit, e);

	if (st != STATUS_OK)
		return st;
	apply_rules(u, row_limit);
	check_options(u);
	st = check_segment(u, e);
	if (st != STATUS_OK)
		return st;
	u->plan.row.rules = import_rules_json(u->arena, &u->plan.rules);
	return u->messages->count ? STATUS_INVALID : STATUS_OK;
}

/* --- refusals of the file as a whole --- */

static enum status check_size(struct upload *u, uint64_t limit)
{
	if (u->source.length <= limit)
		return STATUS_OK;
	return refuse(u, REFUSED_TOO_LARGE,
	    arena_printf(u->arena,
		"The file has %.1f MB (%llu bytes); the limit is %.1f MB (%llu"
		" bytes). Split it and import the parts one after the other.",
		(double)u->source.length / 1048576,
		(unsigned long long)u->source.length, (double)limit / 1048576,
		(unsigned long long)limit));
}

/* Before anything is read: what the whole book allows. */
static enum status check_size_of_book(struct upload *u, struct err *e)
{
	uint64_t limit = 0;
	enum status st = setting_get_u64(u->db, "import.size_limit", &limit, e);

	return st == STATUS_OK ? check_size(u, limit) : st;
}

/* --- storing it --- */

struct storing {
	struct db *db;
	struct import_id id;
	unsigned seq;
	struct str piece;
	enum status status;
	struct err *err;
};

static void store_piece(struct storing *s)
{
	if (s->piece.len && s->status == STATUS_OK)
		s->status = import_file_put(s->db, s->id, s->seq++,
		    str_text(&s->piece), s->piece.len, s->err);
	str_reset(&s->piece);
}

static bool on_piece(void *arg, const char *bytes, size_t n)
{
	struct storing *s = arg;

	while (n && s->status == STATUS_OK) {
		size_t room = IMPORT_PIECE - s->piece.len;
		size_t part = n < room ? n : room;

		str_add(&s->piece, bytes, part);
		bytes += part;
		n -= part;
		if (s->piece.len == IMPORT_PIECE)
			store_piece(s);
	}
	return s->status == STATUS_OK;
}

/* A file that errors.csv gave, corrected: which import it completes. */
static enum status find_completed(struct upload *u, struct err *e)
{
	struct import_plan *p = &u->plan;

	headers_hash(u->arena, p->header, p->column_count, p->row.headers_hash);
	if (!headers_end_in_result(u->arena, p->header, p->column_count))
		return STATUS_OK;
	enum status st = import_store_to_complete(
	    u->db, p->row.headers_hash, &p->row.head.completes, e);

	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

struct uploaded {
	const struct actor *actor;
	const struct import_id *id;
};

static enum status write_uploaded(struct db *db, void *arg, struct err *e)
{
	const struct uploaded *u = arg;
	enum status st =
	    import_store_move(db, *u->id, IMPORT_UPLOADING, IMPORT_UPLOADED, e);

	return st == STATUS_OK ? import_audit(db, u->actor, "import.uploaded",
				     *u->id, "", e)
			       : st;
}

/* The import is "uploading" until its last piece is stored: a process that
 * dies on the way leaves nothing that anybody sees. */
static enum status store(struct upload *u, const struct actor *actor,
    struct import_id *out, struct err *e)
{
	struct storing s = {.db = u->db, .err = e};
	struct import_row *row = &u->plan.row;
	struct uploaded uploaded = {actor, &s.id};

	row->head.state = IMPORT_UPLOADING;
	enum status st = import_store_insert(u->db, row, actor,
	    u->options->idempotency_key, u->request_hash, &s.id, e);

	if (st != STATUS_OK)
		return st;
	str_init(&s.piece, IMPORT_PIECE);
	st = source_bytes(&u->source, on_piece, &s, e);
	store_piece(&s);
	str_release(&s.piece);
	if (st == STATUS_OK)
		st = s.status;
	if (st == STATUS_OK)
		st = db_transact(u->db, write_uploaded, &uploaded, e);
	if (st != STATUS_OK)
		import_store_discard(u->db, s.id, NULL);
	*out = s.id;
	return st;
}

/* --- the same request again --- */

static bool add_to_hash(void *arg, const char *bytes, size_t n)
{
	crypto_sha256_add(arg, bytes, n);
	return true;
}

static void hash_text(struct crypto_sha256 *h, const char *text)
{
	const char *z = str_or_empty(text);

	crypto_sha256_add(h, z, strlen(z) + 1);
}

/* The checksum of the file, and one of all that was asked for. */
static enum status hash_request(struct upload *u, struct err *e)
{
	const struct intake_options *o = u->options;
	struct crypto_sha256 h;
	unsigned char digest[CRYPTO_HASH_BYTES];
	char *hex = arena_alloc(u->arena, CRYPTO_HASH_HEX);

	crypto_sha256_init(&h);
	enum status st = source_bytes(&u->source, add_to_hash, &h, e);

	if (st != STATUS_OK)
		return st;
	crypto_sha256_end(&h, digest);
	crypto_hex(digest, sizeof(digest), hex);
	u->plan.row.head.sha256 = hex;
	crypto_sha256_init(&h);
	hash_text(&h, hex);
	hash_text(&h, o->format);
	hash_text(&h, o->header);
	hash_text(&h, o->segment);
	hash_text(&h, o->tags);
	hash_text(&h, o->mapping_json);
	hash_text(&h, o->check_only ? "check" : "import");
	if (o->confirm_optins)
		hash_text(&h, arena_printf(u->arena, "%llu",
				  (unsigned long long)o->confirm_optins));
	for (size_t i = 0; i < o->rule_count; i++) {
		hash_text(&h, o->rule_names[i]);
		hash_text(&h, o->rule_values[i]);
	}
	crypto_sha256_end(&h, digest);
	crypto_hex(digest, sizeof(digest), u->request_hash);
	return STATUS_OK;
}

/* OK: this is the import of the key; NOT_FOUND: the key is new. An upload that
 * broke off half-way does not hold its key. */
static enum status replay(struct upload *u, const struct actor *actor,
    struct import_id *out, struct err *e)
{
	const char *hash = "";

	if (str_empty(u->options->idempotency_key))
		return STATUS_NOT_FOUND;
	enum status st;

	while ((st = import_store_discard_stale(u->db, e)) == STATUS_OK)
		continue;
	if (st != STATUS_NOT_FOUND)
		return st;
	st = import_store_by_key(u->db, u->arena, actor->token,
	    u->options->idempotency_key, out, &hash, e);

	if (st == STATUS_OK && !str_equal(hash, u->request_hash))
		return ERR(e, STATUS_CONFLICT,
		    "this Idempotency-Key was used for another request");
	return st;
}

/* --- the steps together --- */

static enum status take_in(struct upload *u, const struct actor *actor,
    struct import_id *out, struct err *e)
{
	enum status st = check_size_of_book(u, e);

	if (st == STATUS_OK)
		st = hash_request(u, e);
	if (st == STATUS_OK)
		st = replay(u, actor, out, e);
	if (st != STATUS_NOT_FOUND)
		return st;
	st = sniff(u, e);
	if (st == STATUS_OK)
		st = inspect(u, e);
	if (st == STATUS_OK)
		st = choose_format(u);
	if (st == STATUS_OK)
		st = set_rules(u, e);
	if (st == STATUS_OK)
		st = check_size(u, u->plan.rules.size_limit);
	if (st == STATUS_OK)
		st = attribute_store_list(u->db, u->arena, &u->plan.book, e);
	if (st != STATUS_OK)
		return st;
	if (plan_rows_refused(u->arena, &u->plan, &u->refusal) ||
	    plan_header_refused(u->arena, &u->plan, &u->refusal))
		return STATUS_INVALID;
	st = find_completed(u, e);
	if (st == STATUS_OK)
		st = store(u, actor, out, e);
	/* Two requests with the same key at once: the other one was first. */
	if (st == STATUS_CONFLICT)
		st = replay(u, actor, out, e);
	return st;
}

enum status intake_upload(struct db *db, struct arena *a,
    const struct actor *actor, const struct intake_options *o,
    const char *file_name, const char *body_path, uint64_t offset,
    uint64_t length, struct import_id *out, struct intake_messages *messages,
    int *refusal, const char **refusal_text, struct err *e)
{
	struct upload u = {
	    .db = db,
	    .arena = a,
	    .options = o,
	    .messages = messages,
	    .source = {.path = body_path, .offset = offset, .length = length},
	    .refusal = {.code = PROBLEM_CODES},
	};
	struct import *head = &u.plan.row.head;

	head->file_name = file_name;
	head->bytes = length;
	head->mapping = "";
	head->segment = str_or_empty(o->segment);
	head->tags = str_or_empty(o->tags);
	head->last_mapping = o->last_mapping;
	head->refusal_code = "";
	head->refusal_message = "";
	enum status st = take_in(&u, actor, out, e);

	*refusal = -1;
	*refusal_text = "";
	if (st == STATUS_INVALID && u.refusal.code != PROBLEM_CODES) {
		*refusal = (int)u.refusal.code;
		*refusal_text = u.refusal.text;
	}
	return st;
}
