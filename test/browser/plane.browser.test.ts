import {expect, test} from "vitest";
import {visit} from "./visit.js";

test("a point of a plane is dragged and moved by keys; what depends on it follows", async () => {
  const {page, errors, close} = await visit("/week1/linear-algebra");
  const first = page.getByRole("slider", {name: "first column of A, the image of e₁"});
  const figure = page.locator(".plane-figure", {has: first});
  await first.scrollIntoViewIfNeeded();
  expect(await figure.locator("figcaption").textContent()).toContain("A = [1.6, −0.4; 0.8, 1.2]");

  const box = (await first.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const unit = (await figure.locator("svg").boundingBox())!.width / 6; // the plane is 6 units wide
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 0.3 * unit, y, {steps: 4});
  await page.mouse.move(x - 0.6 * unit, y + 0.8 * unit, {steps: 4});
  await page.mouse.up();
  const [right, up] = (await first.getAttribute("aria-valuetext"))!.replaceAll("−", "-").split(", ").map(Number);
  expect(Math.hypot(right - 1, up)).toBeLessThan(0.03);

  await page.keyboard.press("Home"); // the pointer left it focused
  expect(await first.getAttribute("aria-valuetext")).toBe("1.6, 0.8");
  await page.keyboard.press("Shift+ArrowLeft");
  expect(await first.getAttribute("aria-valuetext")).toBe("1.3, 0.8");
  expect(await figure.locator("figcaption").textContent()).toContain("A = [1.3, −0.4; 0.8, 1.2]");
  expect(errors).toEqual([]);
  await close();
});
