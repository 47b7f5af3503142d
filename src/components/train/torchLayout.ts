import type {Block} from "./task.js";

/** The name PyTorch has for a leaf of a state: its path without the words `params` and `stats`. */
export const torchName = (path: string): string =>
  path
    .split(".")
    .filter((part) => !isGroup(part))
    .join(".");

/** Whether a leaf is a parameter or a statistic, not a moment or a counter. */
export const isTrained = (path: string): boolean => path.split(".").some(isGroup);

/**
 * Which of our axes each of PyTorch's axes is, for a weight that is stored transposed there; null for all other leaves.
 * Filters (kh, kw, I, O) → (O, I, kh, kw); matrices (I, O) → (O, I), but not an embedding's (V, D).
 */
export function torchAxes(path: string, rank: number): number[] | null {
  if (!path.split(".").includes("params") || !/(^|[._])weight$/.test(path)) return null;
  if (rank === 4) return [3, 2, 0, 1];
  return rank === 2 && !/embed/i.test(path) ? [1, 0] : null;
}

/** The axes that undo a transposition. */
export const inverse = (axes: number[]): number[] => axes.map((_, i) => axes.indexOf(i));

/** out[i₀, i₁, …] = in[j₀, j₁, …] with j[axes[k]] = iₖ. */
export function transpose<B extends Block>({data, shape}: B, axes: number[]): B {
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((product, n) => product * n, 1));
  const outShape = axes.map((axis) => shape[axis]);
  const steps = axes.map((axis) => strides[axis]);
  const out = data.slice();
  let to = 0;
  const copy = (depth: number, from: number) => {
    const [n, step] = [outShape[depth], steps[depth]];
    if (depth < axes.length - 1) for (let i = 0; i < n; ++i) copy(depth + 1, from + i * step);
    else for (let i = 0; i < n; ++i) out[to++] = data[from + i * step];
  };
  copy(0, 0);
  return {data: out, shape: outShape} as B;
}

const isGroup = (part: string) => part === "params" || part === "stats";
