/** What one line of the calculator gives. */
export interface CalculatedLayer {
  text: string;
  side: number;
  channels: number;
  weights: number;
  macs: number;
  field: number;
  jump: number;
}

export type Calculated = {layers: CalculatedLayer[]; error: null} | {layers: CalculatedLayer[]; error: string};

const line = /^(conv|depthwise|pool)\s+(\d+)(?:\/(\d+))?(?:\s+(\d+))?$/i;

/**
 * A network written as lines: `conv 3/2 64` is a 3 × 3 convolution with stride 2 and 64 filters, `depthwise 7` and
 * `pool 2/2` keep their channels. A kernel of odd side is padded by half of it, one of even side not at all.
 *
 * @param side of the square image, which has three channels.
 * @returns the layers up to the first line that is none, and what is wrong with that line.
 */
export function calculated(text: string, side: number): Calculated {
  const layers: CalculatedLayer[] = [];
  let at = {side, channels: 3, field: 1, jump: 1};
  for (const [i, words] of text.split("\n").entries()) {
    if (words.trim() === "") continue;
    const refused = (what: string): Calculated => ({layers, error: `Line ${i + 1}: ${what}.`});
    const match = line.exec(words.trim());
    if (!match) return refused(`expected “conv 3/2 64”, “depthwise 7” or “pool 2/2”, got “${words.trim()}”`);
    const [, name, ...numbers] = match;
    const kind = name.toLowerCase();
    const [kernel, stride = 1, filters] = numbers.map((n) => (n === undefined ? undefined : Number(n)));
    if (kind === "conv" && !filters) return refused("a convolution needs its number of filters, as in “conv 3 64”");
    if (kind !== "conv" && filters)
      return refused(`a ${kind} layer keeps its channels, so it takes no number of filters`);
    if (!kernel || !stride) return refused("a kernel and a stride are at least 1");
    const result = Math.floor((at.side + 2 * (kernel % 2 ? (kernel - 1) / 2 : 0) - kernel) / stride) + 1;
    if (result < 1) return refused(`the kernel of ${kernel} does not fit on ${at.side} places`);
    const channels = filters ?? at.channels;
    const weights = kind === "pool" ? 0 : kernel ** 2 * at.channels * (kind === "conv" ? channels : 1);
    at = {side: result, channels, field: at.field + (kernel - 1) * at.jump, jump: at.jump * stride};
    layers.push({text: words.trim(), ...at, weights, macs: weights * result ** 2});
  }
  return {layers, error: null};
}
