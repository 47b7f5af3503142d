import * as tf from "@tensorflow/tfjs";

/** What has befallen a device. */
interface Health {
  /** Why it was lost, in the browser's words; null while it is there. */
  lost: string | null;
  whenLost: Promise<unknown>;
  /** The first of its errors that says that there is too little memory, or that a buffer is too large for it. */
  shortage: string | null;
}

const devices = new WeakMap<GPUDevice, Health>();

const shortages =
  /out of memory|exceeds the max buffer size|larger than the maximum .*binding size|too large for the implementation/i;

/** Notes from here on what befalls a device. WebGPU tells of a command that failed later, and not where it was given. */
export function attend(device: GPUDevice): void {
  const health: Health = {lost: null, whenLost: device.lost, shortage: null};
  health.whenLost = device.lost.then(({reason, message}) => (health.lost = message.trim() || reason || "unknown"));
  device.addEventListener("uncapturederror", ({error}) => {
    if (error instanceof GPUOutOfMemoryError || shortages.test(error.message)) health.shortage ??= error.message;
  });
  devices.set(device, health);
}

const healthOf = (): Health | undefined => {
  const {webgpu} = tf.engine().registry as unknown as Record<string, {device: GPUDevice} | undefined>;
  return webgpu && devices.get(webgpu.device);
};

/** Why the device of the WebGPU backend was lost; null if it is there, or if there is none. */
export const lossOfDevice = (): string | null => healthOf()?.lost ?? null;

/** The same, a moment later: what waited for the device may be told of its loss before its owner is. */
export async function lossSoon(patience = 250): Promise<string | null> {
  const health = healthOf();
  if (!health) return null;
  await Promise.race([health.whenLost, new Promise((resolve) => setTimeout(resolve, patience))]);
  return health.lost;
}

/** Whether the device has run out of memory since `forgetShortage`. */
export const shortOfMemory = (): boolean => healthOf()?.shortage != null;

/** What was too large before is not what comes now. */
export function forgetShortage(): void {
  const health = healthOf();
  if (health) health.shortage = null;
}
