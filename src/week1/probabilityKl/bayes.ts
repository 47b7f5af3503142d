/** P(Hᵢ | E) = P(E | Hᵢ) P(Hᵢ) / Σ P(E | Hⱼ) P(Hⱼ). @throws RangeError if no hypothesis allows the evidence. */
export function posterior(prior: readonly number[], likelihood: readonly number[]): number[] {
  const joint = prior.map((p, i) => p * likelihood[i]);
  const evidence = joint.reduce((sum, x) => sum + x, 0);
  if (!(evidence > 0)) throw new RangeError(`posterior: expected evidence of probability > 0, got ${evidence}`);
  return joint.map((x) => x / evidence);
}

/** What a test says: sensitivity P(+ | ill), specificity P(− | well). */
export interface Screening {
  prevalence: number;
  sensitivity: number;
  specificity: number;
}

/** P(ill | +). */
export const illGivenPositive = ({prevalence, sensitivity, specificity}: Screening): number =>
  posterior([prevalence, 1 - prevalence], [sensitivity, 1 - specificity])[0];
