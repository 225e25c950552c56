/* filter.js: the filter builder without a page between its buttons */
/* SPDX-License-Identifier: MIT */
"use strict";

/*
 * What changes the rows is sent as without a script, and only the form is taken
 * from the answer: the program alone knows which fields there are and how they
 * are compared.
 */
async function redrawFilter(form, action) {
	const fields = new URLSearchParams(new FormData(form));

	fields.set("do", action);
	const answer = await fetch(form.getAttribute("action") + "?" + fields);
	const page = new DOMParser().parseFromString(
		await answer.text(), "text/html");
	const fresh = page.getElementById("filter");

	if (!fresh)
		return null;
	form.replaceWith(fresh);
	liveFilter(fresh);
	return fresh;
}

/* Where work goes on after a button that is gone. */
function focusAfter(form, action, row) {
	if (!form)
		return;
	const rows = [...form.querySelectorAll(".filter-row")];
	const group = action.startsWith("add-") ? action.slice(4) : null;
	const last = rows.filter((one) => group === null ||
		one.querySelector("input[name$='.g']").value === group).pop();
	const same = row && document.getElementById(row);
	const place = same || last || form;

	place.querySelector(same ? ".row-op, select" : "select").focus();
}

function liveFilter(form) {
	form.addEventListener("click", async (event) => {
		const button = event.target.closest("button[data-redraw]");

		if (!button)
			return;
		event.preventDefault();
		focusAfter(await redrawFilter(form, button.value), button.value,
			null);
	});
	form.addEventListener("change", async (event) => {
		const box = event.target;

		if (box.matches("select[data-redraw]"))
			focusAfter(await redrawFilter(form, "redraw"), "redraw",
				(box.closest(".filter-row, .group-head")).id);
	});
	/* A list of values always has an empty place at its end. */
	form.addEventListener("input", (event) => {
		const many = event.target.closest(".many");

		if (!many || !many.lastElementChild.value)
			return;
		const next = many.lastElementChild.cloneNode();

		next.value = "";
		next.removeAttribute("id");
		next.setAttribute("aria-label",
			"Value " + (many.children.length + 1));
		many.append(next);
	});
}

const filterForm = document.getElementById("filter");
if (filterForm)
	liveFilter(filterForm);
