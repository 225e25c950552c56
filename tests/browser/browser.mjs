// browser.mjs: what the browser tests use: Chromium, checks, axe
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = fs.readFileSync(
	createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const url = process.env.RUBRICA_URL || "http://127.0.0.1:8080";
const email = process.env.RUBRICA_ADMIN_EMAIL || "";
const password = process.env.RUBRICA_ADMIN_PASSWORD || "";

/* In the names of what a test makes: other letters in each run, but of one
 * width, so that pages are laid out alike. */
export const mark = Array.from({ length: 6 }, () =>
	"nuhbdpq"[Math.floor(Math.random() * 7)]).join("");

let count = 0;
let failed = 0;

/* One step of a journey: prints its line of TAP. After one that failed the
 * others are not tried: they would only wait for a page that never comes. */
export async function test(name, run) {
	if (!failed)
		return part(name, run);
	count++;
	failed++;
	console.log(`not ok ${count} - ${name} (not reached)`);
}

/* A test that needs none of those before it. */
export async function part(name, run) {
	count++;
	try {
		await run();
		console.log(`ok ${count} - ${name}`);
	} catch (error) {
		failed++;
		console.log(`not ok ${count} - ${name}`);
		console.log(`# ${String(error.stack || error).split("\n").join("\n# ")}`);
	}
}

export function finish() {
	console.log(`1..${count}`);
	process.exitCode = failed ? 1 : 0;
}

export async function launch() {
	return chromium.launch({
		executablePath: process.env.RUBRICA_CHROMIUM || "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-dev-shm-usage"],
	});
}

/* A page whose errors of script and policy fail the test at check(). */
export async function open(browser, options = {}) {
	const context = await browser.newContext({
		viewport: { width: 1400, height: 900 }, reducedMotion: "reduce",
		...options });
	const page = await context.newPage();

	page.faults = [];
	page.on("pageerror", (error) => page.faults.push(error.message));
	page.on("console", (message) => {
		if (message.type() === "error" && /policy|script/i.test(message.text()))
			page.faults.push(message.text());
	});
	/* A slow and busy machine comes there too. */
	page.setDefaultTimeout(120000);
	return page;
}

export async function login(page) {
	await page.goto(`${url}/login`);
	await page.getByLabel("E-mail").fill(email);
	await page.getByLabel("Password").fill(password);
	await page.getByRole("button", { name: "Log in" }).click();
	await page.waitForURL((at) => !at.pathname.startsWith("/login"));
}

/* The check of a file has come to its end: only from then on do the buttons
 * after it say how many contacts there will be. */
export async function checked(page) {
	await page.waitForURL(/review$/);
	await page.getByRole("heading", { name: "What the import will do" })
		.waitFor();
}

/* All of axe's rules but the experimental ones, among them those of WCAG 2.2 AA;
 * that of target sizes is off by itself. */
async function violations(page, colorScheme) {
	if (!await page.evaluate(() => "axe" in globalThis))
		await page.evaluate(axe);
	/* The dark scheme has other colours, and nothing else. */
	const runOnly = colorScheme === "dark" ? { runOnly: {
		type: "rule", values: ["color-contrast", "link-in-text-block"] } } : {};
	const result = await page.evaluate((only) => globalThis.axe.run(document, {
		...only,
		/* What it would load again, our pages do not let it. */
		resultTypes: ["violations"], preload: false,
		rules: { "target-size": { enabled: true } } }), runOnly);

	return result.violations.map((v) => `${v.id}: ` + v.nodes.map(
		(n) => `${n.target} ${n.failureSummary}`).join(" | "));
}

async function overflow(page) {
	return page.evaluate(() => document.documentElement.scrollWidth -
		document.documentElement.clientWidth);
}

/* What axe does not ask for: tables with captions and scopes, controls in
 * error that say which error, states that are words. */
async function faults(page) {
	return page.evaluate(() => {
		const all = (what) => [...document.querySelectorAll(what)];
		const where = (node) => node.outerHTML.slice(0, 120);
		const told = (node) => (node.getAttribute("aria-describedby") || "")
			.split(/\s+/).filter(Boolean);

		return [
			...all("table").filter((t) => !t.caption?.textContent.trim())
				.map((t) => `no caption: ${where(t)}`),
			...all("th").filter((t) => !t.scope)
				.map((t) => `no scope: ${where(t)}`),
			...all("[aria-invalid=true]").filter((t) => !told(t).some(
				(id) => document.getElementById(id)?.textContent.trim()))
				.map((t) => `an error that is not told: ${where(t)}`),
			...all(".field-error").filter((t) => !document.querySelector(
				`[aria-describedby~="${CSS.escape(t.id)}"]`))
				.map((t) => `an error of no control: ${where(t)}`),
			...all(".state").filter((t) => !t.textContent.trim())
				.map((t) => `a state without words: ${where(t)}`),
			...all("[tabindex]").filter((t) => t.tabIndex > 0)
				.map((t) => `an order of its own: ${where(t)}`),
		];
	});
}

/* What every page must be: without violations in both colour schemes, without
 * errors of script, and no wider than the window, also on a telephone. */
