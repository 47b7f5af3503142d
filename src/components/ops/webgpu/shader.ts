import type * as tf from "@tensorflow/tfjs";
import {device, record, rehearsed, rehearses} from "./backend.js";

/** What can stand in a shader's text: sizes and choices, which decide it altogether. */
export type Parameters = Record<string, number | boolean | string | number[]>;

/**
 * A compute shader as a function of its parameters. Sizes are constants of its text: the compiler unrolls and divides by
 * them, and a dispatch needs no uniform buffer.
 */
export interface Shader<P extends Parameters> {
  name: string;
  /** Bindings in the order of the tensors it is given, what it writes first. */
  bindings: (parameters: P) => Binding[];
  /** WGSL outside `main`. */
  declarations?: (parameters: P) => string;
  /**
   * The body of `main`; it knows `group`, the workgroup's number, and `local`, the invocation's number in it. Each of
   * `groups` workgroups has `size` invocations.
   */
  body: (parameters: P) => string;
  size: number;
}

/** A buffer in a shader: its name, its elements' type, and whether it is written. */
export interface Binding {
  name: string;
  type: string;
  written?: boolean;
}

const most = 65_535; // workgroups along one axis that every device grants

/** So many workgroups, in two axes where one is too short. */
export function spread(groups: number): [number, number] {
  if (groups <= most) return [groups, 1];
  const rows = Math.ceil(groups / most);
  return [Math.ceil(groups / rows), rows];
}

/** The whole text of a shader. */
export function textOf<P extends Parameters>(shader: Shader<P>, parameters: P, groups: number): string {
  const bindings = shader
    .bindings(parameters)
    .map(
      ({name, type, written}, i) =>
        `@group(0) @binding(${i}) var<storage, ${written ? "read_write" : "read"}> ${name}: array<${type}>;`
    );
  const [columns, rows] = spread(groups);
  // The spread may have a few groups too many; all invocations of one leave together, so barriers stay uniform.
  return `${bindings.join("\n")}
${shader.declarations?.(parameters) ?? ""}
@compute @workgroup_size(${shader.size})
fn main(@builtin(workgroup_id) place: vec3u, @builtin(local_invocation_index) within: u32) {
  let group = i32(place.x + place.y * ${columns}u);
  ${columns * rows > groups ? `if (group >= ${groups}) { return; }` : ""}
  let local = i32(within);
  ${shader.body(parameters)}
}`;
}

/** The pipelines of a device by their shaders, and those that are still being compiled. */
interface Compiled {
  ready: Map<string, GPUComputePipeline>;
  coming: Map<string, Promise<unknown>>;
}

const pipelines = new WeakMap<GPUDevice, Compiled>();

function compiled(): Compiled {
  const own = pipelines.get(device()) ?? {ready: new Map(), coming: new Map()};
  pipelines.set(device(), own);
  return own;
}

/** Our own pipelines that are still being compiled. */
export const coming = (): Promise<unknown>[] => [...compiled().coming.values()];

const keyOf = <P extends Parameters>({name}: Shader<P>, parameters: P, groups: number) =>
  `${name} ${groups} ${JSON.stringify(parameters)}`;

function descriptorOf<P extends Parameters>(shader: Shader<P>, parameters: P, groups: number) {
  const module = device().createShaderModule({code: textOf(shader, parameters, groups), label: shader.name});
  return {layout: "auto" as const, compute: {module}, label: shader.name};
}

function pipelineOf<P extends Parameters>(shader: Shader<P>, parameters: P, groups: number): GPUComputePipeline {
  const {ready} = compiled();
  const key = keyOf(shader, parameters, groups);
  const found = ready.get(key);
  if (found) return found;
  const made = device().createComputePipeline(descriptorOf(shader, parameters, groups));
  ready.set(key, made);
  return made;
}

/** Has a pipeline compiled beside what else goes on. */
function request<P extends Parameters>(shader: Shader<P>, parameters: P, groups: number): void {
  const {ready, coming} = compiled();
  const key = keyOf(shader, parameters, groups);
  if (ready.has(key) || coming.has(key)) return;
  const made = device().createComputePipelineAsync(descriptorOf(shader, parameters, groups));
  coming.set(
    key,
    made.then((pipeline) => ready.set(key, pipeline)).finally(() => coming.delete(key))
  );
}

let listening: string[] | null = null;

/** The texts of all shaders of ours that a function would run; it runs none. */
export function textsOf(f: () => void): string[] {
  const texts: string[] = (listening = []);
  try {
    rehearsed(f);
  } finally {
    listening = null;
  }
  return texts;
}

/** Runs a shader with so many workgroups; `tensors` stand in the order of its bindings. */
export function run<P extends Parameters>(
  shader: Shader<P>,
  parameters: P,
  tensors: tf.Tensor[],
  groups: number
): void {
  if (listening) listening.push(textOf(shader, parameters, groups));
  else if (rehearses()) request(shader, parameters, groups);
  else record(pipelineOf(shader, parameters, groups), tensors, spread(groups));
}

/** The number of groups of `size` that hold `count`. */
export const groupsOf = (count: number, size: number): number => Math.ceil(count / size);

/** The type of `lanes` neighbouring numbers, 1 or 4. */
export const vector = (lanes: number): string => (lanes === 4 ? "vec4f" : "f32");

/** How many neighbouring numbers go together where each of these sizes counts them: 4, or 1 where one is no multiple. */
export const lanesOf = (...sizes: number[]): 1 | 4 => (sizes.every((size) => size % 4 === 0) ? 4 : 1);

/** Text for i = 0 … count − 1, one after another. */
export const repeat = (count: number, text: (i: number) => string): string =>
  Array.from({length: count}, (_, i) => text(i)).join(" ");
