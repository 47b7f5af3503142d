import * as tf from "@tensorflow/tfjs";
import {entries, leaves, unflatten, type Tree} from "./tree.js";

/** x as a constant: its gradient is zero by construction, because no path of the tape leads through it. */
export const stopGradient = <T extends tf.Tensor>(x: T): T =>
  tf.customGrad((y) => ({value: tf.clone(y as tf.Tensor), gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy)}))(x) as T;

/** What `f` returns beside the loss: a tensor, or nested objects and arrays of tensors and plain values. */
export type Auxiliary = unknown;

/**
 * Reverse-mode differentiation: p ↦ (f(p), ∂f/∂p, whatever else f computed).
 *
 * @param f a scalar loss of a tree of parameters, with auxiliary outputs (running statistics, logits) beside it.
 * @returns a function of the tree that returns the loss, the gradient as a tree of the same form, and the auxiliary outputs.
 * @throws Error that names every parameter the loss does not depend on.
 */
export function valueAndGrad<P extends Tree, A extends Auxiliary>(
  f: (params: P) => [loss: tf.Scalar, aux: A]
): (params: P) => [loss: tf.Scalar, grads: P, aux: A] {
  return (params) => {
    let aux!: A;
    const kept: tf.Tensor[] = [];
    const forward = () => {
      const [loss, rest] = f(params);
      aux = rest;
      // The engine frees what this scope made once the gradients are there; auxiliary outputs must outlive that. A tensor
      // from outside passes through as itself: it belongs to whoever made it.
      const made = new Set(tf.engine().state.activeScope.track);
      for (const t of tensorsIn(rest)) if (made.has(t) && !kept.includes(t)) kept.push(tf.keep(t));
      return loss;
    };
    try {
      const {value, grads} = tf.engine().gradients(forward, leaves(params), undefined, true);
      const unused = entries(params).filter((_, i) => grads[i] == null);
      if (unused.length) {
        tf.dispose([value, ...grads.filter((g) => g != null)]);
        throw new Error(`valueAndGrad: the loss does not depend on ${unused.map(([path]) => path).join(", ")}`);
      }
      const copies = new Map(kept.map((t) => [t, tf.clone(t)])); // clones belong to the caller's scope
      return [(copies.get(value) ?? value) as tf.Scalar, unflatten(params, grads), replace(aux, copies) as A];
    } catch (error) {
      freeTape();
      throw error;
    } finally {
      kept.forEach((t) => t.dispose());
    }
  };
}

/** After an error the engine leaves what it had saved for the backward pass. */
function freeTape(): void {
  const {state} = tf.engine();
  if (state.gradientDepth === 0) state.activeTape?.forEach(({saved}) => saved?.forEach((t) => t.dispose()));
}

const isTensor = (node: unknown): node is tf.Tensor => node instanceof tf.Tensor;
const isNest = (node: unknown): node is Record<string, unknown> => typeof node === "object" && node !== null;

function tensorsIn(node: unknown): tf.Tensor[] {
  if (isTensor(node)) return [node];
  return isNest(node) ? Object.values(node).flatMap(tensorsIn) : [];
}

function replace(node: unknown, copies: Map<tf.Tensor, tf.Tensor>): unknown {
  if (isTensor(node)) return copies.get(node) ?? node;
  if (Array.isArray(node)) return node.map((child) => replace(child, copies));
  if (!isNest(node)) return node;
  return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, replace(child, copies)]));
}
