import {rm} from "node:fs/promises";
import {afterAll, beforeAll, expect, test} from "vitest";
import {refuseFaults} from "../../../tools/edit/parse.js";
import type {Refusal} from "../../../tools/edit/refusal.js";
import {save} from "../../../tools/edit/save.js";
import {show} from "../../../tools/edit/show.js";
import {type Bench, bench, md, parse} from "./workshop.js";

let it: Bench;
beforeAll(async () => void (it = await bench()));
afterAll(() => rm(it.folder, {recursive: true}));

const refusal = (text: string, what: Parameters<typeof refuseFaults>[1], language = "ts") =>
  refuseFaults(text, what, {md, language, path: "/week1/page"}).then(
    () => null,
    ({status, message, details}: Refusal) => ({status, message, ...details})
  );

/** The fault that is expected where the mark ¦ stands. */
test.each([
  ["cell", "ts", "const x = ¦;"],
  ["cell", "ts", "const a = 1;\nconst b: number = ¦);"],
  ["cell", "ts", "const ü = 'ü'; const é = ¦;"],
  ["cell", "js", "const a = 1;\nconst b = ¦;"],
  ["cell", "ts", "const a: string = 'x';\nexport ¦const b = a;"],
  ["cell", "ts", "const a = 1;\n¦import {b} from '../../outside.js';"],
  ["component", "ts", "export const a = 1;\nexport const b = ¦;"],
  ["prose", "", "Some text.\n\nA value ${¦a + } here."],
  ["prose", "", "- a list\n\n  ```ts\n  const a = ¦;\n  ```"],
  ["container", "", ":::: derivation A title\n\n::: step One\n\n```ts\nconst a = ¦;\n```\n:::\n::::"]
] as const)("the fault of a %s in %s is at its place: %s", async (what, language, marked) => {
  const text = marked.replace("¦", "");
  const found = await refusal(text, what, language);
  expect(found).toMatchObject({status: 422, fault: {offset: marked.indexOf("¦")}});
  const line = marked.slice(0, marked.indexOf("¦")).split("\n").length;
  expect(found!.message).toMatch(new RegExp(`^line ${line} does not parse: .+`));
});

test.each([
  ["cell", "ts", ""],
  ["cell", "ts", "const a: number = 1;\ndisplay(a satisfies number);"],
  ["cell", "ts", "enum E {A}\nimport type {X} from './x.js';"],
  ["cell", "ts", "await 1;"],
  ["cell", "ts", "import {matrix} from '../components/math/matrix.js';"],
  ["cell", "html", "<p>${a +}</p>"],
  ["component", "ts", "export type A = 1;\nexport default function f(): A { return 1; }"],
  ["listing", "ts", "const a = ;"],
  ["prose", "", "Costs $5 and {a: }, `${`."],
  ["prose", "", "```ts run=false\nconst a = ;\n```"],
  ["table", "", "| a |\n|---|\n| ${1} |"]
] as const)("nothing is wrong with a %s in %s: %s", async (what, language, text) => {
  expect(await refusal(text, what, language)).toBeNull();
});

test("a cell that does not parse is not written, nor is a component; what parses is", async () => {
  const text = "# A\n\n```ts\nconst a = 1;\n```\n";
  await it.put("page.md", text);
  const {place} = await show(it, "page.md", parse(text).blocks[1].id);
  if (!("id" in place)) throw new Error("expected a block");
  const edit = (text: string) => save(it, {do: "replace", file: "page.md", place, text});
  await expect(edit("const a = ;")).rejects.toThrow('line 1 does not parse: Unexpected ";"');
  expect(await it.get("page.md")).toBe(text);
  await expect(
    save(it, {do: "insert", file: "page.md", place, where: "below", text: "```ts\nx = ;\n```"})
  ).rejects.toThrow("line 2 does not parse");
  expect(await it.get("page.md")).toBe(text);
  await edit("const a = 2;");
  expect(await it.get("page.md")).toBe(text.replace("1", "2"));
  await it.put("components/a.ts", "export const a = 1;\n");
  const whole = await show(it, "components/a.ts", null);
  const {digest} = whole.place;
  await expect(save(it, {do: "write", file: "components/a.ts", digest, text: "export const a = ;\n"})).rejects.toThrow(
    "line 1 does not parse"
  );
  expect(await it.get("components/a.ts")).toBe("export const a = 1;\n");
});

test("a cell that another program broke can still be moved, copied and deleted", async () => {
  const text = "# A\n\n```ts\nconst a = ;\n```\n\nText.\n";
  await it.put("broken.md", text);
  const {place} = await show(it, "broken.md", parse(text).blocks[1].id);
  if (!("id" in place)) throw new Error("expected a block");
  await save(it, {do: "down", file: "broken.md", place});
  expect(await it.get("broken.md")).toBe("# A\n\nText.\n\n```ts\nconst a = ;\n```\n");
});
