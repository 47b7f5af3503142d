import {afterEach, expect, test} from "vitest";
import {connect, serve, type Handlers, type Port} from "../../src/components/train/rpc.js";

let ports: MessagePort[] = [];
afterEach(() => {
  ports.forEach((port) => port.close());
  ports = [];
});

function pair(handlers: Handlers) {
  const {port1, port2} = new MessageChannel();
  ports = [port1, port2];
  serve(port2 as unknown as Port, handlers);
  return connect(port1 as unknown as Port);
}

test("answers come to those who asked, in whatever order they are ready", async () => {
  const release: (() => void)[] = [];
  const client = pair({slow: (_, n: number) => new Promise((resolve) => release.push(() => resolve(n * n)))});
  const [a, b] = [client.request("slow", [3]), client.request("slow", [4])];
  while (release.length < 2) await new Promise(setImmediate);
  release[1]();
  expect(await b.answer).toBe(16);
  release[0]();
  expect(await a.answer).toBe(9);
});

test("what a handler emits comes before its answer, in order, and to its asker only", async () => {
  const client = pair({
    count({emit}, n: number) {
      for (let i = 0; i < n; ++i) emit(i);
      return "end";
    }
  });
  const heard: [string, number][] = [];
  const a = client.request("count", [2], (i: number) => heard.push(["a", i]));
  const b = client.request("count", [3], (i: number) => heard.push(["b", i]));
  expect(await Promise.all([a.answer, b.answer])).toEqual(["end", "end"]);
  expect(heard.filter(([who]) => who === "a")).toEqual([["a", 0], ["a", 1]]); // prettier-ignore
  expect(heard.filter(([who]) => who === "b")).toEqual([["b", 0], ["b", 1], ["b", 2]]); // prettier-ignore
});

test("errors cross as their sentence: thrown, rejected, unknown method, what cannot be cloned", async () => {
  const client = pair({
    thrown: () => {
      throw new RangeError("thrown: expected this, got that");
    },
    rejected: async () => Promise.reject(new Error("rejected")),
    uncloneable: () => () => 1
  });
  await expect(client.request("thrown", []).answer).rejects.toThrow("thrown: expected this, got that");
  await expect(client.request("rejected", []).answer).rejects.toThrow("rejected");
  await expect(client.request("toString", []).answer).rejects.toThrow("serve: expected a known method, got toString");
  await expect(client.request("uncloneable", []).answer).rejects.toThrow(/could not be cloned/);
  await expect(client.request("thrown", [() => 1]).answer).rejects.toThrow(/could not be cloned/);
});

test("arrays that a handler gives away are moved, others are copied", async () => {
  const given = {x: new Float32Array([1, 2])};
  const lent = new Float32Array([3, 4]);
  const client = pair({give: ({give}) => [give(given), lent]});
  expect(await client.request("give", []).answer).toEqual([{x: Float32Array.of(1, 2)}, Float32Array.of(3, 4)]);
  expect(given.x.length).toBe(0);
  expect(lent.length).toBe(2);
});

test("a closed connection fails what waits and what comes", async () => {
  const client = pair({never: () => new Promise(() => {})});
  const waiting = client.request("never", []).answer;
  client.close("the worker was ended");
  await expect(waiting).rejects.toThrow("the worker was ended");
  await expect(client.request("never", []).answer).rejects.toThrow("the worker was ended");
});
