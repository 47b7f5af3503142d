/** A protobuf message under construction: its fields, in the order of the calls. */
export interface Message {
  /** A whole number, as a varint; negative ones in two's complement of 64 bits. */
  int(field: number, value: number): Message;
  /** A 32-bit float. */
  float(field: number, value: number): Message;
  text(field: number, value: string): Message;
  bytes(field: number, value: Uint8Array): Message;
  message(field: number, value: Message): Message;
  encode(): Uint8Array;
}

const utf8 = new TextEncoder();

/** An empty message of the protocol-buffers wire format: enough of it to write an ONNX model. */
export function message(): Message {
  const parts: Uint8Array[] = [];
  const varint = (value: number) => {
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
    parts.push(Uint8Array.of(...bytes, Number(rest)));
  };
  const key = (field: number, wire: 0 | 2 | 5) => varint(field * 8 + wire);
  const self: Message = {
    int(field, value) {
      key(field, 0);
      varint(value);
      return self;
    },
    float(field, value) {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setFloat32(0, value, true);
      key(field, 5);
      parts.push(bytes);
      return self;
    },
    text: (field, value) => self.bytes(field, utf8.encode(value)),
    bytes(field, value) {
      key(field, 2);
      varint(value.length);
      parts.push(value);
      return self;
    },
    message: (field, value) => self.bytes(field, value.encode()),
    encode() {
      const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
      let offset = 0;
      for (const part of parts) {
        all.set(part, offset);
        offset += part.length;
      }
      return all;
    }
  };
  return self;
}
