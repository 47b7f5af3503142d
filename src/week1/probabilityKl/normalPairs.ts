import {integrate} from "../../components/math/quadrature.js";
import type {Rng} from "../../components/math/random.js";
import {between} from "../../components/math/numbered.js";
import {logNormal, type Normal} from "./estimators.js";

/** Two normals of which the second is the narrower, so that every moment of their ratio that is asked for exists. */
export const drawNormals = (rng: Rng): [Normal, Normal] => [
  [between(rng, -1, 1), between(rng, 0.8, 1.5)],
  [between(rng, -1, 1), between(rng, 0.5, 1)]
];

/** E g(x) under a normal, by quadrature. */
export const meanUnder = ([mu, sigma]: Normal, g: (x: number) => number): number =>
  integrate((x) => Math.exp(logNormal(x, [mu, sigma])) * g(x), mu - 12 * sigma, mu + 12 * sigma, 1e-11);
