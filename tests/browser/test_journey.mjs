// test_journey.mjs: the main job, from the login to the exported file
// SPDX-License-Identifier: MIT
import {
	assert, check, checked, csv, downloaded, finish, launch, login, mark,
	open, phone, rowsOf, test, url,
} from "./browser.mjs";

const loyalty = `Loyalty ${mark}`;
const segment = `Fair ${mark}`;
const good = 8000;
const ada = { name: `Ada Löwe ${mark}`, phone: phone() };

function contactFile() {
	const rows = [["Name", "Phone", "E-mail", loyalty, "Remark"]];

	rows.push([ada.name, ada.phone, `ada.${mark}@example.org`, "7", "first"]);
	for (let i = 1; i < good; i++)
		rows.push([`Person ${i} 🌻 ${mark}`, phone(), "", "1", "line\nbreak"]);
	rows.push(["No Number", "+39 1", "", "", ""]);
	rows.push(["No Mail", "", "nobody", "", ""]);
	rows.push(["Bad Loyalty", phone(), "", "much", ""]);
	return { name: `journey-${mark}.csv`, mimeType: "text/csv",
		buffer: Buffer.from(csv(rows)) };
}

async function chooseFile(page, file) {
	const [chooser] = await Promise.all([
		page.waitForEvent("filechooser"), page.locator("#file").click()]);

	await chooser.setFiles(file);
}

const browser = await launch();
const page = await open(browser);

await test("log in", async () => {
	await page.goto(`${url}/login`);
	await check(page, "login");
	await login(page);
});

await test("the history", async () => {
	await page.goto(`${url}/imports`);
	await check(page, "history");
	await page.getByRole("link", { name: "Import a file" }).first().click();
	await page.waitForURL("**/imports/new");
});

await test("step 1: a file that cannot be taken", async () => {
	await chooseFile(page, { name: "empty.csv", mimeType: "text/csv",
		buffer: Buffer.from("Name,Phone\r\n") });
	await page.getByRole("button", { name: "Next: columns" }).click();
	await page.getByText("empty-file").waitFor();
	await check(page, "file refused");
});

await test("step 1: the format is preselected", async () => {
	await page.goto(`${url}/imports/new`);
	await check(page, "file");
	await chooseFile(page, { name: "interakt.csv", mimeType: "text/csv",
		buffer: Buffer.from("Country Code,Phone Number\n39,3471234567\n") });
	await page.getByText("It looks like a file of the format Interakt").waitFor();
	assert.ok(await page.locator("#format-interakt").isChecked());
	await page.locator("#format-auto").check();
	await chooseFile(page, contactFile());
	await page.getByText(`journey-${mark}.csv,`).waitFor();
	await page.getByText("Rules (").click();
	await check(page, "file, rules open");
	await page.getByLabel("Segment for these contacts").fill(segment);
	await page.getByRole("button", { name: "Next: columns" }).click();
	await page.waitForURL("**/mapping");
});

await test("step 2: columns", async () => {
	await check(page, "columns");
	assert.equal(await page.locator("#c1").inputValue(), "name");
	assert.equal(await page.locator("#c2").inputValue(), "phone");
	assert.equal(await page.locator("#c3").inputValue(), "email");
	assert.equal(await page.locator("input[name=n4]").isVisible(), false);
	await page.locator("#c4").selectOption("new");
	await page.locator("select[name=t4]").selectOption("NUMBER");
	await page.locator("#c5").selectOption("name");
	await page.getByRole("button", { name: "Next: check" }).first().click();
	await page.locator("#error-summary").waitFor();
	await check(page, "columns in error");
	await page.locator("#c5").selectOption("none");
	await page.getByRole("button", { name: "Next: check" }).first().click();
	await page.waitForURL("**/review");
});

await test("step 3: check", async () => {
	await page.getByText(ada.name).first().waitFor();
	await check(page, "review");
	await page.getByRole("link", { name: "Back to the columns" }).click();
	assert.equal(await page.locator("select[name=t4]").inputValue(), "NUMBER");
	await page.getByRole("button", { name: "Next: check" }).first().click();
	await checked(page);
	await page.getByRole("button", { name: "Next: consent" }).first().click();
	await page.waitForURL("**/consent");
});

