import * as tf from "@tensorflow/tfjs";
import {adapterName, isSoftware} from "../backendChoice.js";
import {attend} from "./health.js";

/** What is asked of an adapter that has it. `shader-f16` is not: nothing here computes in half precision. */
const features = ["timestamp-query", "bgra8unorm-storage", "subgroups"] as const;

const limits = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupSizeX",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupsPerDimension"
] as const;

/** What to ask of an adapter: of our features those it has, of the limits that matter to kernels all it can give. */
export function descriptorFor(adapter: Pick<GPUAdapter, "features" | "limits">): GPUDeviceDescriptor & {
  requiredFeatures: GPUFeatureName[];
} {
  return {
    requiredFeatures: features.filter((feature) => adapter.features.has(feature)) as GPUFeatureName[],
    requiredLimits: Object.fromEntries(limits.map((limit) => [limit, adapter.limits[limit]]))
  };
}

const adapters = new WeakMap<GPUDevice, {name: string; software: boolean}>();

/** What is behind a device that `registerOwnDevice` asked for. */
export const adapterOf = (device: GPUDevice): {name: string; software: boolean} | undefined => adapters.get(device);

/**
 * Puts in the place of tfjs's WebGPU backend one of the same class on a device of our own, which is asked for when the
 * backend starts. Without effect once it has started.
 */
export async function registerOwnDevice(): Promise<void> {
  if (!("webgpu" in tf.engine().registry)) await renewDevice();
}

/** The same where a backend runs already: it is taken away with all its tensors, and the next start asks for a new device. */
export async function renewDevice(): Promise<void> {
  const {WebGPUBackend} = await import("@tensorflow/tfjs-backend-webgpu");
  if (tf.findBackendFactory("webgpu")) tf.removeBackend("webgpu");
  tf.registerBackend(
    "webgpu",
    async () => {
      const adapter = await navigator.gpu.requestAdapter({powerPreference: "high-performance"});
      if (!adapter) throw new Error("registerOwnDevice: expected an adapter, got none");
      const device = await adapter.requestDevice(descriptorFor(adapter));
      attend(device);
      adapters.set(device, {name: adapterName(adapter), software: isSoftware(adapter)});
      return new WebGPUBackend(device, adapter.info);
    },
    3 // tfjs's own priority for it
  );
}
