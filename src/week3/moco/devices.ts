import type {Rng} from "../../components/math/random.js";

/** `groups` devices, each with `group` images, one of them a query or a key. */
export interface Groups {
  group: number;
  groups: number;
}

/** Numbers of an image. */
export const inputs = 64;
const noise = 0.3;

/** Queries and keys as normalisation leaves them, (G, 64) each; row i of the keys is the positive of row i of the queries. */
export interface Pairs {
  query: Float32Array;
  key: Float32Array;
}

/**
 * One batch of pairs that have nothing in common but the images they were normalised with. Device i normalises its query
 * with n − 1 other images; these stand once more, each number with new noise of deviation 0.3, beside a key:
 *
 *   x̂ = (x − mean) / √(variance + 10⁻⁵),   number by number, over the n images of the device
 *
 * Queries, keys and the other images are independent draws from N(0, 1). Not shuffled, key i is normalised on device i.
 * Shuffled, on device σ(i), σ a random permutation. What stands on the devices then has the same law for every σ, since
 * keys are drawn alike; so, given all that is seen, each of the G keys is the right one with probability 1/G, and by
 * Gibbs's inequality the mean of −ln softmax at the right one is at least ln G, whatever scores the pairs.
 *
 * @throws RangeError for fewer than two images a device or two devices.
 */
export function pairs(rng: Rng, {group, groups}: Groups, shuffled: boolean): Pairs {
  if (!(group >= 2 && groups >= 2))
    throw new RangeError(`pairs: expected two images and two devices or more, got ${group} and ${groups}`);
  const others = rng.fork("others").normal(groups * (group - 1) * inputs);
  const again = (name: string) => {
    const added = rng.fork(name).normal(others.length, 0, noise);
    return others.map((x, at) => x + added[at]);
  };
  const home = Uint32Array.from({length: groups}, (_, i) => i);
  const order = shuffled ? rng.fork("order").permutation(groups) : home;
  const own = (name: string) => rng.fork(name).normal(groups * inputs);
  return {
    query: normalised(own("query"), again("beside queries"), home, group - 1),
    key: normalised(own("key"), again("beside keys"), order, group - 1)
  };
}

/** Each image of `own`, (G, 64), normalised with the `count` others of the device where it stands. */
function normalised(own: Float32Array, others: Float32Array, devices: Uint32Array, count: number): Float32Array {
  return own.map((x, at) => {
    const [device, axis] = [devices[Math.floor(at / inputs)], at % inputs];
    const all = [x, ...Array.from({length: count}, (_, j) => others[(device * count + j) * inputs + axis])];
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
    return (x - mean) / Math.sqrt(variance + 1e-5);
  });
}
