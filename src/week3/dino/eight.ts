import type {Matrix} from "../../components/math/matrix.js";
import {rng} from "../../components/math/random.js";
import {recentred, sharpened} from "./teacher.js";

/** Eight images and eight prototypes: how large the part of the scores is that each image has of its own, and the shared one. */
export interface Eight {
  own: number;
  common: number;
  /** τ of the teacher. */
  tau: number;
  /** Steps in which the centre, with m = 0.9 and from 0, has followed these scores. */
  centred: number;
}

const prototypes = 8;

/** What the teacher says of the eight, g = ½ (own · N(0, 1) + common · c) with one c for all: rows are images. */
export function eight({own, common, tau, centred}: Eight): Matrix {
  const shared = rng(1).normal(prototypes);
  const scores = Array.from({length: 8}, (_, b) =>
    Array.from(rng(2).fork(b).normal(prototypes), (x, k) => 0.5 * (own * x + common * shared[k]))
  );
  let centre: number[] = Array<number>(prototypes).fill(0);
  for (let t = 0; t < centred; ++t) centre = recentred(centre, scores, 0.9);
  return scores.map((g) => sharpened(g, centre, tau));
}