export async function check(page, name) {
	const size = page.viewportSize();

	assert.deepEqual(await faults(page), [], name);
	for (const wide of [true, false]) {
		if (!wide)
			await page.setViewportSize({ width: 380, height: 800 });
		const place = wide ? name : `${name}, 380 px`;

		assert.ok(await overflow(page) <= 0, `${place} is too wide`);
		for (const colorScheme of ["light", "dark"]) {
			await page.emulateMedia({ colorScheme });
			assert.deepEqual(await violations(page, colorScheme), [],
				`${place}, ${colorScheme}`);
		}
	}
	await page.emulateMedia({ colorScheme: "light" });
	await page.setViewportSize(size);
	assert.deepEqual(page.faults.splice(0), [], `${name}: errors of script`);
}

/* Goes through a page by Tab alone: everything that can be used is come to, in
 * the order of the page, in sight and with a mark that it is there. */
export async function walk(page, name) {
	const expected = await page.evaluate(() => {
		const what = "a[href], button, input, select, textarea, summary, " +
			"[tabindex]";
		const usable = (node) => node.tabIndex >= 0 && !node.disabled &&
			node.type !== "hidden" && node.checkVisibility();
		/* Of a group of radio buttons one is come to. */
		const group = (node) => node.type === "radio" &&
			!node.checked && document.querySelector(
			`input[type=radio][name="${CSS.escape(node.name)}"]:checked`);
		const nodes = [...document.querySelectorAll(what)].filter(
			(node) => usable(node) && !group(node));

		nodes.forEach((node, i) => {
			node.dataset.walk = i;
			const style = getComputedStyle(node);

			node.dataset.plain = [style.outlineStyle, style.outlineWidth,
				style.boxShadow, style.borderColor].join();
		});
		document.activeElement?.blur();
		window.scrollTo(0, 0);
		return nodes.length;
	});
	const come = [];

	await page.evaluate(() => {
		document.body.tabIndex = -1;
		document.body.focus();
		document.body.removeAttribute("tabindex");
	});
	/* A control of a moment is come to once for each of its parts. */
	for (let i = 0; i < 2 * expected + 20; i++) {
		await page.keyboard.press("Tab");
		const at = await page.evaluate(() => {
			const node = document.activeElement;

			if (!node || node === document.body)
				return null;
			const style = getComputedStyle(node);
			const box = node.getBoundingClientRect();
			const marked = style.outlineStyle !== "none" &&
				parseFloat(style.outlineWidth) >= 1;

			return { number: Number(node.dataset.walk ?? -1),
				html: node.outerHTML.slice(0, 120),
				marked: marked || node.dataset.plain !==
					[style.outlineStyle, style.outlineWidth,
						style.boxShadow, style.borderColor].join(),
				seen: box.bottom > 0 && box.top < innerHeight &&
					box.right > 0 && box.left < innerWidth };
		});

		if (!at || (at.number === 0 && come.length > 1))
			break;
		if (at.number === come.at(-1))
			continue;
		assert.ok(at.marked, `${name}: focus is not seen on ${at.html}`);
		assert.ok(at.seen, `${name}: out of sight: ${at.html}`);
		come.push(at.number);
	}
	assert.deepEqual(come, [...Array(expected).keys()],
		`${name}: order of Tab`);
}

/* The bytes that a click downloads, as text. */
export async function downloaded(page, click) {
	const [download] = await Promise.all([
		page.waitForEvent("download"), click()]);

	return {
		name: download.suggestedFilename(),
		text: fs.readFileSync(await download.path(), "utf8"),
	};
}

let token = process.env.RUBRICA_TOKEN || "";

/* A request of the API, with JSON or a form; gives the JSON answered. */
export async function api(method, path, body) {
	token ||= execFileSync(`${process.env.RUBRICA_HOME || "../.."}/` +
		`${process.env.RUBRICA_BUILD || "build"}/rubrica`, ["token"],
	{ encoding: "utf8" }).trim();
	const headers = { Authorization: `Bearer ${token}` };
	const form = body instanceof FormData;

	if (body && !form)
		headers["Content-Type"] = "application/json";
	const answer = await fetch(url + path, { method, headers,
		body: body && !form ? JSON.stringify(body) : body });
	const json = await answer.json();

	assert.ok(answer.ok, `${method} ${path}: ${JSON.stringify(json)}`);
	return json;
}

/* The rows of a CSV text. */
export function rowsOf(text) {
	const rows = [[""]];
	let quoted = false;

	text = text.replace(/^\uFEFF/, "");
	for (let i = 0; i < text.length; i++) {
		const row = rows[rows.length - 1];
		const c = text[i];

		if (quoted && c === "\"" && text[i + 1] === "\"") {
			row[row.length - 1] += "\"";
			i++;
		} else if (c === "\"") {
			quoted = !quoted;
		} else if (!quoted && c === ",") {
			row.push("");
		} else if (!quoted && c === "\n") {
			rows.push([""]);
		} else if (quoted || c !== "\r") {
			row[row.length - 1] += c;
		}
	}
	return rows.filter((row) => row.length > 1 || row[0] !== "");
}

export function csv(rows) {
	return rows.map((row) => row.map(
		(cell) => `"${String(cell).replaceAll("\"", "\"\"")}"`).join(",") +
		"\r\n").join("");
}

/* Mobile numbers of Italy that go up with the clock, so that tests do not
 * meet. */
let number = Date.now() * 20;

export function phone() {
	return `+3938${String(number++ % 1e8).padStart(8, "0")}`;
}

export { assert };
