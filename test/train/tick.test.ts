import {afterEach, expect, test, vi} from "vitest";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The module as a browser sees it, which has messages and no immediates, or as Node does. */
async function tickOf(place: "a browser" | "Node") {
  const immediate = setImmediate;
  if (place === "a browser") vi.stubGlobal("setImmediate", undefined);
  const {tick} = await import("../../src/components/train/tick.js");
  vi.stubGlobal("setImmediate", immediate);
  return tick;
}

test("in Node, what waits gets its turn before long", async () => {
  const tick = await tickOf("Node");
  const {port1, port2} = new MessageChannel();
  let heard = 0;
  port1.onmessage = () => ++heard;
  for (let sent = 1; sent <= 20; ++sent) {
    port2.postMessage(null);
    for (let turns = 0; heard < sent && turns < 10; ++turns) await tick();
    expect(heard).toBe(sent);
  }
  port1.close();
});

test.each(["a browser", "Node"] as const)("in %s, ticks come back in the order they were asked for", async (place) => {
  const tick = await tickOf(place);
  const order: number[] = [];
  await Promise.all([1, 2, 3].map((i) => tick().then(() => order.push(i))));
  expect(order).toEqual([1, 2, 3]);
});
