/** One line of a file: where it begins, where its text ends, and where the next one begins. Offsets in bytes. */
export interface Line {
  start: number;
  /** Before the line's ending. */
  end: number;
  /** After the line's ending. */
  next: number;
}

const [LF, CR] = [0x0a, 0x0d];

/** The lines of UTF-8 text from an offset on, ended by LF, CR LF or CR, as markdown-it counts them. */
export function linesOf(bytes: Uint8Array, from = 0): Line[] {
  const lines: Line[] = [];
  let start = from;
  for (let i = from; i < bytes.length; ++i) {
    if (bytes[i] !== LF && bytes[i] !== CR) continue;
    const end = i;
    if (bytes[i] === CR && bytes[i + 1] === LF) ++i;
    lines.push({start, end, next: i + 1});
    start = i + 1;
  }
  lines.push({start, end: bytes.length, next: bytes.length});
  return lines;
}

/** The ending that most of the lines have; LF where there is none. */
export function endingOf(bytes: Uint8Array, lines: Line[] = linesOf(bytes)): string {
  const counts = new Map<string, number>();
  for (const {end, next} of lines) {
    if (end === next) continue;
    const ending = next - end === 2 ? "\r\n" : bytes[end] === CR ? "\r" : "\n";
    counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "\n";
}

/** Text with the line endings of JavaScript. */
export const normalised = (text: string): string => text.replace(/\r\n?/g, "\n");

/**
 * The text of a file. A byte-order mark stays in it.
 * @throws Error if the bytes are not UTF-8: whatever were written back would differ from what stands there.
 */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch {
    throw new Error("expected a file in UTF-8, got other bytes: it can only be edited elsewhere");
  }
}
