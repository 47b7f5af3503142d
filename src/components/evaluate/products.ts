import type {Rows} from "./rows.js";

/** Matrix products, wherever they are computed: nearly all the time of a probe is here. */
export interface Products {
  /** A Bᵀ, the inner products of all rows: (M, D) and (N, D) to (M, N). */
  ofRows(a: Rows, b: Rows): Promise<Rows>;
  /** Aᵀ B, the inner products of all columns: (N, M) and (N, D) to (M, D). */
  ofColumns(a: Rows, b: Rows): Promise<Rows>;
}

const block = 64; // rows of b that stay in the cache while rows of a pass

/** The products as loops, summed in float64. Zeros of A cost nothing in `ofColumns`: memberships are mostly zeros. */
export const plainProducts: Products = {
  async ofRows({data: a, shape: [m, d]}, {data: b, shape: [n]}) {
    const out = new Float64Array(m * n);
    for (let start = 0; start < n; start += block)
      for (let i = 0; i < m; ++i)
        for (let j = start; j < Math.min(n, start + block); ++j) out[i * n + j] = innerProduct(a, i * d, b, j * d, d);
    return {data: out, shape: [m, n]};
  },
  async ofColumns({data: a, shape: [n, m]}, {data: b, shape: [, d]}) {
    const out = new Float64Array(m * d);
    for (let row = 0; row < n; ++row)
      for (let i = 0; i < m; ++i) {
        const weight = a[row * m + i];
        if (weight !== 0) for (let j = 0, to = i * d, from = row * d; j < d; ++j) out[to++] += weight * b[from++];
      }
    return {data: out, shape: [m, d]};
  }
};

type Numbers = Rows["data"];

/** Four sums at once: one alone would wait for each addition. */
function innerProduct(a: Numbers, i: number, b: Numbers, j: number, length: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += a[i + k] * b[j + k];
    s1 += a[i + k + 1] * b[j + k + 1];
    s2 += a[i + k + 2] * b[j + k + 2];
    s3 += a[i + k + 3] * b[j + k + 3];
  }
  for (; k < length; ++k) s0 += a[i + k] * b[j + k];
  return s0 + s1 + s2 + s3;
}
