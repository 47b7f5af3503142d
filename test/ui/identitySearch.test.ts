// @vitest-environment jsdom
import {beforeEach, expect, test} from "vitest";
import {identitySearch} from "../../src/components/ui/identitySearch.js";

const row = (title: string, section: string, text: string) =>
  `<section class="identity"><p class="identity-title" data-section="${section}">${title}</p><p>${text}</p></section>`;
let root: HTMLElement;
beforeEach(() => {
  document.body.innerHTML =
    row("Log-determinant", "2.1.4", "X invertible \\ln \\det X") +
    row("Trace of the inverse", "2.5", "\\tr X^{-1}") +
    row("Woodbury", "1 and 3.2", "A and C invertible, $X^{-1}$");
  root = identitySearch();
  document.body.append(root);
});
const search = (text: string) => {
  const input = root.querySelector("input")!;
  input.value = text;
  input.dispatchEvent(new Event("input"));
  return [...document.querySelectorAll<HTMLElement>(".identity")].flatMap(({hidden}, i) => (hidden ? [] : [i]));
};

test("every word must be found, in any part of a row", () => {
  expect(search("")).toEqual([0, 1, 2]);
  expect(search("Invertible")).toEqual([0, 2]);
  expect(search("invertible woodbury")).toEqual([2]);
  expect(search("\\det")).toEqual([0]);
  expect(search("eigenvalue")).toEqual([]);
  expect(root.querySelector("output")!.value).toBe("0 of 3");
});

test("a section finds itself and its parts, and nothing that only begins alike", () => {
  expect(search("2")).toEqual([0, 1]);
  expect(search("2.1")).toEqual([0]);
  expect(search("3.2")).toEqual([2]);
  expect(search("2.5 inverse")).toEqual([1]);
  expect(search("25")).toEqual([]);
});
