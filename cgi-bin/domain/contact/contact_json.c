/* contact_json.c: a contact as JSON */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/contact_json.h"

#include "base/clock.h"
#include "domain/contact/contact.h"

static void put_time(struct json_writer *w, const char *key, int64_t ms)
{
	char text[32];

	clock_format(ms, text);
	json_pair_text(w, key, ms ? text : NULL);
}

static void put_names(struct json_writer *w, const char *key,
    const char *const *names, size_t count)
{
	json_key(w, key);
	json_open(w, '[');
	for (size_t i = 0; i < count; i++)
		json_put_text(w, names[i]);
	json_close(w, ']');
}

static void put_field(
    struct json_writer *w, enum contact_field f, const char *value)
{
	if (f == FIELD_WHATSAPP_OPTED && !*value)
		value = "unknown";
	if (contact_fields[f].nullable && !*value)
		value = NULL;
	json_pair_text(w, contact_fields[f].key, value);
}

void contact_json_put(struct json_writer *w, const struct contact *c,
    const struct contact_segments *segments, int64_t now)
{
	json_open(w, '{');
	json_pair_int(w, "id", (int64_t)c->id.n);
	for (int i = 0; i < FIELD_COUNT; i++)
		put_field(w, (enum contact_field)i, c->value[i]);
	put_names(w, "tags", c->tags, c->tag_count);
	json_key(w, "attributes");
	json_put_raw(w, c->attributes);
	put_names(w, "segments", segments->names, segments->count);
	put_names(
	    w, "campaigns", segments->campaigns, segments->campaign_count);
	json_pair_text(
	    w, "status", contact_is_active(c, now) ? "ACTIVE" : "INACTIVE");
	put_time(w, "last_active", c->last_active);
	json_pair_int(w, "version", (int64_t)c->version);
	put_time(w, "created_at", c->created_at);
	put_time(w, "updated_at", c->updated_at);
	put_time(w, "trashed_at", c->trashed_at);
	if (c->created_by_import)
		json_pair_int(
		    w, "created_by_import", (int64_t)c->created_by_import);
	else
		json_pair_text(w, "created_by_import", NULL);
	json_close(w, '}');
}
