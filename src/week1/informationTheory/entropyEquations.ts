import type {Equation} from "../../components/math/equation.js";
import {broken, numbered} from "../../components/math/numbered.js";
import {drawProbabilities, entropy, expectation, kl} from "../probabilityKl/tables.js";
import {huffman, meanLength} from "./huffman.js";

const bounds = numbered(
  "entropy-bounds",
  "entropies of random tables of five, of the uniform one and of a certain one",
  "ln(K − 1) instead of ln K",
  (rng, mutated) => {
    const tables = [drawProbabilities(rng, 5), Array(5).fill(0.2), [0, 0, 1, 0, 0]];
    const most = Math.log(mutated ? 4 : 5);
    return broken(tables.flatMap((p): [number, number][] => [[most, entropy(p)], [entropy(p), 0]]), 1e-12); // prettier-ignore
  }
);

const kraft = numbered(
  "kraft",
  "Σ 2^(−l) of Huffman's code for a random table, a full tree, for which it is 1",
  "3 in place of 2",
  (rng, mutated) => {
    const code = huffman(drawProbabilities(rng, 6));
    const sum = code.reduce((total, word) => total + (mutated ? 3 : 2) ** -word.length, 0);
    return {got: sum, expected: 1, within: 1e-12}; // a full tree: the inequality is met
  }
);

const coding = numbered(
  "coding",
  "the mean length of Huffman's code for a random table of seven, in bits",
  "the code claimed to be as short as the entropy",
  (rng, mutated) => {
    const p = drawProbabilities(rng, 7);
    const [bits, length] = [entropy(p) / Math.LN2, meanLength(p, huffman(p))];
    return broken([[length, bits], [bits + (mutated ? 0 : 1), length]], 1e-12); // prettier-ignore
  }
);

const wrongCode = numbered(
  "wrong-code",
  "the mean under p of lengths −log₂ q, in bits",
  "KL in nats added to bits",
  (rng, mutated) => {
    const [p, q] = [drawProbabilities(rng, 5), drawProbabilities(rng, 5)];
    const got = expectation(p, (i) => -Math.log2(q[i]));
    return {got, expected: entropy(p) / Math.LN2 + kl(p, q) / (mutated ? 1 : Math.LN2), within: 1e-12};
  }
);

export const entropies: Equation[] = [bounds, kraft, coding, wrongCode];
