import {expect, test, vi} from "vitest";
import {type Rng, rng} from "../../../src/components/math/random.js";
import {applied} from "../../../tools/edit/change.js";
import {reparse} from "../../../tools/edit/reparse.js";
import {md, parse} from "./workshop.js";

/** Pieces that join, swallow, interrupt and look alike. */
const pieces = [
  ...[
    "a line",
    "a line",
    "# heading",
    "===",
    "---",
    "```ts\nconst a = 1;\n```",
    "```",
    "~~~",
    "$$\nx\n$$",
    "$$",
    "- one\n\n  two"
  ],
  ...[
    "  indented",
    "    code",
    "> quoted",
    "| a |\n|---|\n| 1 |",
    "<div>\n",
    "</div>",
    "<!-- a\n\n b -->",
    "<!--",
    "-->"
  ],
  ...[
    "::: step One\ntext\n:::",
    "::: step",
    ":::",
    ":::: derivation T\n\n::: step A\nb\n:::\n::::",
    "[a]: b",
    "1. x",
    "***",
    "ü🧪",
    "\t"
  ]
];
const among = <T>(draw: Rng, list: readonly T[]): T => list[Math.floor(draw.next() * list.length)];
const text = (draw: Rng, count: number, eol: string) =>
  Array.from({length: count}, () => among(draw, pieces) + among(draw, ["\n", "\n\n", "\n\n\n"]))
    .join("")
    .replaceAll("\n", eol);

test.each(Array.from({length: 40}, (_, seed) => seed))(
  "a changed page is parsed as if it were read anew, seed %i",
  (seed) => {
    const draw = rng(seed);
    for (let round = 0; round < 60; ++round) {
      const eol = among(draw, ["\n", "\n", "\r\n"]);
      const front = among(draw, ["", "---\ntitle: T\n---\n\n"]);
      const page = parse(front + text(draw, 25, eol));
      const [a, b] = [draw.next(), draw.next()].map(
        (at) => page.body + Math.floor(at * (page.bytes.length - page.body))
      );
      const near = Math.min(page.bytes.length, a + (Math.floor(20 * b) % 20));
      const block = among(draw, page.blocks);
      const place = draw.next() < 0.5 && block ? {start: block.start, end: block.end} : {start: a, end: near};
      const change = {...place, bytes: Buffer.from(among(draw, ["", text(draw, 2, eol).trimEnd(), "x"]))};
      const bytes = applied(page.bytes, change);
      if (/^(\uFEFF)?---/.test(bytes.toString("utf8", 0, 6)) && !front) continue; // which `outcome` refuses before
      try {
        new TextDecoder("utf-8", {fatal: true}).decode(bytes);
      } catch {
        continue; // half a character is refused before
      }
      const {blocks, lines, body} = reparse(page, change, md);
      expect({blocks, lines, body}).toEqual((({blocks, lines, body}) => ({blocks, lines, body}))(parse(bytes)));
    }
  }
);

test("in a large page only the neighbourhood of a change is parsed", () => {
  const page = parse(Array.from({length: 2000}, (_, i) => `Paragraph ${i}.`).join("\n\n"));
  const parses = vi.spyOn(md.block, "parse");
  const parsed = () => parses.mock.calls.splice(0).reduce((sum, [source]) => sum + source.length, 0);
  const {start, end} = page.blocks[1000];
  reparse(page, {start, end, bytes: Buffer.from("Another\n\nand another.")}, md);
  expect(parsed()).toBeLessThan(200);
  reparse(page, {start, end, bytes: Buffer.from("```\nopened")}, md);
  expect(parsed()).toBeGreaterThan(page.bytes.length / 2);
  parses.mockRestore();
});
