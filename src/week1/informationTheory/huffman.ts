/** A code word for each symbol, as a string of 0 and 1. */
export type Code = string[];

interface Tree {
  probability: number;
  symbols: number[];
}

/**
 * The prefix code of least mean length: again and again the two rarest groups are joined, and each symbol of the one gets a
 * 0 in front, of the other a 1. Huffman 1952; Cover & Thomas, section 5.6.
 *
 * @param p probabilities of at least two symbols.
 */
export function huffman(p: readonly number[]): Code {
  if (p.length < 2) throw new RangeError(`huffman: expected at least two symbols, got ${p.length}`);
  const code = p.map(() => "");
  let trees: Tree[] = p.map((probability, i) => ({probability, symbols: [i]}));
  while (trees.length > 1) {
    trees = trees.sort((a, b) => a.probability - b.probability);
    const [zero, one, ...rest] = trees;
    for (const i of zero.symbols) code[i] = `0${code[i]}`;
    for (const i of one.symbols) code[i] = `1${code[i]}`;
    trees = [{probability: zero.probability + one.probability, symbols: [...zero.symbols, ...one.symbols]}, ...rest];
  }
  return code;
}

/** Σ pᵢ lᵢ in bits. */
export const meanLength = (p: readonly number[], code: Code): number =>
  p.reduce((sum, pi, i) => sum + pi * code[i].length, 0);
