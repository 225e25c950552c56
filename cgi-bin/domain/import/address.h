/* address.h: street and house number apart (formats.md S2) */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_ADDRESS_H
#define IMPORT_ADDRESS_H

#include <stdbool.h>

#include "base/arena.h"

/*
 * "Via Roma 12/B" -> "Via Roma", "12/B"; "221B Baker Street" -> "Baker
 * Street", "221B"; "12, MG Road" -> "MG Road", "12". What is neither the
 * number nor its mark ("n.", "No.") stays in the street: "Corso Francia 12
 * int. 4" -> "Corso Francia int. 4", "12". Digits of any script. Italian,
 * German, French, Spanish, British, American and Indian lines. False, and both
 * untouched, when no house number can be told apart: the address stays whole.
 */
bool address_split(struct arena *a, const char *line, const char **street,
    const char **number);

#endif
