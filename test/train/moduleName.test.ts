import {expect, test} from "vitest";
import {moduleName} from "../../src/components/train/moduleName.js";

test.each([
  "http://127.0.0.1:3000/_import/week2/resnetTask.js?sha=0123456789abcdef",
  "https://site.example/some/base/_import/week2/resnetTask.1a2b3c4d.js",
  "https://site.example/_import/week2/resnetTask.1a2b3c4d.js#x"
])("%s is week2/resnetTask in every build", (url) => expect(moduleName(url)).toBe("week2/resnetTask"));

test("a word after a dot is part of the name, a hash is not", () => {
  expect(moduleName("/_import/a/b.worker.js")).toBe("a/b.worker");
  expect(moduleName("/_import/a/b.worker.00ff00ff.js")).toBe("a/b.worker");
});
