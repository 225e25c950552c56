/* hook_view.c: outgoing webhooks on pages */
/* SPDX-License-Identifier: MIT */
#include "web/parts/hook_view.h"

#include "base/str.h"

/* "contact.changed" as the name of a field. */
static const char *const field_names[HOOK_EVENTS] = {
    "event_changed", "event_opted_out", "event_import"};

static const char *events_text(struct arena *a, unsigned events)
{
	const char *text = "";

	for (int i = 0; i < HOOK_EVENTS; i++)
		if (events & (unsigned)hook_events[i].event)
			text = arena_printf(a, "%s%s%s", text,
			    *text ? ", " : "", hook_events[i].word);
	return text;
}

static void fill_state(struct node *n, const struct hook *h)
{
	const char *kind = "good", *text = "on";

	if (*h->off_reason)
		kind = "bad", text = "switched off";
	else if (!h->active)
		kind = "plain", text = "off";
	else if (h->failing_since)
		kind = "warn", text = "failing";
	node_set(n, "StateKind", kind);
	node_set(n, "StateText", text);
}

void hook_view_fill(
    struct arena *a, struct node *n, const struct hook *h, int64_t now)
{
	node_set_int(n, "Id", (int64_t)h->id.n);
	node_set(n, "Url", h->url);
	node_set(n, "Description", h->description);
	node_set(n, "Name", *h->description ? h->description : h->url);
	node_set(n, "Events", events_text(a, h->events));
	node_set(n, "Off", hook_off_text(h));
	node_set_flag(n, "Active", h->active);
	node_set_flag(n, "During", h->during_imports);
	node_set_time(n, "DeliveredAt", h->delivered_at, now);
	node_set_time(n, "FailingSince", h->failing_since, now);
	fill_state(n, h);
}

void hook_view_form(struct node *root, const struct hook *h)
{
	node_set(root, "Form.url", h->url);
	node_set(root, "Form.description", h->description);
	node_set_flag(root, "Form.during", h->during_imports);
	node_set_flag(root, "Form.active", h->active);
	for (int i = 0; i < HOOK_EVENTS; i++) {
		struct node *n = node_add(root, "Choices");

		node_set(n, "Name", field_names[i]);
		node_set(n, "Word", hook_events[i].word);
		node_set(n, "Label", hook_events[i].label);
		node_set_flag(n, "Chosen",
		    (h->events & (unsigned)hook_events[i].event) != 0);
	}
}

void hook_view_read(struct request *rq, struct hook *h)
{
	h->url = form_trimmed(rq->arena, &rq->form, "url");
	h->description = form_trimmed(rq->arena, &rq->form, "description");
	h->during_imports = form_checked(&rq->form, "during");
	h->active = form_checked(&rq->form, "active");
	h->events = 0;
	for (int i = 0; i < HOOK_EVENTS; i++)
		if (form_checked(&rq->form, field_names[i]))
			h->events |= hook_events[i].event;
}

/* --- deliveries --- */

/* "45 s", "12 min", "6 h". */
static const char *duration(struct arena *a, int64_t ms)
{
	long long seconds = (ms + 999) / 1000;

	if (seconds < 120)
		return arena_printf(a, "%lld s", seconds);
	if (seconds < 7200)
		return arena_printf(a, "%lld min", (seconds + 30) / 60);
	return arena_printf(a, "%lld h", (seconds + 1800) / 3600);
}

void hook_view_attempt(
    struct node *n, const struct hook_attempt *t, int64_t now)
{
	node_set_int(n, "Number", (int64_t)t->number);
	node_set_time(n, "At", t->at, now);
	node_set_count(n, "Ms", (uint64_t)t->ms);
	if (t->code)
		node_set_int(n, "Code", t->code);
	node_set(n, "Error", t->error);
	node_set(n, "Response", t->response);
}

void hook_view_delivery(
    struct arena *a, struct node *n, const struct hook_delivery *d, int64_t now)
{
	static const char *const kinds[HOOK_DELIVERY_STATES] = {
	    [HOOK_WAITING] = "busy",
	    [HOOK_DELIVERED] = "good",
	    [HOOK_FAILED] = "bad",
	};
	bool again = d->state == HOOK_WAITING && d->attempts;

	node_set_int(n, "Id", (int64_t)d->id);
	node_set(n, "Uid", d->uid);
	node_set(n, "Event", d->event);
	node_set(n, "State", hook_delivery_states[d->state]);
	node_set(n, "StateKind", again ? "warn" : kinds[d->state]);
	node_set(n, "StateText",
	    again ? "to be tried again" : hook_delivery_states[d->state]);
	node_set_time(n, "At", d->created_at, now);
	if (d->next_at > now)
		node_set(n, "NextIn", duration(a, d->next_at - now));
	node_set_time(n, "NextAt", d->next_at, now);
	node_set_int(n, "Attempts", (int64_t)d->attempts);
	if (d->again_of)
		node_set_int(n, "Again", (int64_t)d->again_of);
	if (d->contact)
		node_set_int(n, "Contact", (int64_t)d->contact);
	if (d->last.number)
		hook_view_attempt(node_child(n, "Last"), &d->last, now);
}
