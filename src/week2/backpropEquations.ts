import type {Equation} from "../components/math/equation.js";
import {type Differentiable, counting, reals} from "../components/math/field.js";
import {numericGradient} from "../components/math/finiteDifference.js";
import {multiply, type Matrix} from "../components/math/matrix.js";
import {exp, tanh} from "../components/math/primitives.js";
import type {Rng} from "../components/math/random.js";
import {randomVector} from "../components/math/randomMatrix.js";
import {gradient, tape, vjp} from "../components/math/tape.js";
import {apart, between, numbered} from "../components/math/numbered.js";
import {diamonds, overwriting, sumOverPaths} from "./backprop/graph.js";
import {linearBackward, network, softmaxRows} from "./backprop/layers.js";
import {checkpointed, orderCosts} from "./backprop/memory.js";

const matrix = (rng: Rng, m: number, n: number): Matrix => Array.from({length: m}, () => randomVector(rng, n));
const rows = (x: number[], n: number): Matrix => Array.from({length: x.length / n}, (_, i) => x.slice(i * n, (i + 1) * n)); // prettier-ignore
const inner = (a: Matrix, b: Matrix) => a.flat().reduce((sum, x, i) => sum + x * b.flat()[i], 0);

/** A random tape of sums, products and tanh over three inputs; the last node is the result. */
function randomTape(rng: Rng, operations = 9) {
  const sheet = tape(reals);
  const {field} = sheet;
  for (let k = 0; k < 3; ++k) sheet.input(between(rng, -1, 1));
  for (let k = 0; k < operations; ++k) {
    const pick = () => sheet.nodes[rng.integers(1, sheet.nodes.length)[0]];
    const last = sheet.nodes[sheet.nodes.length - 1];
    if (k % 3 === 2) field.map(tanh, last);
    else if (k % 3 === 1) field.times(last, pick());
    else field.plus(last, pick());
  }
  return sheet;
}

const graphs: Equation[] = [
  numbered(
    "adjoint",
    "h̄ of y = h tanh h + exp(h/4), where h = ab has three users, by the tape against a difference in h",
    "the last user alone",
    (rng, mutated) => {
      // prettier-ignore
      const [a, b] = [between(rng, 0.5, 1.5), between(rng, -1.5, -0.5)];
      const {nodes, field, input, pullBack} = tape(reals);
      const h = field.times(input(a), input(b));
      const y = field.plus(field.times(h, field.map(tanh, h)), field.map(exp, field.times(h, field.constant(0.25))));
      const adjoints = mutated ? overwriting(nodes, y.index) : pullBack([y], [1]);
      const [slope] = numericGradient(([x]) => x * Math.tanh(x) + Math.exp(x / 4), [a * b]);
      return {got: adjoints[h.index], expected: slope, within: 1e-7};
    }
  ),
  numbered(
    "paths",
    "a random tape of nine operations: the adjoint of an input by the sweep, against the sum over its paths",
    "adjoints overwritten",
    (rng, mutated) => {
      // prettier-ignore
      const {nodes, pullBack} = randomTape(rng);
      const last = nodes.length - 1;
      const adjoints = mutated ? overwriting(nodes, last) : pullBack([nodes[last]], [1]);
      return apart(adjoints.slice(0, 3), [0, 1, 2].map((i) => sumOverPaths(nodes, last, i).sum), 1e-12); // prettier-ignore
    }
  ),
  numbered(
    "count",
    "x squared L times: the paths that were walked, against 2 to the power L",
    "2L, which is the number of edges",
    (rng, mutated) => {
      // prettier-ignore
      const length = 3 + rng.integers(1, 8)[0];
      return {got: diamonds(length).paths, expected: mutated ? 2 * length : 2 ** length, within: 0};
    }
  ),
  numbered(
    "rules",
    "the slopes that + − × ÷ and tanh write on the tape, against central differences",
    "÷ without its minus",
    (rng, mutated) => {
      // prettier-ignore
      const [x, y] = [between(rng, 0.5, 2), between(rng, 0.5, 2)];
      const {field, input} = tape(reals);
      const [a, b] = [input(x), input(y)];
      const written = [field.plus(a, b), field.minus(a, b), field.times(a, b), field.over(a, b), field.map(tanh, a)];
      const slopes = written.flatMap(({edges}) => edges.map(({slope}) => slope));
      if (mutated) slopes[7] = -slopes[7];
      const functions = [(s: number, t: number) => s + t, (s: number, t: number) => s - t, (s: number, t: number) => s * t, (s: number, t: number) => s / t]; // prettier-ignore
      const numeric = functions.flatMap((f) => numericGradient(([s, t]) => f(s, t), [x, y]));
      return apart(slopes, [...numeric, ...numericGradient(([s]) => Math.tanh(s), [x])], 1e-7);
    }
  )
];

