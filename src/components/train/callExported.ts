import * as tf from "@tensorflow/tfjs";
import {moduleName} from "./moduleName.js";

/**
 * Calls a module's exported function with plain arguments; tensors in what it returns come back as arrays with shapes.
 *
 * A synchronous function runs under `tf.tidy`. An asynchronous one cannot: it frees what it makes, except what it returns.
 *
 * @throws Error if the module exports no such function.
 */
export async function callExported(
  module: Record<string, unknown>,
  {url, name, args}: {url: string; name: string; args: unknown[]}
): Promise<unknown> {
  const f = module[name];
  if (typeof f !== "function")
    throw new Error(`call: expected a function ${name} in ${moduleName(url)}, got ${typeof f}`);
  let out: unknown;
  if (f.constructor.name === "AsyncFunction") out = await f(...args);
  // tidy would look for tensors in every element of the arrays that are returned
  else tf.tidy(() => tensorsIn((out = f(...args))));
  try {
    return await toPlain(out);
  } finally {
    tf.dispose(tensorsIn(out));
  }
}

const isNest = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !ArrayBuffer.isView(value);

function tensorsIn(value: unknown): tf.Tensor[] {
  if (value instanceof tf.Tensor) return [value];
  return isNest(value) ? Object.values(value).flatMap(tensorsIn) : [];
}

async function toPlain(value: unknown): Promise<unknown> {
  if (value instanceof tf.Tensor) return {data: (await value.data()).slice(), shape: value.shape};
  if (Array.isArray(value)) return Promise.all(value.map(toPlain));
  if (!isNest(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const fields = Object.entries(value).map(async ([name, child]) => [name, await toPlain(child)] as const);
  return Object.fromEntries(await Promise.all(fields));
}
