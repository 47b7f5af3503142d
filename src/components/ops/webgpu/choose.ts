import * as tf from "@tensorflow/tfjs";
import {createStore, get, set, type UseStore} from "idb-keyval";
import {autotune, contests, type Memory} from "./autotune.js";
import {device, fits} from "./backend.js";
import {compete, timeOf} from "./contests.js";
import {adapterOf} from "./ownDevice.js";
import {textsOf} from "./shader.js";
import {useVariants, variants, type Choices} from "./variants.js";

/** The browser's memory of choices, in a database of its own. */
export function browserMemory(): Memory {
  let opened: UseStore | null = null;
  const store = () => (opened ??= createStore("deep-learning-mastery-kernels", "choices"));
  return {
    get: async (key) => get<Choices>(key, store()),
    set: async (key, choices) => set(key, choices, store())
  };
}

const asked = new WeakSet<GPUDevice>();

/**
 * Has the current device compute its products in the ways that suit it. At an adapter's first use this times the candidates
 * within two seconds; after that it is remembered, until a kernel changes. Without effect on other backends.
 *
 * @param tell told how much of the timing is done, where there is any.
 */
export async function chooseVariants(tell: (fraction: number) => void, memory = browserMemory()): Promise<void> {
  if (tf.getBackend() !== "webgpu" || !fits() || asked.has(device())) return;
  asked.add(device());
  const adapter = adapterOf(device());
  if (!adapter) return; // a device that somebody else made
  const {name, software} = adapter;
  const key = software ? name : `${name}, ${await digest(candidates())}`;
  useVariants(await autotune({software, key}, {time: timeOf, memory, tell}));
}

/** The text of all candidates. */
const candidates = () =>
  textsOf(() => {
    for (const contest of contests) for (const variant of variants) compete(contest, variant);
  }).join("\n");

async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash).subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
