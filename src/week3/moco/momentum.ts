/** θ_k after each step, by θ_k ← m θ_k + (1 − m) θ_q. He et al. 2020, eq. 2. @param from θ_k before the first. */
export function averaged(queries: readonly number[], m: number, from: number): number[] {
  let key = from;
  return queries.map((query) => (key = m * key + (1 - m) * query));
}

/** Steps after which a change of θ_q has come halfway: ln ½ / ln m. */
export const halfLife = (m: number): number => Math.log(0.5) / Math.log(m);

/** The weights of the queries of 0, 1, … steps ago in θ_k. */
export const weightsOf = (m: number, steps: number): number[] =>
  Array.from({length: steps}, (_, age) => (1 - m) * m ** age);

/** How far θ_k is behind a θ_q that moves by 1 a step. */
export const lag = (m: number): number => m / (1 - m);

/** The variance of θ_k over that of a θ_q of independent values. */
export const calm = (m: number): number => (1 - m) / (1 + m);

/** The ages, in steps, of a full queue's keys when a query meets them: the newest batch is one step old. */
export const ages = (length: number, batch: number): number[] =>
  Array.from({length}, (_, i) => 1 + Math.floor(i / batch));

/** ln(K + 1): no key is told from another. */
export const collapse = (queue: number): number => Math.log(queue + 1);

/** The least that InfoNCE can be: the positive equal to the query, every negative opposite to it. */
export const floor = (queue: number, temperature: number): number => Math.log1p(queue * Math.exp(-2 / temperature));

/** The most: the positive opposite to the query, every negative equal to it. */
export const ceiling = (queue: number, temperature: number): number => Math.log1p(queue * Math.exp(2 / temperature));
