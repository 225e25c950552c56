/* fuzz_whatsapp.c: fuzzes the events of WhatsApp */
/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "domain/whatsapp/event.h"
#include "domain/whatsapp/message_words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct wa_event out;
	struct err e = {0};

	arena_init(&a);
	if (wa_event_parse(&a, (const char *)data, size, 1, &out, &e) ==
	    STATUS_OK)
		for (size_t i = 0; i < out.count; i++) {
			const struct wa_item *item = &out.items[i];

			if (strlen(item->message.wa_id) > MESSAGE_ID_MAX ||
			    item->message.at < 0 ||
			    (item->kind == WA_MESSAGE && !*item->person.phone &&
				!*item->person.wa_user_id))
				abort();
			if (item->kind == WA_MESSAGE)
				message_words(&a, &item->message);
		}
	arena_release(&a);
	return 0;
}
