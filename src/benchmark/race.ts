import type {Load} from "./gpuMeter.js";
import type {Size} from "./size.js";

/** One training step, to the moment when its loss is there. */
export type Step = () => Promise<number>;
export type Make = (size: Size) => Promise<Step>;

/** What one contender was seen to do. */
export interface Contender {
  name: string;
  /** Milliseconds of the first step, which compiles its shaders, and of each round. */
  first: number;
  times: number[];
  /** What its third step asks of the GPU; null on other backends. */
  load: Load | null;
  /** The loss of the first step and of the last. */
  losses: [number, number];
  /** Why it does not run, in a clause; it has no numbers then. */
  failed: string | null;
}

interface Race {
  size: Size;
  /** How often each of them takes a step; 0 counts its commands and times nothing. */
  rounds: number;
  meter: {read(): Load} | null;
}

/** What is going on, and what is known by then. */
export type Tell = (stage: string, contenders: Contender[]) => void;

/**
 * Times contenders in turns: each takes one step a round, in the same order, so that whatever slows the machine for a while
 * slows all of them. Before that each has taken three steps, the first of which compiles.
 */
export async function race(
  makers: Record<string, Make>,
  {size, rounds, meter}: Race,
  tell: Tell
): Promise<Contender[]> {
  const contenders: (Contender & {step: Step})[] = [];
  for (const [name, make] of Object.entries(makers)) {
    tell(`first steps of ${name}`, contenders.map(plain)); // prettier-ignore
    contenders.push(await begin(name, make, size, meter));
  }
  for (let round = 1; round <= rounds; ++round) {
    for (const contender of contenders) {
      if (contender.failed !== null) continue;
      const start = performance.now();
      contender.losses[1] = await contender.step();
      contender.times.push(performance.now() - start);
    }
    tell(`round ${round} of ${rounds}`, contenders.map(plain)); // prettier-ignore
  }
  return contenders.map(plain);
}

const plain = ({step: _, ...rest}: Contender & {step: Step}): Contender => rest;

async function begin(name: string, make: Make, size: Size, meter: Race["meter"]): Promise<Contender & {step: Step}> {
  const nothing = {name, first: NaN, times: [], load: null, losses: [NaN, NaN] as [number, number]};
  try {
    const start = performance.now();
    const step = await make(size);
    const loss = await step();
    const first = performance.now() - start;
    await step();
    meter?.read();
    const last = await step();
    return {name, first, times: [], load: meter?.read() ?? null, losses: [loss, last], failed: null, step};
  } catch (error) {
    return {...nothing, failed: (error as Error).message, step: async () => NaN};
  }
}
