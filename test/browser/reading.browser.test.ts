import {rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, test} from "vitest";
import {pagesOfSite, visit} from "./visit.js";

test("the home page is whole before any script runs", async () => {
  const {page, close} = await visit("/", {javaScriptEnabled: false});
  const text = await page.locator("main").innerText();
  for (const part of [
    "Vector-Jacobian product (VJP), JVP",
    "nt_xent.py",
    "triplet loss §3.1",
    "Ch 1–4, 9.1–9.3",
    "planned"
  ])
    expect(text).toContain(part);
  expect(await page.locator("[id=week-1], [id=week-2], [id=week-3], [id=week-4]").count()).toBe(4);
  expect(await page.locator("input[data-mastered]:enabled").count()).toBe(0); // a tick that nobody keeps is not offered
  await close();
});

test("a tick outlives a reload and goes with the export, which another browser can import", async () => {
  const {page, close} = await visit("/");
  const box = page.locator("[data-mastered='week-1/linear-algebra']");
  await box.check();
  await page.reload();
  await page.waitForFunction(() => document.querySelector("progress"));
  expect(await box.isChecked()).toBe(true);
  expect(await page.locator("[data-week=week-1] [data-progress]").innerText()).toBe("1 of 8 mastered");
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("text=Export progress")]);
  const path = join(tmpdir(), `progress-${process.pid}.json`);
  await file.saveAs(path);
  const other = await visit("/");
  await other.page.setInputFiles("input[type=file]", path);
  await other.page.waitForFunction(() => /Imported/.test(document.querySelector("output")!.textContent));
  expect(await other.page.isChecked("[data-mastered='week-1/linear-algebra']")).toBe(true);
  await rm(path);
  await other.close();
  await close();
});

test.each(pagesOfSite())("the first tab stop of %s leads past the contents to the text", async (path) => {
  const {page, close} = await visit(path);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement!.textContent)).toBe("Skip to the text");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement!.id)).toBe("observablehq-main");
  await close();
});

test.each(pagesOfSite())("everything on %s that is operated or looked at has a name", async (path) => {
  const {page, close} = await visit(path);
  const nameless = await page.$$eval("main :is(button, input, select, textarea, img, [role=img])", (list) =>
    list
      .filter((node) => {
        const labels = (node as HTMLInputElement).labels ?? [];
        const own = node.matches("button") ? node.textContent : "";
        const given = ["aria-label", "aria-labelledby", "alt", "title"].map((name) => node.getAttribute(name));
        return !node.hasAttribute("hidden") && ![...labels].some((label) => label.textContent?.trim()) && ![own, ...given].some((name) => name?.trim()); // prettier-ignore
      })
      .map((node) => node.outerHTML.slice(0, 120))
  );
  expect(nameless).toEqual([]);
  await close();
});

test("the home page is dark where the system is, without a script's help", async () => {
  const colours = async (colorScheme: "light" | "dark") => {
    const {page, close} = await visit("/", {colorScheme, javaScriptEnabled: false});
    const style = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await close();
    return style;
  };
  const [light, dark] = [await colours("light"), await colours("dark")];
  const brightness = (colour: string) =>
    colour
      .match(/\d+/g)!
      .slice(0, 3)
      .reduce((sum, x) => sum + Number(x), 0);
  expect(brightness(light)).toBeGreaterThan(700);
  expect(brightness(dark)).toBeLessThan(120);
});
