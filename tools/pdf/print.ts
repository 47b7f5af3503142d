import type {Browser, Page} from "playwright-core";
import {browserScript} from "../site/assets.js";
import {printFonts} from "./fonts.js";

export interface PrintOptions {
  /** Where the built site is served: `http://127.0.0.1:4100`. */
  site: string;
  /** Whether hints and solutions of exercises are printed. */
  solutions?: boolean;
  /** Where the site stands for readers; without it links to its other pages are plain text. */
  address?: string;
  /** How many pages it must be. */
  pages?: number;
}

const patience = 120_000; // ms for anything to happen
const inch = 96; // CSS pixels
const pixels = (mm: number) => (mm / 25.4) * inch;

declare const printing: {
  margin(): number[];
  prepare(solutions: boolean, address: string | null): void;
  fit(): void;
  problems(pageHeight: number): string[];
};

/**
 * Prints a page of the built site: A4, tagged, with an outline, in the light theme, figures drawn for the paper's width.
 * @throws Error if something of it would be cut off, if a cell failed, or if it has another number of pages than told.
 */
export async function printPage(
  browser: Browser,
  path: string,
  {site, solutions = false, address, pages}: PrintOptions
): Promise<Uint8Array> {
  const context = await browser.newContext({colorScheme: "light", reducedMotion: "reduce"});
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    await page.goto(`${site}/${path}`);
    await settled(page);
    await page.emulateMedia({media: "print", colorScheme: "light"});
    await page.addStyleTag({content: await printFonts()});
    await page.addScriptTag({content: await browserScript("printing.ts", "iife")});
    const {width, height} = await paper(page);
    await page.setViewportSize({width: Math.floor(pixels(width)), height: Math.floor(pixels(height))});
    await page.evaluate(([solutions, address]) => printing.prepare(solutions, address), [
      solutions,
      address ?? null
    ] as const);
    await settled(page);
    await page.evaluate(() => printing.fit());
    const problems = await page.evaluate((height) => printing.problems(height), pixels(height));
    if (problems.length)
      throw new Error(`pdf: ${path}: ${problems[0]}${problems.length > 1 ? `, and ${problems.length - 1} more` : ""}`);
    const pdf = await page.pdf({preferCSSPageSize: true, printBackground: true, tagged: true, outline: true});
    const count = pageCount(pdf);
    if (pages !== undefined && count !== pages)
      throw new Error(`pdf: expected ${path} to have ${pages} ${pages === 1 ? "page" : "pages"}, got ${count}`);
    return pdf;
  } finally {
    await context.close();
  }
}

/** The room that the style sheet's `@page` leaves on A4, in mm. */
async function paper(page: Page): Promise<{width: number; height: number}> {
  const [vertical, horizontal = vertical] = await page.evaluate(() => printing.margin());
  return {width: 210 - 2 * horizontal, height: 297 - 2 * vertical};
}

/** Waits until no cell is loading, the network is quiet, fonts are there and figures are drawn. */
async function settled(page: Page): Promise<void> {
  await quiet(page);
  const working = "main :is(observablehq-loading, .equation-sum:not([data-check]))"; // cells, and equations being compared
  await page.waitForFunction((working) => !document.querySelector(working), working);
  await quiet(page);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForFunction(
    () => ![...document.querySelectorAll("main .figure-plot:empty")].some((plot) => plot.getClientRects().length > 0)
  );
  await page.waitForTimeout(300); // figures are drawn anew in the frames after the width has changed
}

/** Waits for a quiet network, but not for ever: a request that never ends is no part of what is printed. */
const quiet = (page: Page): Promise<void> =>
  page.waitForLoadState("networkidle", {timeout: 30_000}).catch(() => undefined);

/** The pages of a file that Chromium has written. */
export function pageCount(pdf: Uint8Array): number {
  const text = Buffer.from(pdf).toString("latin1");
  return Math.max(...[...text.matchAll(/\/Type\s*\/Pages\b[^>]*?\/Count (\d+)/g)].map(([, count]) => Number(count)));
}
