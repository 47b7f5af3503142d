import {expect, test} from "vitest";
import {parseEdit} from "../../../tools/edit/request.js";

const place = {digest: "a".repeat(64), id: "0123456789ab", copies: 1, above: null, below: "0123456789ab-2"};
const good = {do: "replace", file: "a.md", place, text: "x"};

test("an edit is read as it was sent", () => {
  expect(parseEdit(JSON.stringify(good))).toEqual(good);
  const insert = {do: "insert", file: "a.md", place: {digest: place.digest}, where: "below", text: "x"};
  expect(parseEdit(JSON.stringify(insert))).toEqual(insert);
});

test.each([
  ["", "expected JSON"],
  ["{", "expected JSON"],
  ["null", "expected an edit to do, got undefined"],
  ["[]", "expected an edit to do"],
  ['{"do": "format"}', 'expected an edit to do, got "format"'],
  ['{"do": "toString"}', 'expected an edit to do, got "toString"'],
  ['{"do": "__proto__"}', 'expected an edit to do, got "__proto__"'],
  [JSON.stringify({...good, file: 1}), "replace: expected file, got 1"],
  [JSON.stringify({...good, text: null}), "replace: expected text, got null"],
  [JSON.stringify({...good, place: null}), "replace: expected place, got null"],
  [JSON.stringify({...good, place: {...place, id: "../x"}}), "replace: expected place"],
  [JSON.stringify({...good, place: {...place, digest: "A"}}), "replace: expected place"],
  [JSON.stringify({...good, place: {digest: place.digest}}), "replace: expected place"],
  [JSON.stringify({...good, do: "insert", where: "beside"}), 'insert: expected where, got "beside"'],
  [JSON.stringify({...good, do: "restore"}), "restore: expected digest, got undefined"]
])("refused: %s", (body, message) => expect(() => parseEdit(body)).toThrow(message));