const arrays: Equation[] = [
  numbered(
    "linear",
    "X̄, W̄ and b̄ of Σ U ⊙ (XW + 1bᵀ), X 4 × 3, W 3 × 2, against central differences",
    "W̄ = XᵀȲ/B",
    (rng, mutated) => {
      // prettier-ignore
      const [x, w, b, u] = [matrix(rng, 4, 3), matrix(rng, 3, 2), randomVector(rng, 2), matrix(rng, 4, 2)];
      const f = (x: Matrix, w: Matrix, b: number[]) => inner(u, multiply(x, w).map((row) => row.map((z, j) => z + b[j]))); // prettier-ignore
      const back = linearBackward(x, w, u);
      const got = [back.x, back.w.map((row) => row.map((z) => z / (mutated ? 4 : 1))), back.b].flat(2);
      const numeric = [
        numericGradient((v) => f(rows(v, 3), w, b), x.flat()),
        numericGradient((v) => f(x, rows(v, 2), b), w.flat()),
        numericGradient((v) => f(x, w, v), b)
      ];
      return apart(got, numeric.flat(), 1e-7);
    }
  ),
  numbered("elementwise", "x̄ of Σ u ⊙ tanh x against central differences", "the slope at ȳ", (rng, mutated) => {
    const [x, u] = [randomVector(rng, 5), randomVector(rng, 5)];
    const got = x.map((xi, i) => u[i] * (1 - Math.tanh(mutated ? u[i] : xi) ** 2));
    return apart(got, numericGradient((v) => v.reduce((sum, vi, i) => sum + u[i] * Math.tanh(vi), 0), x), 1e-7); // prettier-ignore
  }),
  numbered(
    "head",
    "Z̄ of the mean cross-entropy of 3 rows of 4 logits, against central differences",
    "not divided by B",
    (rng, mutated) => {
      // prettier-ignore
      const [z, targets] = [matrix(rng, 3, 4), softmaxRows(matrix(rng, 3, 4))];
      const loss = (v: number[]) =>
        -inner(
          targets,
          softmaxRows(rows(v, 4)).map((row) => row.map(Math.log))
        ) / 3;
      const got = softmaxRows(z).flatMap((row, i) => row.map((p, k) => (p - targets[i][k]) / (mutated ? 1 : 3)));
      return apart(got, numericGradient(loss, z.flat()), 1e-7);
    }
  ),
  numbered(
    "network",
    "the four lines back through 3 → 4 → 3, 5 rows, against central differences in all 31 parameters",
    "tanh′ left out",
    (rng, mutated) => {
      // prettier-ignore
      const [x, targets] = [matrix(rng, 5, 3), softmaxRows(matrix(rng, 5, 3))];
      const unpack = (v: number[]) => ({first: rows(v.slice(0, 12), 4), firstBias: v.slice(12, 16), second: rows(v.slice(16, 28), 3), secondBias: v.slice(28)}); // prettier-ignore
      const theta = randomVector(rng, 31);
      const {gradient: g} = network(unpack(theta), x, targets);
      const first = mutated ? withoutSlope(unpack(theta), x, targets) : g.first;
      return apart([first, g.firstBias, g.second, g.secondBias].flat(2), numericGradient((v) => network(unpack(v), x, targets).loss, theta), 1e-7); // prettier-ignore
    }
  )
];

