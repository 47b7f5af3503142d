import {deflateRawSync} from "node:zlib";
import {afterAll, beforeAll, expect, test} from "vitest";
import type {Page} from "playwright-core";
import {change, edit, kept, loadEditor, openPage, openPlain, ran, ready, write} from "./publishedEditor.js";
import {type Published, publishPages} from "./published.js";
import {notebook} from "./publishedPage.js";

let site: Published;
const path = "week1/edited.md";
const newB = 'ran.push("b2");\ndisplay(html`<p id="b">b is now ${a}</p>`);';

beforeAll(async () => {
  site = await publishPages({"index.md": "# Home\n", "404.md": "# No page\n", [path]: notebook()});
}, 240_000);
afterAll(() => site?.stop());

/** The edits that a page keeps once some of its blocks were changed: what links are made of. */
async function editsOf(changes: [string, string][]): Promise<Record<string, unknown>[]> {
  const {page, close} = await openPage(site.site);
  for (const [text, to] of changes) await change(page, text, to);
  const edits = await kept(page);
  await close();
  return edits;
}

const hashOf = (content: unknown) => `#edits=${deflateRawSync(JSON.stringify(content)).toString("base64url")}`;
const consent = (page: Page) => page.getByRole("dialog", {name: "Changes in a link"});

test("a link carries the changes; nothing of it runs before the reader agrees, and then it is the reader's", async () => {
  const {page: author, context, close: leave} = await openPage(site.site);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await change(author, "b is", newB);
  await change(author, "Some text", "Some ${a + 2} text.");
  await author.getByRole("button", {name: "Copy link"}).click();
  await author.getByText("A link with your changes copied.").waitFor();
  const link = await author.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/\/week1\/edited#edits=[\w-]+$/);
  await leave();

  const {page, requests, errors, close} = await openPlain(site.site, {}, new URL(link).hash);
  await consent(page).waitFor();
  expect(await consent(page).locator("ins").allInnerTexts()).toContain('+ ran.push("b2");\n');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Do not run them");
  expect(await ran(page)).not.toContain("b2");
  expect(requests.filter((url) => /assets\/edit\/(compiler|prose|editor)-/.test(url))).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByText("Nothing of the link was run.").waitFor();
  expect(await page.locator("#b").innerText()).toBe("b is 2");
  expect([await kept(page), new URL(page.url()).hash]).toEqual([[], ""]);

  await page.goto(link);
  await consent(page).getByRole("button", {name: "Run these 2 changes"}).click();
  await expect.poll(() => page.locator("#b").innerText()).toBe("b is now 1");
  await page.getByText("Some 3 text.").waitFor();
  expect(new URL(page.url()).hash).toBe("");
  await page.reload();
  await ready(page);
  await expect.poll(() => page.locator("#b").innerText()).toBe("b is now 1");
  expect(await consent(page).count()).toBe(0);
  expect(errors).toEqual([]);
  await close();
});

test("a hostile link runs, renders and loads nothing before the reader agrees", async () => {
  const [cell, prose] = await editsOf([
    ["b is", newB],
    ["Some text", "Some <b>text</b>."]
  ]);
  const attack =
    '<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script><svg onload="globalThis.hacked=1">';
  const code = `globalThis.hacked = 1;\n// \u202E hidden\nfetch("https://evil.example/");`;
  const linked = [
    {
      ...prose,
      text: `${attack} $\\href{javascript:hacked=1}{x}$ \${globalThis.hacked = 1}`,
      was: attack,
      language: attack
    },
    {...cell, text: code, was: `</pre>${attack}`, above: attack, below: attack}
  ];
  const {page, outside, requests, close} = await openPlain(site.site, {}, hashOf({file: path, edits: linked}));
  await consent(page).waitFor();
  await page.waitForTimeout(500);
  const text = await consent(page).innerText();
  expect(text).toContain(attack);
  expect(text).toContain("⟨U+202E⟩ hidden");
  expect(await consent(page).locator("img, script, svg, .katex").count()).toBe(0);
  const hacked = () => page.evaluate(() => (globalThis as {hacked?: number}).hacked);
  expect(await hacked()).toBeUndefined();
  expect([outside, requests.filter((url) => /evil|\/x$|assets\/edit\/(compiler|prose|render)-/.test(url))]).toEqual([
    [],
    []
  ]);
  await consent(page).getByRole("button", {name: "Do not run them"}).click();
  await page.waitForTimeout(300);
  expect(await hacked()).toBeUndefined();
  await page.reload();
  await ready(page);
  expect([await hacked(), await kept(page), outside]).toEqual([undefined, [], []]);
  await close();
});

