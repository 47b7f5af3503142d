import type {Equation} from "../../components/math/equation.js";
import {build} from "../../components/math/matrix.js";
import {between, broken, numbered} from "../../components/math/numbered.js";
import {crossEntropy, drawJoint, drawProbabilities, entropy, expectation, kl} from "../probabilityKl/tables.js";
import {columnsOf, conditionalEntropy, mutualInformation, rowsOf, shares, through} from "./entropies.js";

const chain = numbered(
  "chain",
  "the entropy of a random joint table of 3 × 4",
  "H(X | Y) in place of H(Y | X)",
  (rng, mutated) => {
    const s = shares(drawJoint(rng, 3, 4));
    return {got: s.joint, expected: s.x + (mutated ? s.xGivenY : s.yGivenX), within: 1e-12};
  }
);

const mutual = numbered(
  "mutual",
  "KL of a random joint table from the product of its margins, against three sums of entropies",
  "the joint entropy added",
  (rng, mutated) => {
    const s = shares(drawJoint(rng, 3, 4));
    const sums = [s.x + s.y + (mutated ? s.joint : -s.joint), s.y - s.yGivenX, s.x - s.xGivenY];
    const worst = Math.max(...sums.map((sum) => Math.abs(sum - s.mutual)));
    return {got: worst, expected: 0, within: 1e-12};
  }
);

const table = numbered(
  "mutual-prediction",
  "the cross-entropy of predicting Y without and with X, both with the best predictor",
  "the marginal of X for that of Y",
  (rng, mutated) => {
    const joint = drawJoint(rng, 3, 3);
    const [x, y] = [rowsOf(joint), columnsOf(joint)];
    const without = crossEntropy(y, mutated ? x : y);
    const given = joint.reduce((sum, row, i) => sum + x[i] * crossEntropy(row.map((p) => p / x[i]), row.map((p) => p / x[i])), 0); // prettier-ignore
    return {got: without - given, expected: mutualInformation(joint), within: 1e-12};
  }
);

const conditioning = numbered(
  "conditioning",
  "H(Y | X) of tables at random, with independence, and with one rare row that is uniform",
  "H(Y | X = x) for a single x instead of the mean over X",
  (rng, mutated) => {
    const y = drawProbabilities(rng, 3);
    const x = drawProbabilities(rng, 4);
    const independent = build(4, 3, (i, j) => x[i] * y[j]);
    const rare = [[0.01, 0.01, 0.01], [0.9, 0.04, 0.03]]; // prettier-ignore
    const single = Math.log(3); // the entropy of the rare row
    const pairs = [drawJoint(rng, 4, 3), independent, rare].map((joint): [number, number] => [
      entropy(columnsOf(joint)),
      mutated && joint === rare ? single : conditionalEntropy(joint)
    ]);
    return broken(pairs, 1e-12);
  }
);

const mutualChain = numbered(
  "mutual-chain",
  "I(X, Y; Z) of a random table of 2 × 3 × 2",
  "I(Y; Z) without the condition",
  (rng, mutated) => {
    const p = drawProbabilities(rng, 12);
    const at = (x: number, y: number, z: number) => p[(x * 3 + y) * 2 + z];
    const both = mutualInformation(build(6, 2, (xy, z) => p[xy * 2 + z]));
    const xz = mutualInformation(build(2, 2, (x, z) => at(x, 0, z) + at(x, 1, z) + at(x, 2, z)));
    const weight = [0, 1].map((x) => [0, 1, 2].reduce((sum, y) => sum + at(x, y, 0) + at(x, y, 1), 0));
    const given = [0, 1].reduce((sum, x) => sum + weight[x] * mutualInformation(build(3, 2, (y, z) => at(x, y, z) / weight[x])), 0); // prettier-ignore
    const plain = mutualInformation(build(3, 2, (y, z) => at(0, y, z) + at(1, y, z)));
    return {got: both, expected: xz + (mutated ? plain : given), within: 1e-12};
  }
);

const processing = numbered(
  "processing",
  "I(X; Z) and I(X; Y) for random channels X → Y → Z, and for Z a renaming of Y",
  "the inequality turned round",
  (rng, mutated) => {
    const rows = (n: number, k: number) => Array.from({length: n}, () => drawProbabilities(rng, k));
    const [px, first] = [drawProbabilities(rng, 3), rows(3, 3)];
    const renaming = [[0, 1, 0], [0, 0, 1], [1, 0, 0]]; // prettier-ignore
    const pairs = [rows(3, 3), renaming].map((second): [number, number] => {
      const composed = first.map((row) => second[0].map((_, z) => expectation(row, (y) => second[y][z])));
      const sides: [number, number] = [mutualInformation(through(px, first)), mutualInformation(through(px, composed))];
      return mutated ? [sides[1], sides[0]] : sides;
    });
    return broken(pairs, 1e-12);
  }
);

const symmetric = numbered(
  "symmetric-channel",
  "I(X; Y) of a fair bit that is flipped with probability ε",
  "the entropy of ε left out twice",
  (rng, mutated) => {
    const e = between(rng, 0.02, 0.4);
    const noise = entropy([e, 1 - e]);
    const got = mutualInformation([[(1 - e) / 2, e / 2], [e / 2, (1 - e) / 2]]); // prettier-ignore
    return {got, expected: Math.LN2 - (mutated ? 2 : 1) * noise, within: 1e-12};
  }
);

const compensation = numbered(
  "compensation",
  "Σ wᵢ KL(pᵢ ‖ s) for three random tables and any s",
  "KL(s ‖ m) in place of KL(m ‖ s)",
  (rng, mutated) => {
    const [w, s] = [drawProbabilities(rng, 3), drawProbabilities(rng, 4)];
    const p = [0, 1, 2].map(() => drawProbabilities(rng, 4));
    const m = s.map((_, k) => expectation(w, (i) => p[i][k]));
    const expected = expectation(w, (i) => kl(p[i], m)) + (mutated ? kl(s, m) : kl(m, s));
    return {got: expectation(w, (i) => kl(p[i], s)), expected, within: 1e-12};
  }
);

export const mutuals: Equation[] = [
  ...[chain, mutual, table, conditioning, mutualChain],
  ...[processing, symmetric, compensation]
];
