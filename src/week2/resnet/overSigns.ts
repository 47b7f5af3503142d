/** The mean of f over all 2^count choices of signs. */
export function overSigns(count: number, f: (signs: number[]) => number): number {
  let sum = 0;
  for (let choice = 0; choice < 2 ** count; ++choice)
    sum += f(Array.from({length: count}, (_, i) => ((choice >> i) & 1 ? 1 : -1)));
  return sum / 2 ** count;
}