test("a link that is damaged, too long, of another page or for what is no block is one sentence", async () => {
  const [cell] = await editsOf([["b is", newB]]);
  const damaged = /cannot be read: it is damaged or incomplete/;
  const bomb = hashOf({file: path, edits: [{...cell, text: "x".repeat(20_000_000)}]});
  const cases: [string, RegExp][] = [
    ["#edits=", damaged],
    ["#edits=%00<img src=x onerror=alert(1)>", damaged],
    [hashOf({file: path, edits: [cell]}).slice(0, 60), damaged],
    [`#edits=${Buffer.from("not deflated").toString("base64url")}`, damaged],
    [hashOf(null), damaged],
    [hashOf({file: path, edits: []}), damaged],
    [hashOf({file: path, edits: [{...cell, id: '"><img src=x onerror=alert(1)>'}]}), damaged],
    [hashOf({file: path, edits: [{...cell, id: "__proto__"}]}), damaged],
    [hashOf({file: path, edits: [cell, cell]}), damaged],
    [hashOf({file: path, edits: [{...cell, text: {toString: 1}}]}), damaged],
    [bomb, damaged],
    [hashOf({file: "<img src=x>", edits: [cell]}), /changes of another page; nothing of it was run/]
  ];
  const {page, errors, close} = await openPage(site.site);
  for (const [hash, sentence] of cases) {
    await page.evaluate(() => document.querySelector(".editor-notice")!.replaceChildren());
    await page.evaluate((hash) => (location.hash = hash), hash);
    await expect.poll(() => page.locator(".editor-notice").innerText()).toMatch(sentence);
    expect(await consent(page).count()).toBe(0);
    await expect.poll(() => new URL(page.url()).hash).toBe("");
  }
  expect([await kept(page), await page.locator("#b").innerText(), errors]).toEqual([[], "b is 2", []]);
  await close();
});

test("a link's change does not take the place of the reader's own for good", async () => {
  const [cell] = await editsOf([["b is", newB]]);
  const {page, close} = await openPage(site.site);
  await change(page, "b is", 'display(html`<p id="b">my own</p>`);');
  await page.evaluate((hash) => (location.hash = hash), hashOf({file: path, edits: [cell]}));
  await expect
    .poll(() => consent(page).locator("del").allInnerTexts())
    .toContain('− display(html`<p id="b">my own</p>`);\n');
  await consent(page).getByRole("button", {name: "Run this change"}).click();
  await expect.poll(() => page.locator("#b").innerText()).toBe("b is now 1");
  await page.getByRole("button", {name: "Bring my own text back"}).click();
  await expect.poll(() => page.locator("#b").innerText()).toBe("my own");
  await close();
});

test("in two tabs neither's text is lost: other blocks are both kept, the same one is a choice", async () => {
  const {page: one, context, close} = await openPage(site.site);
  const two = await context.newPage();
  await two.goto(one.url());
  await ready(two);
  await loadEditor(two);
  await edit(one, "b is");
  await edit(two, "b is");
  await write(two, 'display(html`<p id="b">of two</p>`);');
  await two.keyboard.press("Shift+Enter");
  await expect.poll(() => two.locator("#b").innerText()).toBe("of two");
  await one.getByText("Your changes of this page were changed in another tab.").waitFor();
  expect(await one.locator("#b").innerText()).toBe("b is 2");
  await write(one, 'display(html`<p id="b">of one</p>`);');
  await one.keyboard.press("Shift+Enter");
  await expect
    .poll(() => one.locator(".editor-message").innerText())
    .toMatch(/another tab has changed this block since/);
  expect(await one.locator(".editor-theirs").innerText()).toMatch(/of two/);
  expect((await kept(one)).map(({text}) => text)).toEqual(['display(html`<p id="b">of two</p>`);']);
  await one.getByRole("button", {name: "Keep mine instead"}).click();
  await expect.poll(() => one.locator("#b").innerText()).toBe("of one");
  await change(two, "Some text", "Text of two.");
  await one.getByRole("button", {name: "Show them here"}).click();
  await one.getByText("Text of two.").waitFor();
  expect(await kept(one)).toHaveLength(2);
  await close();
});

