/**
 * Backpropagation through a chain of L steps that keeps only every k-th state and computes the others again, a segment at a
 * time, from the last segment to the first. Griewank & Walther 2000; Chen et al. 2016, section 4.
 *
 * @returns the derivative, the most states held at once, and how often a step was computed.
 */
export function checkpointed(
  steps: ((x: number) => number)[],
  slopes: ((x: number) => number)[],
  x: number,
  k: number
) {
  const kept = new Map([[0, x]]);
  let computed = 0;
  let state = x;
  for (let l = 0; l < steps.length; ++l) {
    state = steps[l](state);
    ++computed;
    if ((l + 1) % k === 0 && l + 1 < steps.length) kept.set(l + 1, state);
  }
  let [adjoint, most] = [1, kept.size];
  for (let start = Math.floor((steps.length - 1) / k) * k; start >= 0; start -= k) {
    const segment = [kept.get(start)!];
    for (let l = start; l < Math.min(start + k, steps.length) - 1; ++l) {
      segment.push(steps[l](segment[segment.length - 1]));
      ++computed;
    }
    most = Math.max(most, kept.size + segment.length - 1); // the segment's first state is a kept one
    for (let l = segment.length - 1; l >= 0; --l) adjoint *= slopes[start + l](segment[l]);
    kept.delete(start);
  }
  return {derivative: adjoint, most, computed};
}

/** Multiplications of J_L ⋯ J₁, each n × n but J_L, which is 1 × n: from the output's side, and from the input's. */
export const orderCosts = (n: number, length: number) => ({
  reverse: (length - 1) * n ** 2,
  forward: (length - 2) * n ** 3 + n ** 2
});
