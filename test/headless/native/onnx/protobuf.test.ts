import {expect, test} from "vitest";
import {message, type Message} from "../../../../headless/native/onnx/protobuf.js";

const bytes = (written: Message) => Array.from(written.encode());

test("a varint holds seven bits a byte, the lowest first: 150 is 96 01, as in the format's own example", () => {
  expect(bytes(message().int(1, 150))).toEqual([0x08, 0x96, 0x01]);
  expect(bytes(message().int(1, 0))).toEqual([0x08, 0]);
  expect(bytes(message().int(1, 2 ** 40))).toEqual([0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20]);
});

test("negative integers are ten bytes of two's complement", () => {
  expect(bytes(message().int(1, -2))).toEqual([0x08, 0xfe, ...Array(8).fill(0xff), 0x01]);
});

test("field numbers from 16 on take two bytes, and a key holds the wire type", () => {
  expect(bytes(message().int(20, 1))).toEqual([0xa0, 0x01, 0x01]);
  expect(bytes(message().float(2, 1.5))).toEqual([0x15, 0, 0, 0xc0, 0x3f]);
});

test("texts and messages are their length and their bytes", () => {
  expect(bytes(message().text(2, "testing"))).toEqual([0x12, 7, ...new TextEncoder().encode("testing")]);
  expect(bytes(message().message(3, message().int(1, 150)))).toEqual([0x1a, 3, 0x08, 0x96, 0x01]);
});
