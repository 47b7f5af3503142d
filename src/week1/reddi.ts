/**
 * A loss in one dimension whose gradient is C once and −1 twice, in turn: Σ over three steps is (C − 2) x, so for C > 2
 * the best x in [−1, 1] is −1. Reddi, Kale & Kumar 2018, theorem 1.
 */
export const turning =
  (c: number) =>
  (step: number): number =>
    step % 3 === 0 ? c : -1;

/** β₂ = 1 / (1 + C²), for which Adam without β₁ goes to the worst point. */
export const shortMemory = (c: number): number => 1 / (1 + c * c);

/** v after each of the three gradients of a turn, when it has gone on for long: a geometric series with ratio β₂³. */
export function steadySquares(c: number, beta2: number): [number, number, number] {
  const scale = (1 - beta2) / (1 - beta2 ** 3);
  return [
    scale * (c * c + beta2 + beta2 ** 2),
    scale * (1 + beta2 * c * c + beta2 ** 2),
    scale * (1 + beta2 + beta2 ** 2 * c * c)
  ];
}

/** How far Adam with β₁ = 0 moves in a turn, in units of η; the loss falls where it is negative. */
export function drift(c: number, beta2: number): number {
  const [afterC, afterFirst, afterSecond] = steadySquares(c, beta2).map(Math.sqrt);
  return -c / afterC + 1 / afterFirst + 1 / afterSecond;
}

/** x after each step of Adam with β₁ = 0, ε = 0 and rate η/√t on the turning gradients, kept in [−1, 1]. */
export function turningPath(
  c: number,
  {beta2, rate, steps, largest = false}: {beta2: number; rate: number; steps: number; largest?: boolean}
): number[] {
  const gradient = turning(c);
  const path = [0];
  let [v, most] = [0, 0];
  for (let t = 1; t <= steps; ++t) {
    const g = gradient(t - 1);
    v = beta2 * v + (1 - beta2) * g * g;
    most = Math.max(most, v);
    const x = path[t - 1] - (rate / Math.sqrt(t)) * (g / Math.sqrt(largest ? most : v));
    path.push(Math.max(-1, Math.min(1, x)));
  }
  return path;
}
