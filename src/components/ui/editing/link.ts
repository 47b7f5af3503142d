import {parseEdit, type ReaderEdit} from "./readerEdits.js";

/** A page's edits, as a link carries them. */
export interface LinkedEdits {
  file: string;
  edits: ReaderEdit[];
}

const mark = "#edits=";
const longest = 2 ** 20; // characters: what a link may hold when it is unpacked; a page has some tens of thousands

/** Whether an address carries edits. */
export const carriesEdits = (hash: string): boolean => hash.startsWith(mark);

/** The part of an address that carries a page's edits: JSON, deflated, in base 64 for addresses. */
export async function pack({file, edits}: LinkedEdits): Promise<string> {
  if (!("CompressionStream" in globalThis)) throw new Error("This browser cannot make links with changes.");
  const plain = edits.map(({earlier: _, ...edit}) => edit);
  const stream = new Blob([JSON.stringify({file, edits: plain})]).stream();
  const bytes = await collected(stream.pipeThrough(new CompressionStream("deflate-raw")), Infinity);
  return mark + bytesToText(bytes);
}

/**
 * The edits that an address carries. They are text: nothing of them runs or is shown here.
 *
 * @throws Error, a sentence, if they cannot be read or are too long.
 */
export async function unpack(hash: string): Promise<LinkedEdits> {
  try {
    const bytes = textToBytes(hash.slice(mark.length));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const text = new TextDecoder("utf-8", {fatal: true}).decode(await collected(stream, longest));
    const {file, edits} = JSON.parse(text);
    const read = Array.isArray(edits) ? edits.map((edit) => parseEdit(JSON.stringify(edit))) : [];
    if (typeof file !== "string" || !read.length || read.some((edit) => edit === null)) throw new Error("no edits");
    const ids = new Set(read.map((edit) => edit!.id));
    if (ids.size !== read.length) throw new Error("one block twice");
    return {file, edits: read.map((edit) => ({...edit!, earlier: undefined}))};
  } catch {
    throw new Error("This link carries changes of a page that cannot be read: it is damaged or incomplete.");
  }
}

async function collected(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const {done, value} = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new Error("too long");
    }
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function bytesToText(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function textToBytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
