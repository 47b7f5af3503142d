import {expect, test} from "vitest";
import {adam, descend, gradientDescent, momentum, nesterov, rmsprop} from "../../src/components/math/descent.js";
import {factors} from "../../src/week1/optimizationAlgorithms/curves.js";
import {circling} from "../../src/week1/optimizationAlgorithms/circling.js";
import {raceCurves, surfaceOf} from "../../src/week1/optimizationAlgorithms/paths.js";
import {turningPath} from "../../src/week1/reddi.js";
import {numericGradient} from "../../src/components/math/finiteDifference.js";

const walk = (method: Parameters<typeof descend>[0], gradients: number[], rate: number) => {
  let k = 0;
  const path = descend(method as ReturnType<typeof gradientDescent>, () => [gradients[k++]], [1], {rate, steps: gradients.length}); // prettier-ignore
  return path.slice(1).map(([x]) => expect.closeTo(x, 12));
};

test("two steps by hand of each method", () => {
  expect([0.8, 0.9]).toEqual(walk(gradientDescent(), [2, -1], 0.1));
  expect([0.8, 0.8]).toEqual(walk(momentum({beta: 0.5}), [2, -1], 0.1)); // v: 2, then 0.5 · 2 − 1 = 0
  expect([0.7, 0.8]).toEqual(walk(nesterov({beta: 0.5}), [2, -1], 0.1)); // g + β v: 3, then −1
  const first = 1 - 0.2 / Math.sqrt(0.4); // s: 0.4, then 0.36 + 0.1
  expect([first, first + 0.1 / Math.sqrt(0.46)]).toEqual(walk(rmsprop({epsilon: 0}), [2, -1], 0.1));
  // m: 1, 0; v: 1, 1; corrections 0.5 and 0.25, so the second step is 0
  expect([0.9, 0.9]).toEqual(walk(adam({beta1: 0.5, beta2: 0.75, epsilon: 0}), [2, -1], 0.1));
});

test("the factors of theory are those of the literature and are measured within 1 %, at κ = 10 and 100", () => {
  const golden = {10: [0.818182, 0.519494], 100: [0.980198, 0.818182]};
  for (const [kappa, expected] of Object.entries(golden)) {
    const found = factors(Number(kappa), 120);
    expect(found.slice(0, 2).map(({factor}) => factor)).toEqual(expected.map((x) => expect.closeTo(x, 6)));
    for (const {factor, measured} of found) expect(Math.abs(measured / factor - 1)).toBeLessThan(0.01);
  }
  const [gd, ball] = factors(10, 120);
  expect([gd.rate, ball.rate, ball.beta]).toEqual([0.181818, 0.230886, 0.269874].map((x) => expect.closeTo(x, 6)));
});

test("the tuned ball circles on the function of Lessard, Recht and Packard, Nesterov's method does not", () => {
  const {ball, nesterov} = circling(600);
  expect(ball).toEqual(circling(603).ball.map((x) => expect.closeTo(x, 9))); // a cycle of three
  expect(Math.max(...ball)).toBeGreaterThan(2);
  expect(Math.max(...nesterov)).toBeLessThan(1e-12);
});

test("on the turning gradients Adam ends at the worst point, AMSGrad and a long memory do not", () => {
  const asked = {rate: 0.1, steps: 3000};
  expect(turningPath(3, {...asked, beta2: 0.1}).at(-1)).toBe(1);
  expect(turningPath(3, {...asked, beta2: 0.1, largest: true}).at(-1)).toBeLessThan(-0.9);
  expect(turningPath(3, {...asked, beta2: 0.999}).at(-1)).toBeLessThan(-0.9);
});

test("each surface has the gradient of its value, also turned, and level lines at one height", () => {
  const views = [{kappa: 7, angle: 0}, {kappa: 30, angle: 25}]; // prettier-ignore
  for (const name of ["bowl", "Rosenbrock", "saddle"] as const)
    for (const view of views) {
      const {value, gradient, levels} = surfaceOf(name, view);
      for (const x of [
        [0.3, -0.7],
        [-1.2, 1.1]
      ])
        // prettier-ignore
        expect(gradient(x)).toEqual(numericGradient(value, x).map((g) => expect.closeTo(g, 6)));
      for (const line of levels) {
        const heights = line.map(value);
        expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(1e-9 * (1 + Math.abs(heights[0])));
      }
    }
});

test("on the bowl the curve of gradient descent never rises above its theory line", () => {
  const curves = raceCurves("bowl", [-2.2, 1], {kappa: 20, angle: 30, factor: 0, steps: 100});
  const [measured, theory] = ["GD", "GD"].map((name, i) => curves.filter((curve) => curve.name === name)[i].points);
  measured.forEach(([, y], k) => expect(y).toBeLessThanOrEqual(theory[k][1] * (1 + 1e-9)));
  expect(curves.filter(({dashed}) => dashed)).toHaveLength(3);
});
