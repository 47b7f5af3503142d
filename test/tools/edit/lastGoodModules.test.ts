import {expect, test} from "vitest";
import {standing} from "../../../tools/edit/lastGoodModules.js";

test("a module that does not parse any more stands as it last did, until it parses again", () => {
  const [good, bad, better] = ["export const a: number = 1;", "export const a: = 1;", "export const a = 2;"];
  expect([good, bad, bad, better, bad].map((text) => standing("src/components/x.ts", text))).toEqual([
    ...[good, good, good, better, better]
  ]);
});

test("a module that never parsed stands as it is, and so does one of another name", () => {
  expect(standing("src/components/y.ts", "const = 1;")).toBe("const = 1;");
  standing("src/components/y.ts", "const a = 1;");
  expect(standing("src/components/z.ts", "const = 2;")).toBe("const = 2;");
});

test("what only Framework’s parser refuses is no good text either", () => {
  standing("src/components/w.ts", "export const a = 1;");
  expect(standing("src/components/w.ts", "export const b = await (using);\nimport.meta = 2;")).toBe(
    "export const a = 1;"
  );
});

test("a module that is empty while another program writes it does not take the place of the last good one", () => {
  const texts = ["export const a = 1;", "", "export const a = ;"];
  expect(texts.map((text) => standing("src/components/v.ts", text))).toEqual([texts[0], texts[0], texts[0]]);
});
