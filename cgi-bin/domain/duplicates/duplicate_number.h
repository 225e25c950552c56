/* duplicate_number.h: one number that is spelled as two */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_DUPLICATE_NUMBER_H
#define DOMAIN_DUPLICATE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/*
 * The same line is written under another country code, with or without a trunk
 * zero, or with a mark for mobiles in the middle (+52 1, +54 9): what all of
 * them share is the end. Numbers are the same here when their last nine digits
 * are, or their last eight where one of them has at most ten digits in all,
 * so that hardly more than eight can be the subscriber's.
 *
 * A text gives one or two tails; two texts are the same number when they have
 * one in common. None for a text that has letters, or less than eight digits.
 * Pure.
 */
#define NUMBER_TAILS 2
size_t number_tails(const char *text, uint32_t tails[NUMBER_TAILS]);

/* True for the name of an attribute that may hold a number: "Alt phone",
 * "Mobile 2", "WhatsApp". Without regard to case. */
bool number_attribute(struct arena *a, const char *name);

/* Two names that one person may have: a word of at least two letters is in
 * both, without regard to case and accents, or one of them is empty. */
bool names_alike(struct arena *a, const char *one, const char *other);

#endif
