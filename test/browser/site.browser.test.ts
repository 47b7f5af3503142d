import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, inject, test} from "vitest";
import {failures, pagesOfSite, visit} from "./visit.js";

test("the build has a home page", () => expect(pagesOfSite()).toContain("/"));

test.each(pagesOfSite())("%s works with every outside request refused", async (path) => {
  const {page, errors, outside, close} = await visit(path, {backend: "wasm"});
  expect(await failures(page)).toEqual([]);
  expect(errors).toEqual([]);
  expect(outside).toEqual([]);
  expect(await page.getAttribute("html", "lang")).toBe("en");
  expect(await page.getAttribute("meta[name=viewport]", "content")).not.toMatch(/maximum-scale|user-scalable/);
  expect(await page.locator("tex-math").count()).toBe(0); // every formula is rendered
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await close();
});

test.each(pagesOfSite())("%s fits a window of 380 pixels", async (path) => {
  const {page, close} = await visit(path, {viewport: {width: 380, height: 800}});
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(380);
  await close();
});

test.each(pagesOfSite())("every link of %s within the site leads somewhere", async (path) => {
  const {page, close} = await visit(path);
  const links = await page.$$eval("a[href]", (list) => {
    return list.map((a) => [a.getAttribute("href")!, (a as HTMLAnchorElement).href]);
  });
  const own = await page.$$eval("[id]", (list) => list.map(({id}) => `#${encodeURIComponent(id)}`));
  const broken = links.filter(([written, link]) => {
    if (written.startsWith("#")) return !own.includes(`#${encodeURIComponent(decodeURIComponent(written.slice(1)))}`);
    return link.startsWith(inject("site")) && !leadsSomewhere(link.slice(inject("site").length));
  });
  expect(broken).toEqual([]);
  await close();
});

function leadsSomewhere(link: string): boolean {
  const [path, anchor] = link.split("#");
  const name = decodeURIComponent(path.split("?")[0]);
  const candidates = [name, `${name}.html`, `${name}index.html`].map((file) => join(inject("folder"), file));
  const file = candidates.find((candidate) => /\.\w+$/.test(candidate) && existsSync(candidate));
  if (!file) return false;
  return (
    !anchor || !file.endsWith(".html") || readFileSync(file, "utf8").includes(`id="${decodeURIComponent(anchor)}"`)
  );
}
