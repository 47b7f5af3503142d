import {readFileSync} from "node:fs";
import {expect, test} from "vitest";

const css = readFileSync("src/style/palette.css", "utf8") + readFileSync("src/style/figures.css", "utf8");
const themes = ["light", "dark"] as const;

/** Contrast of two colours by WCAG 2: (L₁ + 0.05) / (L₂ + 0.05) with relative luminances L₁ ≥ L₂. */
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((i) => parseInt(colour.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function colour(name: string, theme: (typeof themes)[number]): string {
  const match = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css);
  if (!match) throw new Error(`palette: expected --${name} in both themes, got none`);
  return match[theme === "light" ? 1 : 2];
}

const papers = ["theme-background-a", "theme-background-b"];
const inks = ["foreground", "foreground-alt", "foreground-muted", "foreground-faint", "foreground-focus"];
const text = [...inks.map((name) => `theme-${name}`), "rubric", "pass", "fail", "warn", "theme-green", "theme-red"];
const syntax = ["keyword", "entity", "constant", "string", "variable", "comment", "entity-tag"];

test("the contrast of black on white is 21", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 10);
});

test.each(themes)("text and code have a contrast of 4.5 on both papers, %s", (theme) => {
  for (const paper of papers)
    for (const name of [...text, ...syntax.map((part) => `syntax-${part}`)])
      expect(contrast(colour(name, theme), colour(paper, theme)), `${name} on ${paper}`).toBeGreaterThanOrEqual(4.5);
});

test.each(themes)("text has a contrast of 4.5 on the tints behind it, %s", (theme) => {
  const pairs = [
    ["pass", "tint-pass"],
    ["fail", "tint-fail"],
    ["warn", "tint-warn"],
    ["theme-foreground-focus", "tint-result"]
  ];
  for (const [ink, tint] of pairs) {
    for (const name of [ink, "theme-foreground", "theme-foreground-muted"])
      expect(contrast(colour(name, theme), colour(tint, theme)), `${name} on ${tint}`).toBeGreaterThanOrEqual(4.5);
  }
});

test.each(themes)("lines of figures have a contrast of 3 on paper, %s", (theme) => {
  for (const name of [1, 2, 3, 4, 5, 6].map((i) => `series-${i}`).concat("recorded"))
    expect(contrast(colour(name, theme), colour(papers[0], theme)), name).toBeGreaterThanOrEqual(3);
});

test.each(themes)("numbers can be read on the fullest cell of a heatmap, %s", (theme) => {
  for (const name of ["heat", "heat-negative"])
    expect(contrast(colour("theme-foreground", theme), colour(name, theme)), name).toBeGreaterThanOrEqual(4.5);
});
