import {scenes} from "../../src/components/data/scenes.js";

/** How fast scenes are drawn, in Node. Processor seconds leave out what else the machine does. */
export async function drawing(rounds: number): Promise<void> {
  const count = 5000;
  for (let round = 0; round < rounds; ++round) {
    const start = performance.now();
    const before = process.cpuUsage();
    scenes({seed: round, count});
    const {user, system} = process.cpuUsage(before);
    const each = [(performance.now() - start) / 1e3, (user + system) / 1e6].map((s) => Math.round(count / s));
    console.log(`scenes: ${each[0]} images a second, ${each[1]} a processor second${round ? "" : " (first round)"}`);
  }
}
