/* import.js: makes the import's pages smoother; each works without it.
 * SPDX-License-Identifier: MIT */
"use strict";

/* --- the upload page: drop, look at the header, show what belongs to the
 * chosen format --- */

function bytesText(n) {
	if (n < 1024) return n + " bytes";
	if (n < 1048576) return (n / 1024).toFixed(1) + " kB";
	return (n / 1048576).toFixed(1) + " MB";
}

function foldHeader(text) {
	return text.replace(/^\uFEFF/, "").normalize("NFC").toLowerCase()
		.replace(/[_.\-]/g, " ").replace(/\s+/g, " ").trim();
}

/* The first record of a CSV text, for the delimiter that parts it most. */
function firstRecord(text) {
	let best = [];

	text = text.replace(/^\uFEFF?sep=.\r?\n/i, "");
	for (const delimiter of [",", ";", "\t", "|"]) {
		const cells = [];
		let cell = "", quoted = false;

		for (const c of text) {
			if (c === "\"") {
				quoted = !quoted;
			} else if (!quoted && (c === "\n" || c === "\r")) {
				break;
			} else if (!quoted && c === delimiter) {
				cells.push(cell);
				cell = "";
			} else {
				cell += c;
			}
		}
		cells.push(cell);
		if (cells.length > best.length) best = cells;
	}
	return best;
}

/* The format whose marks the header has most of: {input, mark} or null. The
 * server looks again and decides. */
function guessFormat(form, header) {
	const folded = header.map(foldHeader);
	let found = null, most = 0;

	for (const input of form.querySelectorAll("input[name=format][data-marks]")) {
		const marks = input.dataset.marks.split("|").filter(Boolean)
			.filter(m => m.split("+").every(h => folded.includes(h)));
		let count = marks.length;

		if (input.dataset.dollar)
			count += header.filter(h => /^\$./.test(h.trim())).length;
		if (count > most) {
			most = count;
			found = {input, mark: marks[0] ? marks[0].split("+").pop() : "$"};
		}
	}
	return found;
}

function headerName(header, mark) {
	return header.find(h => mark === "$" ? h.trim().startsWith("$") : foldHeader(h) === mark) || mark;
}

async function lookAtFile(form, input) {
	const said = form.querySelector("[data-file-said]");
	const file = input.files[0];

	said.textContent = "";
	said.className = "mb-0 mt-2";
	if (!file) return;
	if (file.size > Number(input.dataset.limit)) {
		said.className += " field-error";
		said.textContent = "This file has " + bytesText(file.size) + ": that is over the limit. Split it and import the parts one after the other.";
		return;
	}
	if (file.size === 0) {
		said.className += " field-error";
		said.textContent = "This file is empty.";
		return;
	}
	const text = await file.slice(0, 65536).text();
	const header = firstRecord(text);
	const guess = guessFormat(form, header);
	const auto = form.querySelector("#format-auto");
	const chosen = form.querySelector("input[name=format]:checked");

	said.textContent = file.name + ", " + bytesText(file.size) + ".";
	if (!guess || (chosen && chosen !== auto && !chosen.dataset.guessed)) return;
	guess.input.checked = true;
	guess.input.dataset.guessed = "1";
	said.textContent += " It looks like a file of the format " + guess.input.dataset.formatLabel +
		": its header has “" + headerName(header, guess.mark) + "”. You can choose another one below.";
	showOptions(form);
}

/* Options and defaults of the chosen format only. */
function showOptions(form) {
	const chosen = form.querySelector("input[name=format]:checked");
	const key = chosen ? chosen.value : "";

	for (const part of form.querySelectorAll("[data-formats]")) {
		const has = part.dataset.formats.includes(" " + key + " ");
		part.hidden = key === "" ? part.dataset.formats.trim().split(" ").length < 2 : !has;
	}
	for (const line of form.querySelectorAll("[data-default-of]"))
		line.hidden = key !== "" && line.dataset.defaultOf !== key;
}

function startUpload(form) {
	const input = form.querySelector("input[type=file]");
	const drop = form.querySelector("[data-drop]");

	form.querySelector("[data-drop-hint]").hidden = false;
	input.addEventListener("change", () => lookAtFile(form, input));
	form.addEventListener("change", event => {
		if (event.target.name !== "format") return;
		delete event.target.dataset.guessed;
		showOptions(form);
	});
	for (const name of ["dragenter", "dragover"]) {
		drop.addEventListener(name, event => {
			event.preventDefault();
			drop.classList.add("over");
		});
	}
	for (const name of ["dragleave", "drop"])
		drop.addEventListener(name, () => drop.classList.remove("over"));
	drop.addEventListener("drop", event => {
		event.preventDefault();
		if (event.dataTransfer.files.length === 0) return;
		input.files = event.dataTransfer.files;
		input.dispatchEvent(new Event("change"));
	});
	form.addEventListener("submit", () => {
		const button = form.querySelector("button[type=submit]");
		button.textContent = "Uploading …";
		setTimeout(() => { button.disabled = true; }, 0);
	});
	window.addEventListener("pageshow", () => {
		const button = form.querySelector("button[type=submit]");
		button.disabled = false;
		button.textContent = "Next: columns";
	});
	showOptions(form);
}

