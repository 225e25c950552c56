// test_review.mjs: a file with errors is corrected in place, then imported
// SPDX-License-Identifier: MIT
import {
	assert, check, checked, csv, finish, launch, login, mark, open, phone,
	test, url,
} from "./browser.mjs";

const numbers = Array.from({ length: 12 }, () => phone());
const header = ["Name", "Phone", "City", "WhatsApp Opted"];

function file(name, rows) {
	return { name, mimeType: "text/csv",
		buffer: Buffer.from(csv([header, ...rows])) };
}

const browser = await launch();
const page = await open(browser);

/* Up to the third step, with all rows checked. */
async function toReview(what) {
	await page.goto(`${url}/imports/new`);
	await page.locator("#file").setInputFiles(what);
	await page.getByRole("radio", { name: /^Generic/ }).check();
	await page.getByRole("button", { name: "Next: columns" }).click();
	await page.waitForURL("**/mapping");
	await page.getByRole("button", { name: /^Next/ }).first().click();
	await checked(page);
}

async function finishImport() {
	await page.getByRole("button", { name: "Next: consent" }).first().click();
	await page.waitForURL("**/consent");
	for (const box of await page.locator("form input[type=checkbox]").all())
		await box.check();
	await page.getByRole("button", { name: /^Import / }).click();
	await page.locator(".outcome .lead").waitFor();
}

/* {new: "3", ...} of the large figures. */
async function figures() {
	await page.getByText("What the import will do").waitFor();
	return Object.fromEntries(await page.locator(".numbers .number")
		.evaluateAll((all) => all.map((n) => [
			n.querySelector(".number-label").textContent,
			n.querySelector(".number-value").textContent])));
}

await test("people in the book", async () => {
	await login(page);
	await toReview(file(`first-${mark}.csv`, numbers.slice(0, 3).map(
		(n, i) => [`Person ${i} ${mark}`, n, "Pune", "TRUE"])));
	assert.equal((await figures()).new, "3");
	await finishImport();
});

await test("the review of a file with errors", async () => {
	await toReview(file(`second-${mark}.csv`, [
		[`Person 0 ${mark}`, numbers[0], "Oslo", "TRUE"],
		[`Person 1 ${mark}`, numbers[1], "Pune", "TRUE"],
		[`Person 3 ${mark}`, numbers[3], "Rio", "Yess"],
		[`Person 4 ${mark}`, numbers[4], "Rio", "Yess"],
		[`Person 5 ${mark}`, "12", "Rio", "FALSE"],
		[`Person 6 ${mark}`, "none", "Rio", "FALSE"]]));
	assert.deepEqual(await figures(), { "rows read": "6", new: "0",
		updated: "1", unchanged: "1", skipped: "0", "in error": "4" });
	await check(page, "review with errors");
});

await test("old and new values", async () => {
	await page.getByRole("link", { name: /^City in 1 row/ }).click();
	const row = page.locator("#rows tbody tr");

	assert.equal(await row.count(), 1);
	assert.equal(await row.locator("del").innerText(), "Pune");
	assert.equal(await row.locator("ins").innerText(), "Oslo");
	await check(page, "rows that change a field");
});

await test("a value is corrected everywhere", async () => {
	await page.getByLabel(/^Yess/).fill("TRUE");
	await page.getByRole("button", { name: /Correct everywhere in WhatsApp/ })
		.click();
	await page.getByText("2 of these 2 rows will get in").waitFor();
	await page.getByText("everywhere (2 cells)").waitFor();
	assert.equal((await figures()).new, "2");
	await check(page, "after a correction");
});

await test("a cell is corrected, a row is left out", async () => {
	await page.goto(page.url().split("?")[0]);
	const cell = page.locator("#rows").getByLabel("Row 6, Phone");

	assert.match(await page.locator("#" + await cell.getAttribute(
		"aria-describedby")).innerText(), /has no country code/);
	await cell.fill(numbers[5]);
	await page.getByLabel("Leave row 7 out").check();
	await page.getByRole("button", { name: "Save corrections and check again" })
		.first().click();
	await page.getByText("1 of these 2 rows will get in").waitFor();
	assert.deepEqual(await figures(), { "rows read": "6", new: "3",
		updated: "1", unchanged: "1", skipped: "1", "in error": "0" });
});

await test("a correction is taken back and made again", async () => {
	await page.goto(page.url().split("?")[0]);
	await page.locator(".fixes li", { hasText: "Row 7" })
		.getByRole("button", { name: /Take back/ }).click();
	await page.getByText("The correction was taken back").waitFor();
	assert.equal((await figures())["in error"], "1");
	await page.getByLabel("Leave row 7 out").check();
	await page.getByRole("button", { name: "Save corrections and check again" })
		.first().click();
	assert.equal((await figures()).skipped, "1");
});

await test("what was corrected is in the book", async () => {
	await finishImport();
	assert.match(await page.locator(".outcome .lead").innerText(), /5 of 6/);
	await page.getByText("corrections were made").waitFor();
	await page.getByText("Details: rules, columns").click();
	await page.getByText("Row 7 is left out").waitFor();
	await check(page, "import with corrections");
	for (const [i, city] of [[0, "Oslo"], [3, "Rio"], [5, "Rio"]]) {
		await page.goto(`${url}/contacts?q=${encodeURIComponent(numbers[i])}`);
		await page.getByRole("link", { name: `Person ${i} ${mark}` }).click();
		await page.getByText(city, { exact: true }).first().waitFor();
	}
	await page.goto(`${url}/contacts?q=${mark}`);
	assert.equal(await page.getByText(`Person 6 ${mark}`).count(), 0);
});

await browser.close();
finish();
