// test_filter.mjs: the filter builder with a script, and by axe
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import * as b from "./browser.mjs";

const browser = await b.launch();
const page = await b.open(browser);
const name = `Segment ${Date.now()}`;

await b.test("log in", async () => {
	await b.login(page);
});

await b.test("rows come and go without another page", async () => {
	await page.goto(b.url + "/contacts?filter=1");
	await b.check(page, "filter");
	await page.selectOption("#new0", "city");
	await page.getByRole("button", { name: "Add condition" }).click();
	await page.waitForSelector(".filter-row");
	assert.equal(new URL(page.url()).search, "?filter=1");
	assert.equal(await page.evaluate(() => document.activeElement.name),
		"c0.f");
	await page.getByRole("button", { name: "Add group" }).click();
	await page.waitForSelector(".filter-group.inner");
	await page.getByRole("button", { name: "Remove condition 2" }).click();
	await page.waitForFunction(
		() => !document.querySelector(".filter-group.inner"));
});

await b.test("operators and values follow the field", async () => {
	await page.selectOption(".row-field", "created_at");
	await page.waitForSelector(".row-values input[type=date]");
	assert.equal(await page.locator(".row-days").isVisible(), false);
	await page.selectOption(".row-op", "last");
	assert.equal(await page.locator(".row-days").isVisible(), true);
	assert.equal(await page.locator(".row-values").isVisible(), false);
	await page.selectOption(".row-op", "between");
	assert.equal(await page.locator(".row-second").isVisible(), true);
	await page.selectOption(".row-field", "tag");
	await page.waitForSelector(".row-values.many");
	await page.fill(".many input", "one");
	assert.equal(await page.locator(".many input").count(), 2);
	await b.check(page, "filter");
});

await b.test("the filter goes into the address and into a segment", async () => {
	await page.locator("#filter .btn-primary").click();
	await page.waitForURL(/tag=one/);
	await b.check(page, "filter");
	await page.locator(".save-filter > summary").click();
	await page.fill("#segment-name", name);
	await b.check(page, "filter");
	await page.locator(".save-filter .btn-primary").click();
	await page.waitForURL(/segment=/);
	await page.goto(b.url + "/segments");
	assert.match(await page.locator("tr", { hasText: name }).innerText(),
		/Dynamic/);
	await b.check(page, "filter");
});

await b.test("what is not complete says so at its row", async () => {
	await page.goto(b.url +
		"/contacts?c0.f=city&c0.op=is&c0.v=&c0.g=0&do=show");
	assert.match(await page.locator("#c0-problem").innerText(), /value/);
	await b.check(page, "filter");
	await page.goto(b.url + "/contacts?where=city~more~3&filter=1");
	await b.check(page, "filter");
});

await browser.close();
b.finish();