function withoutSlope(params: Parameters<typeof network>[0], x: Matrix, targets: Matrix): Matrix {
  const h = multiply(x, params.first).map((row) => row.map((a, j) => Math.tanh(a + params.firstBias[j])));
  const z = multiply(h, params.second).map((row) => row.map((a, j) => a + params.secondBias[j]));
  const dz = softmaxRows(z).map((row, i) => row.map((p, k) => (p - targets[i][k]) / x.length));
  return linearBackward(x, params.first, linearBackward(h, params.second, dz).x).w;
}

/** A random polynomial of n numbers in sums, differences and products. */
const polynomial = (seeds: number[]): Differentiable => (o, x) => [
  seeds.reduce((sum, seed, k) => {
    const [a, b] = [x[seed % x.length], x[(seed >> 8) % x.length]];
    return k % 2 ? o.minus(o.times(sum, a), b) : o.plus(sum, o.times(a, b));
  }, x[0])
]; // prettier-ignore

const costs: Equation[] = [
  numbered(
    "cost",
    "operations of the tape on a random polynomial of 6 numbers, counted, against 5 times its own and 1",
    "3 times",
    (rng, mutated) => {
      // prettier-ignore
      const f = polynomial(Array.from(rng.integers(4 + rng.integers(1, 8)[0], 2 ** 16)));
      const x = randomVector(rng, 6);
      const [plain, taped] = [counting(reals), counting(reals)];
      f(plain.field, [...x]);
      vjp(f, x, [1], taped.field);
      return {got: taped.operations(), expected: (mutated ? 3 : 5) * plain.operations() + 1, within: 0};
    }
  ),
  numbered(
    "order",
    "multiplications of a row times L − 1 matrices of n × n, counted from either end, against the two formulas",
    "n² for n³",
    (rng, mutated) => {
      // prettier-ignore
      const [n, length] = [2 + rng.integers(1, 4)[0], 4 + rng.integers(1, 3)[0]];
      const list = [matrix(rng, 1, n), ...Array.from({length: length - 1}, () => matrix(rng, n, n))];
      const counted = (a: Matrix, b: Matrix) => a.length * b.length * b[0].length;
      let [reverse, forward] = [0, 0];
      list.slice(1).reduce((a, b) => ((reverse += counted(a, b)), multiply(a, b)), list[0]);
      list.slice(0, -1).reduceRight((b, a) => ((forward += counted(a, b)), multiply(a, b)), list[length - 1]);
      const said = orderCosts(n, length);
      return apart([reverse, forward], [said.reverse, mutated ? (length - 2) * n ** 2 + n ** 2 : said.forward], 0);
    }
  ),
  numbered(
    "checkpoint",
    "the most states held in a chain of L = m² steps when every m-th is kept, counted, against 2√L − 1",
    "L",
    (rng, mutated) => {
      // prettier-ignore
      const m = 2 + rng.integers(1, 6)[0];
      const steps = Array.from({length: m * m}, () => (x: number) => Math.tanh(1.1 * x));
      const slopes = steps.map(() => (x: number) => 1.1 * (1 - Math.tanh(1.1 * x) ** 2));
      const {most, derivative} = checkpointed(steps, slopes, 0.3, m);
      const [whole] = gradient((o, [x]) => [steps.reduce((y) => o.map(tanh, o.times(o.constant(1.1), y)), x)], [0.3]);
      return {got: most + (derivative - whole), expected: mutated ? m * m : 2 * m - 1, within: 1e-12};
    }
  )
];

/** The numbered equations of the page, in its order. */
export const equations: Equation[] = [...graphs, ...arrays, ...costs];
