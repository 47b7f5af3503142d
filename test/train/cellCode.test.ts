import * as tf from "@tensorflow/tfjs";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {cellCode, codeSlot, isCellCode} from "../../src/components/train/cellCode.js";
import {withCode} from "../../src/components/train/codeIn.js";
import {offeredCode} from "../../src/components/ui/trainerCode.js";
import type {RunSpec} from "../../src/components/train/protocol.js";

const before = globalThis.location;
beforeAll(() => void Object.assign(globalThis, {location: {href: "http://site/week2/page"}}));
afterAll(() => void Object.assign(globalThis, {location: before}));

const loader = {
  load: async (url: string) => (url === "http://site/_import/tf.js" ? {...tf} : Promise.reject(new Error(`no ${url}`))),
  compile: (text: string) => import(`data:text/javascript,${encodeURIComponent(text)}`)
};
const compiled = async (code: unknown): Promise<any> => (await withCode({code, width: 4}, loader)).code; // eslint-disable-line @typescript-eslint/no-explicit-any

describe("a cell's code", () => {
  test("is plain data, and what it makes in the worker is what it makes here", async () => {
    const make = ({tf: t}: {tf: typeof tf}, {scale}: {scale: number}) => ({
      twice: (x: number) => t.tidy(() => t.mul(x, 2 * scale).dataSync()[0]),
      scale
    });
    const code = cellCode({tf: "../_import/tf.js"}, {scale: 3}, make);
    expect(JSON.parse(JSON.stringify(code))).toEqual(code);
    expect(code.imports).toEqual({tf: "http://site/_import/tf.js"});
    const there = await compiled(JSON.parse(JSON.stringify(code)));
    expect([there.twice(7), there.scale]).toEqual([make({tf}, {scale: 3}).twice(7), 3]);
    expect(tf.memory().numTensors).toBe(0);
  });

  test("may make one function, and its methods find one another", async () => {
    expect((await compiled(cellCode({}, [2, 3], (_, inputs) => (x: number) => x * inputs[0] + inputs[1])))(5)).toBe(13);
    const made = await compiled(
      cellCode({}, null, function () {
        const made = {
          one: () => 1,
          two(this: {one(): number}) {
            return this.one() + 1;
          }
        };
        return made;
      })
    );
    expect(made.two()).toBe(2);
  });

  test("leaves the rest of a configuration as it is", async () => {
    const config = {width: 8, text: "code", list: [1], nested: {code: 3}, none: null};
    expect(await withCode(config, loader)).toEqual(config);
  });

  const outside = 5;
  test("that uses what it was not given is told so, when it is made and when it is called", async () => {
    await expect(compiled(cellCode({}, null, () => ({x: outside})))).rejects.toThrow(
      /^code: .*outside.* is not defined: a cell's code sees only its imports and its inputs$/
    );
    const late = await compiled(cellCode({}, null, () => ({f: () => outside})));
    expect(() => late.f()).toThrow(/outside.* is not defined: a cell's code sees only/);
    const own = await compiled(cellCode({}, null, () => ({f: () => JSON.parse("{")})));
    expect(() => own.f()).toThrow(SyntaxError);
  });

  test("must make something, and its imports must be there", async () => {
    await expect(compiled(cellCode({}, null, () => undefined))).rejects.toThrow(
      "code: expected code that makes something"
    );
    await expect(compiled(cellCode({a: "http://site/none.js"}, null, () => ({})))).rejects.toThrow(
      "no http://site/none.js"
    );
  });

  test.each([
    [{f: () => 1}, "plain inputs.f, got function"],
    [{a: [1, NaN]}, "plain inputs.a.1, got NaN"],
    [new Map(), "plain inputs, got Map"],
    [{a: {b: new Float32Array(2)}}, "plain inputs.a.b, got Float32Array"],
    [undefined, "plain inputs, got undefined"]
  ])("takes plain inputs only: %s", (inputs, message) => {
    expect(() => cellCode({}, inputs as never, () => ({}))).toThrow(`cellCode: expected ${message}`);
  });

  test("is a function that can stand alone", () => {
    const {method} = {method: () => ({})};
    expect(() => cellCode({}, null, method)).not.toThrow();
    const short = {
      make() {
        return {};
      }
    };
    expect(() => cellCode({}, null, short.make)).toThrow("cellCode: expected an arrow function, got make()");
    expect(() => cellCode({}, null, Math.max as never)).toThrow("expected an arrow function, got function max()");
    expect(isCellCode(cellCode({}, null, async () => ({})))).toBe(true);
    for (const other of [null, 1, "code", [], {code: 1, imports: {}}, {imports: {}}])
      expect(isCellCode(other)).toBe(false);
  });
});

test("a slot keeps the newest code under each name and tells the panel, whose inputs then differ", () => {
  const slot = codeSlot();
  const spec = ({rate}: Record<string, number | string>) =>
    ({config: {width: 4}, seed: 1, epochs: 1, batch: 8, schedule: {kind: "constant", rate}}) as Omit<RunSpec, "module">;
  const panel = offeredCode({spec, code: slot});
  let told = 0;
  panel.watch(() => ++told);
  const [first, second, loss] = ["a", "b", "c"].map((name) => cellCode({}, name, (_, name) => ({name})));
  const empty = panel.values({rate: 1});
  slot.offer({optimizer: first});
  slot.offer({loss});
  const one = panel.values({rate: 1});
  expect(panel.spec({rate: 1}).config).toEqual({width: 4, optimizer: first, loss});
  slot.offer({optimizer: second});
  expect(panel.spec({rate: 1}).config).toEqual({width: 4, optimizer: second, loss});
  expect(new Set([empty, one, panel.values({rate: 1})].map(({code}) => code)).size).toBe(3);
  slot.offer({optimizer: first});
  expect(panel.values({rate: 1})).toEqual(one);
  expect(told).toBe(4);
  expect(offeredCode({spec}).values({rate: 1})).toEqual({rate: 1});
});
