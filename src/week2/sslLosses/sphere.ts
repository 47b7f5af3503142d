import {logSumExp} from "../../components/math/softmax.js";

/**
 * Views whose information is known. The first is a direction u, uniform on the sphere in D dimensions; the second lies around it
 * with a density that grows as e^{u · u′/τ} (von Mises and Fisher); strangers are uniform. Everything about them is in the cosine s.
 */
export interface Cosines {
  tau: number;
  /** Places of s, the middles of equal parts of [−1, 1], and what a stranger's and a partner's cosine have of each. */
  s: Float64Array;
  stranger: Float64Array;
  partner: Float64Array;
  /** ln Z, Z = E e^{s/τ} over strangers: p(u′ | u) / p(u′) = e^{s/τ} / Z. */
  logZ: number;
}

const parts = 800;

/** Of a stranger the density is (1 − s²)^{(D − 3)/2}; of a partner the same times e^{s/τ}. */
export function cosines(dimensions: number, tau: number): Cosines {
  const s = Float64Array.from({length: parts}, (_, i) => (2 * i + 1) / parts - 1);
  const density = Array.from(s, (x) => ((dimensions - 3) / 2) * Math.log1p(-x * x));
  const raised = density.map((d, i) => d + s[i] / tau);
  const [all, above] = [logSumExp(density), logSumExp(raised)];
  const shares = (logs: number[], level: number) => Float64Array.from(logs, (x) => Math.exp(x - level));
  return {tau, s, stranger: shares(density, all), partner: shares(raised, above), logZ: above - all};
}

const expected = (shares: Float64Array, f: (i: number) => number): number =>
  shares.reduce((sum, share, i) => sum + share * f(i), 0);

/** I = E s₀/τ − ln Z in nats: what the two views tell of each other. */
export const information = ({partner, s, tau, logZ}: Cosines): number => expected(partner, (i) => s[i] / tau) - logZ;

/** How often the partner is nearer than all K strangers, E F(s₀)^K, F the distribution function of a stranger's cosine. */
export function foundAmong({stranger, partner}: Cosines, strangers: number): number {
  let below = 0;
  const f = stranger.map((share) => (below += share) - share / 2);
  return expected(partner, (i) => f[i] ** strangers);
}

/**
 * The mean of InfoNCE, ln(e^{s₀/τ} + Σₖ e^{sₖ/τ}) − s₀/τ, over partner and K strangers, for several K, without drawing any:
 *
 *   E ln X = ∫ (e^{−t} − E e^{−tX}) dt/t,   E e^{−tX} = φ₀(t) φ(t)^K,   φ(t) = E e^{−t e^{s/τ}} of a stranger, φ₀ of the partner
 *
 * With t = e^y the integrand is smooth and dies out on both sides, so the plain sum over equal steps will do.
 */
export function expectedLosses({s, stranger, partner, tau}: Cosines, counts: number[]): number[] {
  const powers = s.map((x) => Math.exp(x / tau));
  const [first, last, step] = [-1 / tau - Math.log(Math.max(...counts) + 1) - 30, 1 / tau + 5, 0.25];
  const sums = counts.map(() => 0);
  for (let y = first; y < last; y += step) {
    const t = Math.exp(y);
    let [own, other] = [0, 0];
    for (let i = 0; i < parts; ++i) {
      const e = Math.exp(-t * powers[i]);
      own += partner[i] * e;
      other += stranger[i] * e;
    }
    counts.forEach((strangers, k) => (sums[k] += step * (Math.exp(-t) - own * other ** strangers)));
  }
  const near = expected(partner, (i) => s[i] / tau);
  return sums.map((mean) => mean - near);
}
