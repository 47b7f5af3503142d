import {PassThrough} from "node:stream";
import {expect, test} from "vitest";
import {progress} from "../../../tools/data/progress.js";

function terminal(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), {isTTY, columns: 80, cursorTo() {}, moveCursor() {}, clearLine() {}});
  return {stream: stream as unknown as NodeJS.WriteStream, text: () => String(stream.read() ?? "")};
}

test("without a terminal each tenth is one plain line, however many reports come", () => {
  const {stream, text} = terminal(false);
  const report = progress(stream)("Downloading");
  for (let k = 0; k <= 1000; ++k) report(k / 1000);
  expect(text().split("\n")).toEqual([...Array.from({length: 11}, (_, k) => `Downloading: ${10 * k} %`), ""]);
});

test("a download that goes on half-way starts at its tenth", () => {
  const {stream, text} = terminal(false);
  const report = progress(stream)("Downloading");
  report(0.57);
  report(0.59);
  report(0.61);
  expect(text()).toBe("Downloading: 50 %\nDownloading: 60 %\n");
});

test("on a terminal a bar ends full", () => {
  const {stream, text} = terminal(true);
  const report = progress(stream)("Checking");
  report(0.5);
  report(1);
  const shown = text();
  expect(shown).toContain("Checking [");
  expect(shown).toContain("100 %");
});