await test("step 4: consent", async () => {
	assert.equal(await page.locator("#gdpr").isChecked(), false);
	assert.equal(await page.locator("#profiling").isChecked(), false);
	await check(page, "consent");
	await page.getByRole("button", { name: /^Import 8,00[03] / }).click();
	await page.locator("#gdpr-error").waitFor();
	await check(page, "consent missing");
	await page.locator("#gdpr").check();
	await page.locator("#profiling").check();
	await page.getByRole("button", { name: /^Import 8,00[03] / }).click();
	await page.waitForURL(/\/imports\/\d+$/);
});

let importUrl = "";

await test("the progress moves by itself", async () => {
	let loads = 0;

	importUrl = page.url();
	page.on("load", () => loads++);
	await page.locator("[data-state=done]").waitFor();
	assert.ok(loads <= 1, "the page was loaded again");
	await check(page, "result");
});

await test("the numbers", async () => {
	const numbers = await page.locator(".number").allTextContents();

	assert.deepEqual(numbers.map((n) => n.replace(/\s+/g, " ").trim()), [
		"8,003 rows read", "8,000 new", "0 updated", "0 unchanged",
		"0 skipped", "3 in error"]);
	await page.locator(".number a").last().click();
	await page.getByText("phone-invalid").waitFor();
	assert.equal(await page.locator("tbody tr").count(), 3);
	await check(page, "rows in error");
	await page.goto(importUrl);
	await page.getByText("Details: rules, columns").click();
	await check(page, "details");
});

await test("the rows in error", async () => {
	const file = await downloaded(page, () => page.getByRole("link",
		{ name: "Download the rows in error" }).click());
	const rows = rowsOf(file.text);

	assert.match(file.name, /^import-\d+-errors\.csv$/);
	assert.deepEqual(rows[0],
		["Name", "Phone", "E-mail", loyalty, "Remark", "Error"]);
	assert.deepEqual(rows.slice(1).map((row) => row[0]),
		["No Number", "No Mail", "Bad Loyalty"]);
	assert.match(rows[1][5], /phone-invalid/);
	assert.match(rows[2][5], /email-invalid/);
	assert.match(rows[3][5], /value-type/);
});

await test("the uploaded file comes back", async () => {
	const file = await downloaded(page, () => page.getByRole("link",
		{ name: "The file as it was uploaded" }).click());

	assert.equal(file.name, `journey-${mark}.csv`);
	assert.equal(rowsOf(file.text).length, good + 4);
});

await test("a contact is found", async () => {
	await page.goto(`${url}/contacts`);
	await check(page, "contacts");
	await page.getByRole("searchbox").first().fill(
		`0039 ${ada.phone.slice(3, 6)} ${ada.phone.slice(6)}`);
	await page.getByRole("searchbox").first().press("Enter");
	await page.getByRole("link", { name: ada.name }).waitFor();
	assert.equal(await page.locator("tbody tr").count(), 1);
	await check(page, "contacts found");
	await page.getByRole("link", { name: ada.name }).click();
	await page.waitForURL(/\/contacts\/\d+$/);
	await page.getByText(`ada.${mark}@example.org`).first().waitFor();
	await check(page, "contact");
});

await test("the contact is edited", async () => {
	await page.getByRole("link", { name: "Edit" }).first().click();
	await page.waitForURL(/\/contacts\/\d+\/edit$/);
	await check(page, "contact edit");
	await page.getByLabel("City", { exact: true }).fill("Città di Ada");
	await page.getByRole("button", { name: /^Save/ }).click();
	await page.waitForURL(/\/contacts\/\d+$/);
	await page.getByText("Città di Ada").first().waitFor();
	await check(page, "contact changed");
});

let exported = "";

