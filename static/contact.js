/* contact.js: tags as they are chosen, in the form of a contact */
/* SPDX-License-Identifier: MIT */
"use strict";

/* The names of a list as the form writes it: with '|' between when there is
 * one, else with commas. */
function names(text) {
	return text.split(text.includes("|") ? "|" : ",")
		.map((name) => name.trim()).filter((name) => name);
}

function joined(list) {
	if (!list.some((name) => name.includes(",")))
		return list.join(", ");
	return list.length === 1 ? `${list[0]} |` : list.join(" | ");
}

/* Moves what stands in the box into the list of tags. */
function take(box, list) {
	const name = box.value.trim();
	const had = names(list.value);

	if (!name || name.includes("|"))
		return false;
	if (!had.some((one) => one.toLowerCase() === name.toLowerCase()))
		had.push(name);
	list.value = joined(had);
	box.value = "";
	return true;
}

for (const box of document.querySelectorAll("[data-adds-to]")) {
	const list = document.getElementById(box.dataset.addsTo);
	const known = new Set(
		[...box.list.options].map((option) => option.value));

	/* Chosen from the suggestions, with the mouse or a key. */
	box.addEventListener("input", (event) => {
		if (event.inputType === "insertReplacementText" ||
				!event.inputType && known.has(box.value))
			take(box, list);
	});
	box.addEventListener("keydown", (event) => {
		if (event.key === "Enter" && box.value.trim() && take(box, list))
			event.preventDefault();
	});
}
