/* rubrica.js: small comforts; every page works without them */
/* SPDX-License-Identifier: MIT */
"use strict";

/* A flash message can be put away. */
function dismissible(flash) {
	const button = document.createElement("button");

	button.type = "button";
	button.className = "dismiss";
	button.setAttribute("aria-label", "Dismiss this message");
	button.textContent = "×";
	button.addEventListener("click", () => flash.remove());
	flash.append(button);
}

/* data-select-all="NAME": a checkbox that ticks all of that name in its form
 * or table. */
function selectAll(box) {
	const scope = box.closest("form, table") || document;
	const name = CSS.escape(box.dataset.selectAll);
	const all = () =>
		[...scope.querySelectorAll(`input[type=checkbox][name="${name}"]`)];
	const show = () => {
		const ticked = all().filter((one) => one.checked).length;

		box.checked = ticked > 0 && ticked === all().length;
		box.indeterminate = ticked > 0 && !box.checked;
		scope.dispatchEvent(new CustomEvent("rubrica:selection",
			{ bubbles: true, detail: { ticked } }));
	};

	box.addEventListener("change", () => {
		for (const one of all())
			one.checked = box.checked;
		show();
	});
	for (const one of all())
		one.addEventListener("change", show);
	/* A page that is come back to keeps its ticks. */
	window.addEventListener("pageshow", show);
}

/* The bar over a list says how many of its rows are ticked. */
function countSelected(bar) {
	const said = bar.querySelector("[data-said]");
	const buttons = bar.querySelectorAll("[value=chosen]");
	const none = said.textContent;

	for (const button of buttons)
		button.disabled = true;
	document.addEventListener("rubrica:selection", (event) => {
		const n = event.detail.ticked;

		said.textContent = n ? `${n} on this page selected.` : none;
		for (const button of buttons)
			button.disabled = n === 0;
	});
}

/* A form is sent once, however often its button is pressed. */
function sendOnce(form) {
	form.addEventListener("submit", (event) => {
		if (form.dataset.sent) {
			event.preventDefault();
			return;
		}
		form.dataset.sent = "1";
		setTimeout(() => delete form.dataset.sent, 4000);
	});
}

function closeMenuOnEscape(menu) {
	menu.addEventListener("keydown", (event) => {
		if (event.key !== "Escape" || !menu.open)
			return;
		menu.open = false;
		menu.querySelector("summary").focus();
	});
}

/* The lines of running work move by themselves; pages that move as a whole do
 * it on their own. */
async function moveRunning() {
	const old = document.querySelector(".running");

	if (!old || document.querySelector("[data-import-live]:not([data-state=''])"))
		return;
	if (!document.hidden && !old.contains(document.activeElement)) {
		try {
			const answer = await fetch("/imports?member=0", {headers: {Accept: "text/html"}});
			const page = new DOMParser().parseFromString(await answer.text(), "text/html");
			const fresh = page.querySelector(".running");

			if (answer.ok && fresh)
				old.replaceWith(fresh);
			else if (answer.ok)
				old.remove();
		} catch (error) {
			/* The network is away for a moment: try again. */
		}
	}
	setTimeout(moveRunning, 3000);
}

if (document.querySelector(".running"))
	setTimeout(moveRunning, 3000);
for (const flash of document.querySelectorAll(".flash"))
	dismissible(flash);
for (const bar of document.querySelectorAll("[data-bulk-bar]"))
	countSelected(bar);
for (const box of document.querySelectorAll("[data-select-all]"))
	selectAll(box);
for (const form of document.querySelectorAll("form[method=post]"))
	sendOnce(form);
for (const menu of document.querySelectorAll("details.menu"))
	closeMenuOnEscape(menu);
/* After a form in error the summary is where reading begins. */
const summary = document.getElementById("error-summary");
if (summary)
	summary.focus();
