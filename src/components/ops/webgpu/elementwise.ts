import type * as tf from "@tensorflow/tfjs";
import {allocate} from "./backend.js";
import {groupsOf, lanesOf, run, vector, type Shader} from "./shader.js";

const size = 64;

type Elements = {count: number; names: string; expression: string; functions: string};

const shader: Shader<Elements> = {
  name: "elementwise",
  size,
  bindings: ({count, names}) => [
    {name: "result", type: vector(lanesOf(count)), written: true},
    ...names.split(" ").map((name) => ({name: `of_${name}`, type: vector(lanesOf(count))}))
  ],
  declarations: ({count, functions}) => `alias V = ${vector(lanesOf(count))};\n${functions}`,
  body: ({count, names, expression}) => `let at = group * ${size} + local;
  if (at >= ${count / lanesOf(count)}) { return; }
  ${names.split(" ").map((name) => `let ${name} = of_${name}[at];`).join(" ")}
  result[at] = ${expression};`
}; // prettier-ignore

/**
 * A function of one number after another, of float32 tensors of one shape.
 *
 * @param name what the shader is called.
 * @param names of the arguments, as `expression` has them.
 * @param expression WGSL in these names, each a vector of type V.
 * @param functions WGSL that the expression calls.
 * @returns what a variant returns: null for other types and for tensors without numbers.
 */
export const elementwise =
  (name: string, names: string[], expression: string, functions = "") =>
  (tensors: tf.Tensor[]): tf.Tensor | null => {
    const [{size: count, shape}] = tensors;
    if (count === 0 || tensors.some(({dtype}) => dtype !== "float32")) return null;
    const result = allocate(shape);
    const groups = groupsOf(count / lanesOf(count), size);
    run({...shader, name}, {count, names: names.join(" "), expression, functions}, [result, ...tensors], groups);
    return result;
  };
