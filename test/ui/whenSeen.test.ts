// @vitest-environment jsdom
import {afterEach, expect, test, vi} from "vitest";
import {whenSeen} from "../../src/components/ui/whenSeen.js";

type Entry = {isIntersecting: boolean};
let meet: (entries: Entry[]) => void = () => {};
const disconnect = vi.fn();

vi.stubGlobal(
  "IntersectionObserver",
  class {
    disconnect = disconnect;
    observe = vi.fn();
    constructor(callback: typeof meet) {
      meet = callback;
    }
  }
);
afterEach(() => disconnect.mockClear());

test("nothing is loaded before it is seen, and once after", async () => {
  const load = vi.fn(async () => document.createElement("table"));
  const root = whenSeen(load);
  meet([{isIntersecting: false}]);
  expect(load).not.toHaveBeenCalled();
  meet([{isIntersecting: true}]);
  await vi.waitFor(() => expect(root.firstElementChild?.tagName).toBe("TABLE"), {timeout: 20_000});
  expect(load).toHaveBeenCalledTimes(1);
  expect(disconnect).toHaveBeenCalledTimes(1);
});

test("what fails to load is said in its place", async () => {
  const root = whenSeen(() => Promise.reject(new Error("no such module")));
  meet([{isIntersecting: true}]);
  await vi.waitFor(() => expect(root.textContent).toBe("no such module"), {timeout: 20_000});
  expect(root.querySelector(".observablehq--error")).not.toBeNull();
});
