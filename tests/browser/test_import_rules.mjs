// test_import_rules.mjs: write rules in the mapping, and people who opted out
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import {
	check, checked, finish, launch, login, open, test, url,
} from "./browser.mjs";

const start = 98600 + Math.floor(Math.random() * 900);
const phones = [1, 2, 3].map((i) => `+91${start}${10000 + i}`);
const shots = process.env.RUBRICA_SHOTS || "";

async function shot(page, name) {
	if (!shots) return;
	for (const width of [1400, 380]) {
		await page.setViewportSize({ width, height: 900 });
		for (const colorScheme of ["light", "dark"]) {
			await page.emulateMedia({ colorScheme });
			await page.screenshot({ fullPage: true,
				path: `${shots}/${name}-${width}-${colorScheme}.png` });
		}
	}
	await page.emulateMedia({ colorScheme: "light" });
	await page.setViewportSize({ width: 1400, height: 900 });
}

async function upload(page, name, text) {
	await page.goto(`${url}/imports/new`);
	await page.locator("input[name=format][value=generic]").check();
	await page.locator("input[type=file]").setInputFiles({
		name, mimeType: "text/csv", buffer: Buffer.from(text) });
	await page.locator("form[data-import-new] button[type=submit]").first()
		.click();
	await page.waitForURL(/mapping$/);
}

async function confirmed(page) {
	await page.waitForURL(/consent$/);
	await page.locator("#gdpr").check();
	await page.locator("#profiling").check();
	await page.getByRole("button", { name: /^Import / }).click();
	await page.getByText("are in the book").first().waitFor();
}

const browser = await launch();
const page = await open(browser);

await test("people who opted out come into the book", async () => {
	await login(page);
	await upload(page, "out.csv", "Name,Phone,WhatsApp Opted,City,Tags\n" +
		phones.map((p, i) => `Person ${i},${p},no,Pune,old\n`).join(""));
	await page.getByRole("button", { name: "Next: check" }).first().click();
	await checked(page);
	await page.getByRole("button", { name: "Next: consent" }).first().click();
	await confirmed(page);
});

await test("the write rules are those of the target", async () => {
	await upload(page, "in.csv", "Name,Phone,WhatsApp Opted,City,Tags,x\n" +
		phones.map((p, i) => `Anew ${i},${p},yes,,new,1\n`).join(""));
	const values = (n) => page.locator(`#w${n} option`).evaluateAll(
		(all) => all.map((o) => o.value));

	assert.deepEqual(await values(4), ["", "overwrite+clear", "fill", "never"]);
	await page.locator("#c4").selectOption("tags");
	assert.ok((await values(4)).includes("overwrite+keep"));
	await page.locator("#c4").selectOption("none");
	assert.equal(await page.locator("#w4").isVisible(), false);
	await page.locator("#c4").selectOption("city");
	await page.locator("#c6").selectOption("new");
	await page.locator("select[name=t6]").selectOption("ARRAY");
	assert.ok((await values(6)).includes("append"));
	await page.locator("#c6").selectOption("none");
	await page.locator("#w1").selectOption("never");
	await page.locator("#w5").selectOption("overwrite+keep");
	await check(page, "mapping");
	await shot(page, "mapping");
	await page.getByRole("button", { name: "Next: check" }).first().click();
	await checked(page);
	await page.getByText("Never change").first().waitFor();
	await check(page, "review");
	await shot(page, "review");
});

await test("opt-outs are left or overturned on a page of their own",
	async () => {
		await page.getByRole("button", { name: "Next: consent" }).first().click();
		await page.waitForURL(/optouts$/);
		assert.equal(await page.locator("#overturn").isChecked(), false);
		await check(page, "optouts");
		await shot(page, "optouts");
		await page.getByRole("button", { name: /^Overturn for/ }).click();
		await page.locator("#overturn-error").waitFor();
		await shot(page, "optouts-error");
		await page.locator("#overturn").check();
		await page.getByRole("button", { name: /^Overturn for/ }).click();
		await checked(page);
		await page.getByText("3 opt-outs are overturned").waitFor();
		await shot(page, "review-confirmed");
		await page.getByRole("button", { name: "Next: consent" }).first().click();
		await check(page, "consent");
		await confirmed(page);
		await page.getByText("3 opt-outs were overturned").waitFor();
		await check(page, "import");
		await shot(page, "import");
	});

await browser.close();
finish();
