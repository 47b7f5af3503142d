export {median} from "../../src/benchmark/arithmetic.js";

/** Runs every contender once a round, in turn, after one round that does not count: milliseconds by name. */
export function interleaved(contenders: Record<string, () => void>, rounds: number): Record<string, number[]> {
  const times: Record<string, number[]> = {};
  for (let round = -1; round < rounds; ++round)
    for (const [name, run] of Object.entries(contenders)) {
      const start = performance.now();
      run();
      if (round >= 0) (times[name] ??= []).push(performance.now() - start);
    }
  return times;
}
