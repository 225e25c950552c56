// test_accessibility.mjs: every page, for eyes and for the keyboard alone
// SPDX-License-Identifier: MIT
/* The pages are the rows of web/routes.h: one that has no visit here fails. */
import fs from "node:fs";
import {
	api, assert, check, csv, finish, launch, login, mark, open, part,
	phone, test, url, walk,
} from "./browser.mjs";

/* (path, name) of each page. */
function routes() {
	const text = fs.readFileSync(
		new URL("../../cgi-bin/web/routes.h", import.meta.url), "utf8")
		.replaceAll("\\\n", " ");

	return [...text.matchAll(/\bPAGE\(\s*"([^"]+)"\s*,\s*(\w+)\s*,/g)]
		.map((m) => ({ path: m[1], name: m[2] }));
}

function person(values) {
	return api("POST", "/api/v1/contacts", values);
}

async function until(id, states) {
	for (;;) {
		const { status } = await api("GET", `/api/v1/imports/${id}`);

		if (states.includes(status))
			return;
		assert.ok(!["failed", "refused"].includes(status), status);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

async function imported(values) {
	const form = new FormData();
	const rows = [["Name", "Phone", "City"],
		[`Ann ${mark}`, phone(), "Pune"], ["No Number", "+39 1", ""]];

	for (const [name, value] of Object.entries(
		{ format: "generic", ...values }))
		form.append(name, value);
	form.append("file", new Blob([csv(rows)]), `pages-${mark}.csv`);
	const { id } = await api("POST", "/api/v1/imports", form);

	await until(id, ["done", "ready"]);
	return id;
}

/* Two that became one, of which a field was changed since. */
async function mergedTwo() {
	const merged = await person({ name: `Merged ${mark}`, phone: phone() });
	const away = await person({ name: `Merged away ${mark}`, phone: phone() });

	await api("POST", `/api/v1/contacts/${merged.id}/merge`,
		{ with: away.id, version: 1, with_version: 1 });
	await api("PUT", `/api/v1/contacts/${merged.id}`,
		{ version: 2, name: `Changed since ${mark}` });
	const { revisions } = await api("GET",
		`/api/v1/contacts/${away.id}/revisions`);

	return { merged, away, merge: revisions[0].job };
}

/* An import that was taken back, but for what was changed since. */
async function undone() {
	const id = await imported({ consent: "true" });
	const { contacts } = await api("GET", `/api/v1/contacts?import=${id}`);

	await api("PUT", `/api/v1/contacts/${contacts[0].id}`,
		{ version: contacts[0].version, city: "Changed since" });
	await api("POST", `/api/v1/imports/${id}/undo`);
	await until(id, ["undone"]);
	return id;
}

/* What the pages are about. */
async function make() {
	const attribute = `Loyalty ${mark}`;
	const mail = `twin.${mark}@example.org`;

	await api("POST", "/api/v1/attributes", { name: attribute, type: "NUMBER" });
	const one = await person({ name: `Zoë ${mark}`, phone: phone(), email: mail,
		city: "Pune", state: "intervened", whatsapp_opted: "yes",
		tags: [`one ${mark}`, `two ${mark}`], attributes: { [attribute]: 7 } });
	const other = await person({ name: `Zoe B. ${mark}`, phone: phone(),
		email: mail.toUpperCase(), city: "Agra", whatsapp_opted: "no",
		tags: [`three ${mark}`], attributes: { [attribute]: 12 } });
	const gone = await person({ name: `Gone ${mark}`, phone: phone() });

	await api("PUT", `/api/v1/contacts/${one.id}`,
		{ version: 1, city: "Mumbai", first_name: "Zoë" });
	await api("DELETE", `/api/v1/contacts/${gone.id}`);
	const { merged, away, merge } = await mergedTwo();

	const bulk = await api("POST", "/api/v1/bulk", { filter: { q: mark },
		action: "add_tags", tags: [`three ${mark}`] });

	const hook = await api("POST", "/api/v1/hooks", { url: "http://127.0.0.1:9/",
		description: `Shop ${mark}`, events: ["import.finished"] });
	const ping = await api("POST", `/api/v1/hooks/${hook.id}/ping`);

	const erasure = await api("POST", "/api/v1/privacy/erase",
		{ email: `erased.${mark}@example.org` });

	return { erasure: erasure.id, hook: hook.id, delivery: ping.id, attribute, one, other, gone, merged, away, merge, bulk: bulk.id,
		undone: await undone(),
		done: await imported({ consent: "true", segment: `Fair ${mark}` }),
		ready: await imported({ dry_run: "true" }) };
}

/* Addresses of each page, by its name; a list of several states, or a function
 * that is called with the browser's page and leaves it at a state. */
function visitsOf(made) {
	const contact = `/contacts/${made.one.id}`;

	return {
		account: ["/account"],
		tokens: ["/tokens"],
		campaigns: ["/campaigns"],
		audit: ["/audit", "/audit?action=imports", "/audit?from=x&subject=y",
			"/audit?q=nothing+like+this"],
		attributes: ["/attributes",
			`/attributes?change=${encodeURIComponent(made.attribute)}`,
			`/attributes?delete=${encodeURIComponent(made.attribute)}`],
		contact: [contact, `/contacts/${made.gone.id}`,
			`/contacts/${made.merged.id}`, `/contacts/${made.away.id}`],
		contact_columns: ["/contacts/columns"],
		contact_consents: [`${contact}/consents`],
		contact_delete: [`${contact}/delete`],
		contact_edit: [`${contact}/edit`],
		contact_export: ["/contacts/export",
			`/contacts/export?q=${encodeURIComponent(mark)}`],
		events: ["/events"],
		privacy: ["/privacy", async (page) => {
			await page.goto(`${url}/privacy`);
			await page.getByLabel("What the person gave").fill(
				"+39 347 000 0001");
			await page.getByRole("button", { name: "Find the person" })
				.click();
			await page.getByText("Nobody in the book").first().waitFor();
		}],
		privacy_person: [`/privacy/${made.one.id}`],
		privacy_erase: [`/privacy/erase?by=id&value=${made.one.id}`],
		privacy_erasure: [`/privacy/erasures/${made.erasure}`],
		first_messages: ["/first-messages", "/first-messages?try=Price",
			"/first-messages?try=+"],
		hooks: ["/hooks"],
		hook: [`/hooks/${made.hook}`],
		hook_delivery: [`/hooks/${made.hook}/deliveries/${made.delivery}`],
		import_optouts: [`/imports/${made.ready}/optouts`],
		contact_merge: [`${contact}/merge`,
			`${contact}/merge?q=${encodeURIComponent(mark)}`,
			`${contact}/merge?with=${made.one.id}`,
			`${contact}/merge?with=${made.other.id}`],
		contact_new: ["/contacts/new"],
		contact_restore: [`${contact}/restore?version=1`],
		contact_unmerge: [`/contacts/${made.merged.id}/unmerge?job=${made.merge}`,
			async (page) => {
				await page.goto(`${url}/contacts/${made.merged.id}` +
					`/unmerge?job=${made.merge}`);
				await page.getByRole("button",
					{ name: "Make two contacts again" }).click();
				await page.getByText("Left as it is").waitFor();
			}],
		contacts_bulk: [`/contacts/bulk?where=q%3D${mark}`,
			`/contacts/bulk?where=q%3D${mark}&do=clear&field_off=title`,
			`/contacts/bulk?where=q%3Dnobody-${mark}`,
			`/contacts/bulk?where=q%3D${mark}&do=add_tags`],
		job: [`/jobs/${made.bulk}`, `/jobs/${made.merge}`],
		jobs: ["/jobs"],
		contacts: ["/contacts", "/contacts?filter=1",
			`/contacts?q=nobody-${mark}`, "/contacts?nose=1",
			`/contacts?tag=${encodeURIComponent(`one ${mark}`)}&filter=1`],
		duplicates: ["/duplicates", "/duplicates?dismissed=1"],
		import: [`/imports/${made.done}`, `/imports/${made.ready}`,
			`/imports/${made.undone}`],
		import_cancel: [`/imports/${made.ready}/cancel`],
		import_consent: [`/imports/${made.ready}/consent`],
		import_kept: [`/imports/${made.undone}/kept`],
		import_undo: [`/imports/${made.done}/undo`],
		import_mapping: [`/imports/${made.ready}/mapping`],
		import_new: ["/imports/new"],
		import_review: [`/imports/${made.ready}/review`],
		import_rows: [`/imports/${made.done}/rows`,
			`/imports/${made.done}/rows?outcome=rejected`],
		imports: ["/imports"],
		login: [async (page) => {
			await page.context().clearCookies();
			await page.goto(`${url}/login`);
			await page.getByRole("button", { name: "Log in" }).click();
		}],
		logout: ["/logout"],
		segments: ["/segments",
			`/segments?delete=${encodeURIComponent(`Fair ${mark}`)}`],
		suppressions: ["/suppressions"],
		settings: ["/settings"],
		tags: ["/tags", `/tags?rename=${encodeURIComponent(`one ${mark}`)}`,
			`/tags?merge=${encodeURIComponent(`one ${mark}`)}`,
			`/tags?delete=${encodeURIComponent(`one ${mark}`)}`],
		team: ["/team"],
		trash: ["/trash", `/trash?ask=purge&id=${made.gone.id}`],
	};
}

/* Forms that are sent with something wrong in them. */
const wrongs = [
	["/contacts/new", async (page) => {
		await page.getByLabel("Phone", { exact: true }).fill("12");
		await page.getByRole("button", { name: /^(Add|Save|Create)/ }).click();
	}],
	["/tags", async (page) => {
		await page.getByRole("button", { name: "Add" }).first().click();
	}],
	["/team", async (page) => {
		await page.getByRole("button", { name: /^Add/ }).click();
	}],
	["/account", async (page) => {
		await page.getByRole("button", { name: /password/i }).click();
	}],
];

/* By the keyboard alone. */
const walks = (made) => [
	"/contacts", "/contacts?filter=1", `/contacts/${made.one.id}`,
	`/contacts/${made.one.id}/edit`,
	`/contacts/${made.one.id}/merge?with=${made.other.id}`, "/duplicates",
	`/imports/${made.ready}/mapping`, `/imports/${made.ready}/review`,
	"/imports/new", `/contacts/bulk?where=q%3D${mark}&do=clear&field_off=title`,
];

/* Each of these is one fault; the checks have to see it. */
const faulty = {
	"no name": "<button></button>",
	"no contrast": "<p style='color: #eee; background: #fff'>grey</p>",
	"too small": "<button style='font-size: 6px; padding: 0'>a</button>" +
		"<button style='font-size: 6px; padding: 0'>b</button>",
	"no caption": "<table><tr><th scope='col'>a</th></tr></table>",
	"no scope": "<table><caption>t</caption><tr><th>a</th></tr></table>",
	"too wide": "<p style='width: 3000px'>wide</p>",
	"an error that is not told": "<label>a <input aria-invalid='true'></label>",
};

async function seesFaults(browser) {
	const bare = await open(browser);

	for (const [name, html] of Object.entries({ none: "", ...faulty })) {
		await bare.setContent("<!doctype html><html lang='en'><head>" +
			"<title>t</title></head><body><main><h1>t</h1>" +
			`${html}</main></body></html>`);
		const seen = await check(bare, name).then(() => false, () => true);

		assert.equal(seen, name !== "none", name);
	}
	await bare.context().close();
}

async function skipLink(page) {
	await page.goto(`${url}/contacts`);
	await page.keyboard.press("Tab");
	const link = page.locator(".skip-link");

	assert.ok(await link.evaluate((node) => node === document.activeElement &&
		node.getBoundingClientRect().top >= 0), "it is come to first");
	await page.keyboard.press("Enter");
	assert.equal(await page.evaluate(() => document.activeElement.id), "main");
}

const browser = await launch();
const page = await open(browser);
let made, visits;

await test("what the pages are about", async () => {
	await login(page);
	made = await make();
	visits = visitsOf(made);
});

await part("each page has a visit, and each visit a page", () => {
	assert.deepEqual(Object.keys(visits).sort(),
		routes().map((one) => one.name).sort());
});

/* The one that logs out comes last. */
for (const { name } of routes().filter((one) => one.name !== "login"))
	await part(`page ${name}`, async () => {
		for (const visit of visits[name]) {
			if (typeof visit === "string")
				await page.goto(url + visit);
			else
				await visit(page);
			await check(page, visit);
		}
	});

for (const [path, doWrong] of wrongs)
	await part(`an error on ${path}`, async () => {
		await page.goto(url + path);
		await page.evaluate(() => document.querySelectorAll("form").forEach(
			(form) => { form.noValidate = true; }));
		await doWrong(page);
		await page.locator("#error-summary").waitFor();
		await check(page, `${path} in error`);
	});

await part("the checks see faults", () => seesFaults(browser));

await part("the skip link", () => skipLink(page));

await part("errors have a page too", async () => {
	await page.goto(`${url}/nothing`);
	await check(page, "404");
});

for (let i = 0; i < walks({ one: {}, other: {} }).length; i++)
	await part(`by the keyboard, ${i + 1}`, async () => {
		const path = walks(made)[i];

		await page.goto(url + path);
		await walk(page, path);
	});

await part("page login", async () => {
	await visits.login[0](page);
	await check(page, "login in error");
});

await browser.close();
finish();
