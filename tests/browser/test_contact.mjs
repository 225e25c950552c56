// test_contact.mjs: one contact: tags, two at once, versions and the trash
// SPDX-License-Identifier: MIT
import {
	assert, check, finish, launch, login, mark, open, phone, test, url,
} from "./browser.mjs";

const name = `Asha ${mark}`;
const browser = await launch();
const page = await open(browser);
const other = await open(browser);
let contact = "";

await login(page);
await login(other);

await test("a new contact, with tags from the suggestions", async () => {
	await page.goto(`${url}/contacts/new`);
	await check(page, "new contact");
	await page.locator("#name").fill(name);
	await page.locator("#phone").fill(phone());
	await page.locator("#city").fill("Pune");
	for (const tag of [`one ${mark}`, `two ${mark}`, `One ${mark}`]) {
		await page.locator("#add_tag").fill(tag);
		await page.locator("#add_tag").press("Enter");
	}
	assert.equal(await page.locator("#tags").inputValue(),
		`one ${mark}, two ${mark}`);
	await page.getByRole("button", { name: "Add the contact" }).click();
	await page.waitForURL(/\/contacts\/\d+$/);
	contact = page.url();
	await page.getByRole("link", { name: `two ${mark}` }).waitFor();
});

await test("two at once: both values are shown, and one is chosen", async () => {
	await page.goto(`${contact}/edit`);
	await other.goto(`${contact}/edit`);
	await other.locator("#city").fill("Mumbai");
	await other.locator("#area").fill("Bandra");
	await other.getByRole("button", { name: "Save the change" }).click();
	await other.waitForURL(contact);
	await page.locator("#city").fill("Agra");
	await page.locator("#title").fill("Dr.");
	await page.getByRole("button", { name: "Save the change" }).click();
	await page.getByText("Somebody else changed the same contact").waitFor();
	await check(page, "conflict");
	assert.equal(await page.locator("#area").inputValue(), "Bandra");
	await page.getByLabel("Theirs: Mumbai").check();
	await page.getByRole("button", { name: "Save the change" }).click();
	await page.waitForURL(contact);
	await page.getByText("Dr.", { exact: true }).first().waitFor();
});

await test("a version is restored from the timeline", async () => {
	await check(page, "contact");
	await page.locator(".timeline summary").first().click();
	await page.getByRole("link", { name: "Restore version 1" }).click();
	await page.getByRole("heading", { name: "Restore version 1" }).waitFor();
	await check(page, "restore a version");
	await page.getByRole("button", { name: "Restore version 1" }).click();
	await page.waitForURL(contact);
	await page.getByText("Earlier version restored").waitFor();
});

await test("into the trash, while somebody edits", async () => {
	await other.goto(`${contact}/edit`);
	await page.getByRole("link", { name: "Delete" }).click();
	await check(page, "delete");
	await page.getByRole("button", { name: /to the trash$/ }).click();
	await page.waitForURL(`${url}/contacts`);
	await page.goto(contact);
	await check(page, "contact in the trash");
	await other.locator("#city").fill("Delhi");
	await other.getByRole("button", { name: "Save the change" }).click();
	await other.getByText("moved to the trash meanwhile").waitFor();
	await check(other, "edit of a contact in the trash");
	await other.getByRole("button", { name: "Restore the contact" }).click();
	await other.waitForURL(contact);
	await other.getByText("Delhi").first().waitFor();
});

await test("the trash", async () => {
	await page.goto(`${contact}/delete`);
	await page.getByRole("button", { name: /to the trash$/ }).click();
	await page.waitForURL(`${url}/contacts`);
	await page.goto(`${url}/trash?q=${mark}`);
	await check(page, "trash");
	await page.getByLabel("Choose all on this page").check();
	assert.ok(await page.getByLabel(`Choose ${name}`).isChecked());
	await page.getByRole("button", { name: "Delete for good" }).click();
	await page.getByText("Delete one contact for good?").waitFor();
	await check(page, "question of the trash");
	await page.getByRole("button", { name: "Delete it for good" }).click();
	await page.getByText("1 contact deleted for good.").waitFor();
	assert.equal((await page.goto(contact)).status(), 404);
});

await browser.close();
finish();
