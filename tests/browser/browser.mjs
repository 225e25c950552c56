// browser.mjs: what the browser tests use: Chromium, checks, axe
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = fs.readFileSync(
	createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const url = process.env.RUBRICA_URL || "http://127.0.0.1:8080";
const email = process.env.RUBRICA_ADMIN_EMAIL || "";
const password = process.env.RUBRICA_ADMIN_PASSWORD || "";

let count = 0;
let failed = 0;

/* One step of a journey: prints its line of TAP. After one that failed the
 * others are not tried: they would only wait for a page that never comes. */
export async function test(name, run) {
	count++;
	if (failed) {
		failed++;
		console.log(`not ok ${count} - ${name} (not reached)`);
		return;
	}
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
	page.setDefaultTimeout(15000);
	return page;
}

export async function login(page) {
	await page.goto(`${url}/login`);
	await page.getByLabel("E-mail").fill(email);
	await page.getByLabel("Password").fill(password);
	await page.getByRole("button", { name: "Log in" }).click();
	await page.waitForURL((at) => !at.pathname.startsWith("/login"));
}

async function violations(page) {
	await page.evaluate(axe);
	const result = await page.evaluate(() => globalThis.axe.run(document, {
		resultTypes: ["violations"] }));

	return result.violations.map((v) => `${v.id}: ` + v.nodes.map(
		(n) => `${n.target} ${n.failureSummary}`).join(" | "));
}

async function overflow(page) {
	return page.evaluate(() => document.documentElement.scrollWidth -
		document.documentElement.clientWidth);
}

/* What every page must be: without violations in both colour schemes, without
 * errors of script, and no wider than the window, also on a telephone. */
export async function check(page, name) {
	for (const colorScheme of ["light", "dark"]) {
		await page.emulateMedia({ colorScheme });
		assert.deepEqual(await violations(page), [], `${name}, ${colorScheme}`);
	}
	await page.emulateMedia({ colorScheme: "light" });
	const size = page.viewportSize();
	assert.ok(await overflow(page) <= 0, `${name} is too wide`);
	await page.setViewportSize({ width: 380, height: 800 });
	assert.ok(await overflow(page) <= 0, `${name} is too wide at 380 px`);
	assert.deepEqual(await violations(page), [], `${name}, 380 px`);
	await page.setViewportSize(size);
	assert.deepEqual(page.faults, [], `${name}: errors of script`);
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
