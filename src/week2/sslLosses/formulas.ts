import {dot, type Matrix, type Vector} from "../../components/math/matrix.js";
import {logSumExp, softmax} from "../../components/math/softmax.js";

/** The page's losses in float64, for drawing and for checking; what trains is in `components/losses/`. */

export const unit = (z: Vector): Vector => {
  const length = Math.sqrt(dot(z, z));
  return z.map((x) => x / length);
};

/** −ln of the softmax of the first of the similarities over τ: the positive stands first. */
export const infoNce = (similarities: Vector, tau: number): number =>
  logSumExp(similarities.map((s) => s / tau)) - similarities[0] / tau;

/** Its gradient by the similarities, (p − onehot) / τ. */
export const infoNceGradient = (similarities: Vector, tau: number): Vector =>
  softmax(similarities, tau).map((p, k) => (p - (k === 0 ? 1 : 0)) / tau);

/**
 * InfoNCE whose strangers are drawn from all images, so that a share ρ of them is in truth of the query's kind. Chuang et al. 2020.
 *
 *   E_all = ρ E_own + (1 − ρ) E_other,   so  E_other e^{s/τ} ≈ (mean of e^{sₖ/τ} − ρ e^{s₀/τ}) / (1 − ρ), at least e^{−1/τ}
 *
 * The partner stands for its kind. ρ = 0 is InfoNCE.
 */
export function debiased(similarities: Vector, tau: number, rho: number): number {
  const [own, ...all] = similarities.map((s) => Math.exp(s / tau));
  const mean = all.reduce((a, b) => a + b, 0) / all.length;
  const other = Math.max((mean - rho * own) / (1 - rho), Math.exp(-1 / tau));
  return Math.log(own + all.length * other) - Math.log(own);
}

/** Decoupled NT-Xent of a table of cosines: the partner does not stand below the line. Yeh et al. 2022. */
export const decoupled = (s: Matrix, tau: number): number =>
  s.reduce((sum, row, i) => {
    const j = partner(i, s.length);
    const others = row.filter((_, k) => k !== i && k !== j).map((x) => x / tau);
    return sum + (logSumExp(others) - row[j] / tau) / s.length;
  }, 0);

/** The other view of the same image: rows 0 … N − 1 are first views, N … 2N − 1 second ones. */
export const partner = (i: number, views: number): number => (i + views / 2) % views;

/** Of every view the softmax over all others, (2N, 2N), 0 on the diagonal. */
function shares(u: Matrix, tau: number): Matrix {
  return u.map((ui, i) => {
    const others = u.map((uk, k) => (k === i ? -Infinity : dot(ui, uk) / tau));
    const level = logSumExp(others.filter(Number.isFinite));
    return others.map((s) => Math.exp(s - level));
  });
}

/** NT-Xent of 2N rows, nats: the loops of SimCLR's equation 1. */
export function ntXent(z: Matrix, tau: number): number {
  const u = z.map(unit);
  const losses = u.map((ui, i) => {
    const j = partner(i, u.length);
    const others = u.flatMap((uk, k) => (k === i || k === j ? [] : [dot(ui, uk)]));
    return infoNce([dot(ui, u[j]), ...others], tau);
  });
  return losses.reduce((a, b) => a + b) / u.length;
}

/** Its gradient by the rows: Σₖ (pᵢₖ + pₖᵢ) uₖ − 2 uⱼ over 2Nτ, without what points along uᵢ, over the row's length. */
export function ntXentGradient(z: Matrix, tau: number): Matrix {
  const u = z.map(unit);
  const p = shares(u, tau);
  return z.map((zi, i) => {
    const j = partner(i, u.length);
    const pull = zi.map(
      (_, d) => (u.reduce((sum, uk, k) => sum + (p[i][k] + p[k][i]) * uk[d], 0) - 2 * u[j][d]) / (u.length * tau)
    );
    const along = dot(pull, u[i]);
    return pull.map((g, d) => (g - along * u[i][d]) / Math.sqrt(dot(zi, zi)));
  });
}

/** The values that NT-Xent takes in three states of N pairs. */
export const states = {
  /** All projections are one. */
  collapsed: (pairs: number) => Math.log(2 * pairs - 1),
  /** Partners coincide, pairs are at right angles. */
  orthogonal: (pairs: number, tau: number) => Math.log1p((2 * pairs - 2) * Math.exp(-1 / tau)),
  /** Partners coincide, pairs are the corners of a simplex: the least there is. */
  simplex: (pairs: number, tau: number) => Math.log1p((2 * pairs - 2) * Math.exp(-(1 + 1 / (pairs - 1)) / tau))
};

/** N pairs of coinciding views at the corners of a simplex, rows of N numbers. */
export function simplex(pairs: number): Matrix {
  const corners = Array.from({length: pairs}, (_, i) =>
    unit(Array.from({length: pairs}, (_, d) => (d === i ? 1 : 0) - 1 / pairs))
  );
  return [...corners, ...corners];
}
