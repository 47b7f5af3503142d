const token =
  /\s*(tr|det|ln|sqrt|norm|inv|[A-Za-z]|\d+(?:\.\d+)?|\^(?:\(-?(?:\d+|T)\)|-?(?:\d+|T))|⁻¹|⁻ᵀ|[ᵀ²³⁴½]|['+\-−*·⊙/()|])/y;

/** What may be written in more than one way, as the reader of formulas knows it. */
const same: Record<string, string> = {
  ...{"'": "^T", ᵀ: "^T", "⁻¹": "^-1", "⁻ᵀ": "^-T", "²": "^2", "³": "^3", "⁴": "^4"},
  ...{"−": "-", "·": "*", "½": "0.5"}
};

/**
 * The words of a formula: letters, numbers, names of functions, signs, and exponents that begin with ^. A bar that closes
 * what another opened is `bar`.
 *
 * @throws RangeError at a character that is none of these.
 */
export function formulaTokens(text: string): string[] {
  const tokens: string[] = [];
  let bars = 0;
  for (token.lastIndex = 0; text.slice(token.lastIndex).trim();) {
    const from = token.lastIndex;
    const found = token.exec(text);
    if (!found) throw new RangeError(`formula: expected letters, numbers and signs, got ${text.slice(from).trim()[0]}`);
    const word = found[1].startsWith("^") ? found[1].replace(/[()]/g, "") : (same[found[1]] ?? found[1]);
    tokens.push(word === "|" && ++bars % 2 === 0 ? "bar" : word);
  }
  return tokens;
}

/** A word as the reader wrote it. */
export const named = (word: string): string => (word === "bar" ? "|" : word);
