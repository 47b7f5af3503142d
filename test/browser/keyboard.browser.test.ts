import {expect, test} from "vitest";
import {visit} from "./visit.js";

test("the tab key reaches the theme toggle, which then shows its focus and acts", async () => {
  const {page, close} = await visit("/", {colorScheme: "light"});
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  for (let press = 0; press < 60 && !(await isToggle()); ++press) await page.keyboard.press("Tab");
  expect(await isToggle()).toBe(true);
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
  expect(outline).not.toBe("none");
  await page.keyboard.press("Enter");
  expect(await background()).not.toBe(light);
  await page.reload();
  expect(await background()).not.toBe(light); // the choice is kept
  await page.locator("[data-theme-toggle]").press("Space");
  expect(await background()).toBe(light);
  await close();

  function isToggle(): Promise<boolean> {
    return page.evaluate(() => document.activeElement?.matches("[data-theme-toggle]") ?? false);
  }
});
