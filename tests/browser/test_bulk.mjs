// test_bulk.mjs: contacts are changed together and the change is undone,
// with scripts and without
// SPDX-License-Identifier: MIT
import {
	assert, check, finish, launch, login, mark, open, phone, test, url,
} from "./browser.mjs";

const source = `Fair ${mark}`;
const names = ["Ada", "Ben", "Cleo"].map((name) => `${name} ${mark}`);
const list = `${url}/contacts?source=${encodeURIComponent(source)}`;

async function addContact(page, name) {
	await page.goto(`${url}/contacts/new`);
	await page.locator("#name").fill(name);
	await page.locator("#phone").fill(phone());
	await page.locator("#source").fill(source);
	await page.locator("main form button[type=submit]").first().click();
	await page.waitForURL(/\/contacts\/\d+$/);
}

/* The page of a job until it has ended: it moves by itself with scripts, and
 * is loaded again without. */
async function ended(page, scripts) {
	await page.waitForURL(/\/jobs\/\d+$/);
	const live = page.locator("[data-state=done]");

	for (let i = 0; i < 600 && !await live.count(); i++) {
		await page.waitForTimeout(200);
		if (!scripts)
			await page.reload();
	}
	assert.equal(await live.count(), 1);
}

async function tagsOf(page) {
	await page.goto(list);
	return page.locator("tbody .label").allInnerTexts();
}

const browser = await launch();

for (const scripts of [true, false]) {
	const page = await open(browser, { javaScriptEnabled: scripts });
	const how = scripts ? "with scripts" : "without scripts";
	const tag = `Gold ${mark} ${scripts}`;
	/* axe is a script itself. */
	const look = (name) => scripts ? check(page, name) : undefined;

	await test(`${how}: some contacts`, async () => {
		await login(page);
		if (scripts)
			for (const name of names)
				await addContact(page, name);
		await page.goto(list);
		assert.equal(await page.locator("tbody tr").count(), 3);
		await look("list with checkboxes");
	});

	await test(`${how}: choose two, look, change`, async () => {
		for (const name of names.slice(0, 2))
			await page.getByLabel(`Select ${name}`).check();
		if (scripts)
			await page.getByText("2 on this page selected.").waitFor();
		await page.getByRole("button", { name: "Change the ticked ones" })
			.click();
		await page.getByText("chosen one by one").waitFor();
		await look("form");
		await page.getByLabel("Add tags").check();
		await page.getByLabel("Tags to add").fill(tag);
		await page.getByRole("button", { name: "Look at what would change" })
			.click();
		await page.getByText(`There is no tag ${tag}:`).first().waitFor();
		await look("form in error");
		await page.getByLabel("Make tags that the book does not have yet")
			.check();
		await page.getByRole("button", { name: "Look at what would change" })
			.click();
		await page.getByText("2 contacts").first().waitFor();
		await look("preview");
		await page.getByRole("button", { name: "Change 2 contacts" }).click();
		await ended(page, scripts);
		await page.getByText("All 2 contacts are changed.").first().waitFor();
		await look("job");
		assert.deepEqual(await tagsOf(page), [tag, tag]);
	});

	await test(`${how}: everything that matches`, async () => {
		await page.getByRole("button", { name: "Change everything that" })
			.click();
		await page.getByText(source).first().waitFor();
		await page.getByLabel("Add tags").check();
		await page.getByLabel("Tags to add").fill(tag);
		await page.getByRole("button", { name: "Look at what would change" })
			.click();
		await page.getByText("is so already").first().waitFor();
		await page.getByRole("button", { name: "Change 3 contacts" }).click();
		await ended(page, scripts);
		await page.getByText("1 of 3 contacts is changed.").first().waitFor();
		assert.deepEqual(await tagsOf(page), [tag, tag, tag]);
	});

	await test(`${how}: undo`, async () => {
		for (let i = 0; i < 2; i++) {
			await page.goto(`${url}/jobs`);
			await look("history of changes");
			await page.locator("tr", { has: page.getByText(tag) })
				.filter({ hasNotText: "undone" }).getByRole("link").first()
				.click();
			await page.getByRole("button", { name: "Undo this change" })
				.click();
			await ended(page, scripts);
		}
		assert.deepEqual(await tagsOf(page), []);
	});
}

await browser.close();
finish();