/* --- the columns: inputs of a new attribute only where one is made; the
 * mandatory fields tick off --- */

function showNew(form, select) {
	const part = form.querySelector("[data-new=\"" + select.id + "\"]");

	if (part) part.hidden = select.value !== "new";
	const mark = select.parentElement.querySelector(".recognised");
	if (mark && select.dataset.first !== select.value) mark.hidden = true;
}

function tickOff(form, selects) {
	const chosen = new Set(selects.map(s => s.value));

	for (const need of form.querySelectorAll("[data-need]")) {
		const linked = need.dataset.need.split(" ").some(v => chosen.has(v));
		need.classList.toggle("linked", linked);
		need.classList.toggle("open", !linked);
		need.querySelector(".need-state").textContent = linked ? "linked" : "not linked yet";
	}
}

/* The write rules that the chosen target allows; a rule that it still allows
 * stays chosen. */
function showWrites(form, select) {
	const place = form.querySelector("[data-write=\"" + select.id + "\"]");
	const option = select.selectedOptions[0];
	let kind = option.dataset.kind || "field";

	if (select.value === "" || select.value === "none") kind = "none";
	if (select.value === "new") {
		const type = form.querySelector("[data-new=\"" + select.id + "\"] select");
		kind = type && type.value === "ARRAY" ? "list" : "field";
	}
	const list = form.querySelector("[data-write-kinds]").content.querySelector("select[data-kind=\"" + kind + "\"]");
	const rules = place.querySelector("select");
	const was = rules.value;

	rules.replaceChildren(...(list ? list.cloneNode(true).children : []));
	if ([...rules.options].some(o => o.value === was)) rules.value = was;
	rules.hidden = rules.options.length === 0;
	place.querySelector("[data-write-key]").hidden = kind !== "key";
	if (list) place.dataset.label = "Write rule";
	else delete place.dataset.label;
}

function startMapping(form) {
	const selects = [...form.querySelectorAll("select[id^=c]")].filter(s => /^c\d+$/.test(s.id));

	for (const select of selects) {
		select.dataset.first = select.value;
		showNew(form, select);
	}
	form.addEventListener("change", event => {
		const part = event.target.closest("[data-new]");
		const select = part ? document.getElementById(part.dataset.new) : event.target;

		if (!selects.includes(select)) return;
		showNew(form, select);
		showWrites(form, select);
		tickOff(form, selects);
	});
}

/* --- a running import: the page is fetched again and the moving part
 * swapped; what changed is said at most every ten seconds --- */

async function refresh(state) {
	const answer = await fetch(location.href, {headers: {Accept: "text/html"}});

	if (!answer.ok) return;
	const page = new DOMParser().parseFromString(await answer.text(), "text/html");
	const fresh = page.querySelector("[data-import-live]");
	const old = document.querySelector("[data-import-live]");

	if (!fresh || !old) return;
	const said = fresh.querySelector("[data-said]");
	const ended = old.dataset.state !== fresh.dataset.state;
	const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;

	const place = old.querySelector(".table-place");
	const scrolled = place ? place.scrollLeft : 0;

	old.replaceWith(fresh);
	if (scrolled) fresh.querySelector(".table-place").scrollLeft = scrolled;
	if (focused) {
		const again = fresh.querySelector("a[href=\"" + CSS.escape(focused) + "\"]");
		if (again) again.focus();
	}
	const heading = page.querySelector("h1"), title = document.querySelector("h1");
	if (heading && title) title.replaceWith(heading);
	document.title = page.title;
	const running = document.querySelector(".running"), newRunning = page.querySelector(".running");
	if (running && newRunning) running.replaceWith(newRunning);
	else if (running) running.remove();
	if (ended || Date.now() - state.said > 10000) {
		state.said = Date.now();
		const words = said || fresh.querySelector(".lead");
		document.querySelector("[data-announce]").textContent = words ? words.textContent : "";
	}
}

async function watch(state) {
	const live = document.querySelector("[data-import-live]");

	if (!live || !["queued", "running", "checking", "undoing", "redoing"].includes(live.dataset.state)) return;
	try {
		await refresh(state);
	} catch (error) {
		/* The network is away for a moment: try again. */
	}
	setTimeout(watch, 1000, state);
}

const upload = document.querySelector("[data-import-new]");
const mapping = document.querySelector("[data-import-mapping]");

if (upload) startUpload(upload);
if (mapping) startMapping(mapping);
if (document.querySelector("[data-import-live]")) setTimeout(watch, 700, {said: 0});
