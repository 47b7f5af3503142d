import type {Vector} from "./matrix.js";

/** An algorithm in float64 as two functions: what it remembers, and one update. Its inputs are left as they were. */
export interface Method<S = unknown> {
  init(x: Vector): S;
  /** x and the state after a step at learning rate η with the gradient at x. */
  update(x: Vector, gradient: Vector, state: S, rate: number): [x: Vector, state: S];
}

/** x ← x − η g. With the gradient of a batch this is SGD. */
export function gradientDescent(): Method<null> {
  return {
    init: () => null,
    update: (x, g, _, rate) => [x.map((xi, i) => xi - rate * g[i]), null]
  };
}

/**
 * The heavy ball. Polyak 1964.
 *
 *   v ← β v + g
 *   x ← x − η v
 */
export function momentum({beta = 0.9} = {}): Method<Vector> {
  return {
    init: (x) => x.map(() => 0),
    update(x, g, velocity, rate) {
      const v = velocity.map((vi, i) => beta * vi + g[i]);
      return [x.map((xi, i) => xi - rate * v[i]), v];
    }
  };
}

/**
 * Nesterov's momentum with the look-ahead point as x. Sutskever et al. 2013, section 2.
 *
 *   v ← β v + g
 *   x ← x − η (g + β v)
 */
export function nesterov({beta = 0.9} = {}): Method<Vector> {
  return {
    init: (x) => x.map(() => 0),
    update(x, g, velocity, rate) {
      const v = velocity.map((vi, i) => beta * vi + g[i]);
      return [x.map((xi, i) => xi - rate * (g[i] + beta * v[i])), v];
    }
  };
}

/**
 * RMSProp. Tieleman & Hinton 2012, lecture 6.5.
 *
 *   s ← ρ s + (1 − ρ) g²
 *   x ← x − η g / (√s + ε)
 *
 * Where s and g are 0 and ε = 0, x stays.
 */
export function rmsprop({rho = 0.9, epsilon = 1e-8} = {}): Method<Vector> {
  return {
    init: (x) => x.map(() => 0),
    update(x, g, square, rate) {
      const s = square.map((si, i) => rho * si + (1 - rho) * g[i] ** 2);
      return [x.map((xi, i) => xi - rate * ratio(g[i], Math.sqrt(s[i]) + epsilon)), s];
    }
  };
}

export interface Moments {
  m: Vector;
  v: Vector;
  /** Steps taken. */
  t: number;
}

/**
 * Adam. Kingma & Ba 2015, algorithm 1.
 *
 *   m ← β₁ m + (1 − β₁) g,    v ← β₂ v + (1 − β₂) g²
 *   m̂ = m / (1 − β₁ᵗ),        v̂ = v / (1 − β₂ᵗ)
 *   x ← x − η m̂ / (√v̂ + ε)
 */
export function adam({beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8} = {}): Method<Moments> {
  return {
    init: (x) => ({m: x.map(() => 0), v: x.map(() => 0), t: 0}),
    update(x, g, state, rate) {
      const t = state.t + 1;
      const m = state.m.map((mi, i) => beta1 * mi + (1 - beta1) * g[i]);
      const v = state.v.map((vi, i) => beta2 * vi + (1 - beta2) * g[i] ** 2);
      const [c1, c2] = [1 - beta1 ** t, 1 - beta2 ** t];
      return [x.map((xi, i) => xi - rate * ratio(m[i] / c1, Math.sqrt(v[i] / c2) + epsilon)), {m, v, t}];
    }
  };
}

const ratio = (above: number, below: number): number => (above === 0 ? 0 : above / below);

/** x₀, x₁, …, x_steps. It ends before where a number is no longer finite. */
export function descend<S>(
  method: Method<S>,
  gradient: (x: Vector) => Vector,
  start: Vector,
  {rate, steps}: {rate: number; steps: number}
): Vector[] {
  const path = [start];
  let [x, state] = [start, method.init(start)];
  for (let k = 0; k < steps; ++k) {
    [x, state] = method.update(x, gradient(x), state, rate);
    if (!x.every(Number.isFinite)) break;
    path.push(x);
  }
  return path;
}