await test("the export", async () => {
	await page.goto(`${url}/contacts?segment=${encodeURIComponent(segment)}`);
	await page.getByText("8,000").first().waitFor();
	const file = await downloaded(page, () => page.getByRole("link",
		{ name: /^Export/ }).first().click());
	const [header, ...rows] = rowsOf(file.text);
	const at = (name) => header.findIndex(
		(h) => h.toLowerCase() === name.toLowerCase());
	const row = rows.find((one) => one.includes(ada.name));

	assert.equal(rows.length, good);
	assert.ok(row, "the contact is in the file");
	assert.ok(row.some((cell) => cell.replace(/^'/, "") === ada.phone));
	assert.equal(row[at("City")], "Città di Ada");
	assert.equal(row[at(`${loyalty}||NUMBER`)], "7");
	exported = file.text;
});

await test("the exported file comes in as what is there", async () => {
	await page.goto(`${url}/imports/new`);
	await chooseFile(page, { name: "export.csv", mimeType: "text/csv",
		buffer: Buffer.from(exported) });
	await page.getByRole("button", { name: "Next: columns" }).click();
	await page.waitForURL("**/mapping");
	await page.getByRole("button", { name: "Next: check" }).first().click();
	await checked(page);
	await page.getByRole("button", { name: "Next: consent" }).first().click();
	await page.locator("#gdpr").check();
	await page.locator("#profiling").check();
	await page.getByRole("button", { name: /^Import 8,000 / }).click();
	await page.locator(".lead", { hasText: "All 8,000 rows" }).waitFor();
	const numbers = await page.locator(".number").allTextContents();

	assert.match(numbers[3], /^\s*8,000\s+unchanged/);
});

await test("the corrected file", async () => {
	await page.goto(importUrl);
	const file = await downloaded(page, () => page.getByRole("link",
		{ name: "Download the rows in error" }).click());
	const rows = rowsOf(file.text);

	rows[1][1] = phone();
	rows[2][2] = `nobody.${mark}@example.org`;
	rows[3][3] = "8";
	await page.getByRole("link", { name: "Import the corrected file" }).click();
	await chooseFile(page, { name: "corrected.csv", mimeType: "text/csv",
		buffer: Buffer.from(csv(rows)) });
	await page.getByRole("button", { name: "Next: columns" }).click();
	await page.waitForURL("**/mapping");
	assert.equal(await page.locator("#c6").inputValue(), "none");
	await page.getByRole("button", { name: "Use my last mapping" }).click();
	await page.getByText("filled in below").waitFor();
	await page.getByRole("button", { name: "Next: check" }).first().click();
	await checked(page);
	await page.getByRole("button", { name: "Next: consent" }).first().click();
	await page.locator("#gdpr").check();
	await page.locator("#profiling").check();
	await page.getByRole("button", { name: /^Import 3 / }).click();
	await page.locator(".lead", { hasText: "All 3 rows" }).waitFor();
});

await test("a file is dropped", async () => {
	await page.goto(`${url}/imports/new`);
	const data = await page.evaluateHandle(() => {
		const transfer = new DataTransfer();

		transfer.items.add(new File(["user.username,user.phone_no\n"],
			"dropped.csv", { type: "text/csv" }));
		return transfer;
	});

	await page.dispatchEvent("[data-drop]", "drop", { dataTransfer: data });
	await page.getByText("format Meta Humans").waitFor();
	assert.ok(await page.locator("#format-metahumans").isChecked());
});

await test("cancelled in the wizard", async () => {
	await page.goto(`${url}/imports/new`);
	await chooseFile(page, contactFile());
	await page.getByRole("button", { name: "Next: columns" }).click();
	await page.waitForURL("**/mapping");
	await page.getByRole("link", { name: "Cancel this import" }).click();
	await check(page, "cancel");
	await page.getByRole("button", { name: "Cancel the import" }).click();
	await page.getByText("was cancelled").waitFor();
	await check(page, "cancelled");
});

await test("all of it without JavaScript", async () => {
	const plain = await open(browser, { javaScriptEnabled: false });
	const rows = [["Name", "Phone", "Note"], [`Plain ${mark}`, phone(), "x"]];

	await login(plain);
	await plain.goto(`${url}/imports/new`);
	await plain.locator("#file").setInputFiles({ name: "plain.csv",
		mimeType: "text/csv", buffer: Buffer.from(csv(rows)) });
	await plain.getByRole("button", { name: "Next: columns" }).click();
	await plain.getByRole("button",
		{ name: "Leave out the columns without a choice" }).click();
	await checked(plain);
	await plain.getByRole("button", { name: "Next: consent" }).first().click();
	await plain.locator("#gdpr").check();
	await plain.locator("#profiling").check();
	await plain.getByRole("button", { name: "Import 1 contact" }).click();
	await plain.locator(".lead", { hasText: "The only row of" }).waitFor();
	await plain.context().close();
});

await browser.close();
finish();
