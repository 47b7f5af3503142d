import {readFile, rm, writeFile} from "node:fs/promises";
import {createServer, type Server} from "node:http";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {chromium, type Browser} from "playwright-core";
import {afterAll, beforeAll, expect, inject, test, vi} from "vitest";
import {pageCount, printPage, type PrintOptions} from "../../tools/pdf/print.js";
import {poppler, providePoppler} from "../../tools/poppler.js";
import {tricks} from "../../src/week2/trainingTricks/tricks.js";
import {siteListener} from "../../tools/site/server.js";

vi.setConfig({testTimeout: 300_000}); // some print three times

const file = join(tmpdir(), `printed-${process.pid}.pdf`);
let browser: Browser;
let server: Server;
let content = "";

/** The site, with one more page that has the notation's head and whatever content a test gives it. */
beforeAll(async () => {
  providePoppler();
  browser = await chromium.connect(inject("browser"));
  const site = siteListener(inject("folder"));
  const notation = await readFile(join(inject("folder"), "notation.html"), "utf8");
  server = createServer((request, response) => {
    if (request.url !== "/page") return site(request, response);
    const html = notation.replace(/(<main[^>]*>)[^]*(<\/main>)/, (_, start, end) => start + content + end);
    response.writeHead(200, {"Content-Type": "text/html; charset=utf-8"}).end(html);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(null)));
}, 300_000);
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await browser.close();
  await rm(file, {force: true});
});

async function print(path: string, options: Omit<PrintOptions, "site"> = {}): Promise<string> {
  const pdf = await printPage(browser, path, {
    ...options,
    site: `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  });
  await writeFile(file, pdf);
  return Buffer.from(pdf).toString("latin1");
}
const made = (html: string, options: Omit<PrintOptions, "site"> = {}) => {
  content = html;
  return print("page", options);
};
const text = () => poppler("pdftotext", "-layout", file, "-");

test("the summary of week 1 is one tagged A4 page with an outline, its fonts embedded as fonts", async () => {
  const pdf = await print("week1/math-summary", {pages: 1});
  const info = poppler("pdfinfo", file);
  expect(info).toMatch(/^Pages: +1$/m);
  expect(info).toMatch(/^Page size: .*\(A4\)$/m);
  expect(info).toMatch(/^Tagged: +yes$/m);
  expect(pdf).toContain("/Outlines");
  const fonts = poppler("pdffonts", file).trim().split("\n").slice(2);
  expect(fonts.length).toBeGreaterThan(3);
  for (const font of fonts) expect(font).toMatch(/CID TrueType +\S+ +yes yes yes/);
});

test("the summary's text is there, without anything that answers to a hand", async () => {
  await print("week1/math-summary");
  const found = text();
  for (const part of [
    "Mathematics on one page",
    "Identities",
    "Divergence",
    "Optimizers",
    "0.318147",
    "Woodbury",
    "softmax"
  ])
    expect(found).toContain(part);
  expect(found).not.toMatch(/Search|Contents|PDF|Previous page|\{\{eq/);
});

test("the summary of week 2 is two A4 pages: every trick, and what has been run of it or the command that does", async () => {
  await print("week2/training-tricks-summary", {pages: 2});
  const info = poppler("pdfinfo", file);
  expect(info).toMatch(/^Pages: +2$/m);
  expect(info).toMatch(/^Page size: .*\(A4\)$/m);
  const found = text().replace(/\s+/g, " ");
  for (const part of ["Label smoothing", "Growing images", "AdamW", "SAM", "ConvNeXt", "held-out images"])
    expect(found).toContain(part);
  const tables = found
    .split(/trick, and why/)
    .slice(1)
    .join(" ");
  expect(tables).not.toMatch(/NaN|undefined|\{\{eq|\$\{/);
  const effects = tables.match(/not recorded × |[+−]\d+\.\d\d( ± \d+\.\d\d)?, \d seeds?/g) ?? [];
  expect(effects.length).toBe(Object.keys(tricks).length);
});

test("links lead to the site where it says where it stands, else nowhere; those within the page stay", async () => {
  const html =
    '<h1 id="a">A</h1><p><a href="./week1/math-summary#identities">other</a> <a href="#a">own</a> <a href="https://a.org/x">out</a></p>';
  const pdf = await made(html, {address: "https://b.org/site/"});
  expect(pdf).toContain("(https://b.org/site/week1/math-summary#identities)");
  expect(pdf).toContain("(https://a.org/x)");
  const alone = await made(html);
  expect(alone).toContain("(https://a.org/x)");
  expect(alone).not.toContain("127.0.0.1");
  expect(alone.match(/\/Subtype\s*\/Link/g)).toHaveLength(2);
});

const exercise = `<h1>E</h1><section class="exercise" id="e"><h3>One</h3><p>Prompt</p><div class="exercise-tools"><form>Entry</form></div>
  <details class="exercise-hint"><summary>Hint 1</summary><p>first</p></details>
  <details class="exercise-hint" hidden><summary>Hint 2</summary><p>second</p></details>
  <details class="exercise-solution"><summary>Solution</summary><p>worked</p></details></section>
  <section class="stepwise"><details class="stepwise-step"><summary>1. Step</summary><p>opened</p></details></section>`;

test("an exercise is printed with its solution and all hints, or without any; steps are always open", async () => {
  await made(exercise);
  expect(text()).toMatch(/Prompt[^]*1\. Step[^]*opened/);
  expect(text()).not.toMatch(/Hint|first|Solution|worked|Entry/);
  await made(exercise, {solutions: true});
  expect(text()).toMatch(/Prompt[^]*first[^]*second[^]*worked[^]*opened/);
  expect(text()).not.toContain("Entry");
});

test.each([
  [
    "a word that is too long",
    `<p>${"x".repeat(400)}</p>`.replace("<p>", '<p style="white-space: nowrap">'),
    "px wider than its place"
  ],
  [
    "a box that cuts off",
    '<div style="overflow: hidden"><div style="width: 900px">wide</div></div>',
    "px wider than its place"
  ],
  ["a figure higher than the page", '<svg width="100" height="1200"></svg>', "px higher than the page"],
  ["a cell that failed", '<div class="observablehq--error">x</div>', "1 cells or formulas failed"]
])("%s is refused in one sentence", async (_, html, message) => {
  await expect(made(`<h1>T</h1>${html}`)).rejects.toThrow(message);
});

test("another number of pages than the page says is refused", async () => {
  const html = '<h1>T</h1><p style="break-after: page">one</p><p>two</p>';
  await expect(made(html, {pages: 1})).rejects.toThrow("pdf: expected page to have 1 page, got 2");
  expect(pageCount(Buffer.from(await made(html, {pages: 2}), "latin1"))).toBe(2);
});

test("an equation somewhat wider than the page is set smaller, one far wider is refused", async () => {
  const equation = (width: string) =>
    `<div class="equation"><div class="equation-body"><span class="katex-html"><span class="base" style="display: inline-block; white-space: nowrap; width: ${width}">e</span></span></div></div>`;
  await made(`<h1>T</h1>${equation("50em")}`);
  await expect(made(`<h1>T</h1>${equation("80em")}`)).rejects.toThrow("wider than its place");
});
