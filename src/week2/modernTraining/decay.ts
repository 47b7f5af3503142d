/** One step of Adam on a number, with decay inside the gradient ("L2") or beside it ("AdamW"); v, m and t are carried on. */
export interface Moments {
  theta: number;
  m: number;
  v: number;
  t: number;
}

export interface Rates {
  eta: number;
  lambda: number;
  beta1?: number;
  beta2?: number;
}

/** Adam with λθ added to the gradient, or with λθ beside the step, where `decoupled`. */
export function adamStep(
  {theta, m, v, t}: Moments,
  gradient: number,
  {eta, lambda, beta1 = 0.9, beta2 = 0.999}: Rates,
  decoupled: boolean
): Moments {
  const g = gradient + (decoupled ? 0 : lambda * theta);
  const next = {m: beta1 * m + (1 - beta1) * g, v: beta2 * v + (1 - beta2) * g * g, t: t + 1};
  const along = next.m / (1 - beta1 ** next.t) / (Math.sqrt(next.v / (1 - beta2 ** next.t)) + 1e-8);
  return {...next, theta: theta - eta * (along + (decoupled ? lambda * theta : 0))};
}

/** θ after so many steps on gradients that alternate between +size and −size. */
export function decayed(size: number, steps: number, rates: Rates, decoupled: boolean): number {
  let state: Moments = {theta: 1, m: 0, v: 0, t: 0};
  for (let i = 0; i < steps; ++i) state = adamStep(state, i % 2 ? -size : size, rates, decoupled);
  return state.theta;
}