test("what cannot be read in the browser's storage is a sentence and stays there", async () => {
  const {page, errors, close} = await openPage(site.site);
  await change(page, "b is", newB);
  await change(page, "Some text", "Another text.");
  const key = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((key) => key.startsWith("edit:") && localStorage[key].includes("b2"))!;
    localStorage.setItem(key, '{"id": 7, <img src=x onerror=alert(1)>');
    return key;
  });
  await page.reload();
  await ready(page);
  await page.getByText("A change of yours that this browser keeps cannot be read.").waitFor();
  await page.getByText("Another text.").waitFor();
  expect(await page.locator("#b").innerText()).toBe("b is 2");
  expect(await page.evaluate((key) => localStorage.getItem(key), key)).toMatch(/^{"id": 7/);
  await page.getByRole("button", {name: "Forget it"}).click();
  await expect.poll(() => page.getByText("cannot be read").count()).toBe(0);
  expect(await page.evaluate((key) => localStorage.getItem(key), key)).toBeNull();
  expect(errors).toEqual([]);
  await close();
});

test("a full or forbidden storage is a sentence; the change runs and its text stays", async () => {
  for (const forbidden of [false, true]) {
    const {page, close} = await openPage(site.site, {
      prepare: async (context) => void (await context.addInitScript(forbidden ? refuseStorage : fillStorage))
    });
    await edit(page, "b is");
    await write(page, newB);
    await page.keyboard.press("Control+s");
    await expect
      .poll(() => page.locator(".editor-message").innerText())
      .toMatch(/did not keep the change, .* it lasts until/);
    expect(await page.locator("#b").innerText()).toBe("b is now 1");
    await page.getByRole("button", {name: "Copy as Markdown"}).waitFor();
    expect(await page.locator(".cm-content").innerText()).toMatch(/b is now/);
    await close();
  }
});

function fillStorage(): void {
  Storage.prototype.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
}

function refuseStorage(): void {
  const refuse = () => {
    throw new DOMException("denied", "SecurityError");
  };
  Object.defineProperty(window, "localStorage", {get: refuse});
  Object.defineProperty(window, "sessionStorage", {get: refuse});
}

test("changes that did not finish running are not run again when the page is opened", async () => {
  const {page, close} = await openPage(site.site);
  await change(page, "b is", newB);
  const hung = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((key) => key.startsWith("edit:"))!;
    return key.slice(0, key.lastIndexOf(":") + 1).replace("edit:", "edit-running:");
  });
  await page.addInitScript((key) => {
    if (!sessionStorage.getItem("once")) localStorage.setItem(key, String(Date.now() - 60_000)); // as a page that hung leaves it
    sessionStorage.setItem("once", "done");
  }, hung);
  await page.reload();
  await ready(page);
  await page.getByText("Your changes did not finish running last time, so they do not run now.").waitFor();
  expect([await page.locator("#b").innerText(), (await ran(page)).includes("b2")]).toEqual(["b is 2", false]);
  await page.getByRole("button", {name: "Run them"}).click();
  await expect.poll(() => page.locator("#b").innerText()).toBe("b is now 1");
  await close();
});

test("when the site has changed a block since, the reader is told, and nothing is shadowed before the reader chooses", async () => {
  const {page, context, errors, close} = await openPage(site.site);
  await change(page, "b is", newB);
  await change(page, "Some text", "My text.");
  await site.publish({[path]: notebook({b: "a + 100", prose: "The site's *new* text."})});
  await page.reload();
  await ready(page);
  const told = page.getByRole("group", {name: /You changed this block, and the site has changed it since/});
  await expect.poll(() => told.count()).toBe(2);
  expect(await page.locator("#b").innerText()).toBe("b is 101");
  expect(await page.locator("main").innerText()).toMatch(/The site’s new text/);
  await told.first().getByRole("button", {name: "Show what changed"}).click();
  const dialog = page.getByRole("dialog", {name: "What changed"});
  await expect
    .poll(() => dialog.locator("ins").allInnerTexts())
    .toEqual(["+ My text.\n", "+ The site's *new* text.\n"]);
  await page.keyboard.press("Escape");
  await told.first().getByRole("button", {name: "Take the site’s"}).click();
  await expect.poll(() => told.count()).toBe(1);
  await told.getByRole("button", {name: "Use mine"}).click();
  await expect.poll(() => page.locator("#b").innerText()).toBe("b is now 1");
  expect(await told.count()).toBe(0);
  const again = await context.newPage();
  await again.goto(page.url());
  await ready(again);
  await expect.poll(() => again.locator("#b").innerText()).toBe("b is now 1");
  expect(await kept(page)).toHaveLength(1);
  expect(errors).toEqual([]);
  await close();
}, 240_000);
