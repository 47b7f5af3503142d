import type * as tf from "@tensorflow/tfjs";

/** Parameters, statistics, moments: plain nested objects whose leaves are tensors. A leaf's path is its dotted name. */
export interface Tree {
  [name: string]: tf.Tensor | Tree;
}

const isLeaf = (node: tf.Tensor | Tree): node is tf.Tensor => "dataId" in node && "shape" in node;

/** The leaves with their dotted paths, in order of insertion: the state dict. */
export function entries(tree: Tree, prefix = ""): [path: string, leaf: tf.Tensor][] {
  return Object.entries(tree).flatMap(([name, node]) =>
    isLeaf(node) ? [[prefix + name, node] as [string, tf.Tensor]] : entries(node, `${prefix}${name}.`)
  );
}

/** The leaves, in the order of `entries`. */
export const leaves = (tree: Tree): tf.Tensor[] => entries(tree).map(([, leaf]) => leaf);

/** The tree whose `entries` are the given ones. A name that holds a dot becomes nested objects. */
export function fromEntries(list: Iterable<[path: string, leaf: tf.Tensor]>): Tree {
  const tree: Tree = {};
  for (const [path, leaf] of list) {
    const names = path.split(".");
    const last = names.pop()!;
    let node = tree;
    for (const name of names) node = (node[name] ??= {}) as Tree;
    node[last] = leaf;
  }
  return tree;
}

/**
 * A tree of the same form whose leaf at each path is f(leaf of the first, leaves of the others …, path).
 *
 * @throws Error if another tree lacks a leaf of the first.
 */
export function map<T extends Tree>(
  f: (leaf: tf.Tensor, ...others: tf.Tensor[]) => tf.Tensor,
  tree: T,
  ...others: Tree[]
): T {
  return mapAt((_, ...args) => f(...(args as [tf.Tensor])), tree, ...others);
}

/** `map` for functions that also want the leaf's path, first. */
export function mapAt<T extends Tree>(
  f: (path: string, leaf: tf.Tensor, ...others: tf.Tensor[]) => tf.Tensor,
  tree: T,
  ...others: Tree[]
): T {
  const walk = (node: Tree, rest: Tree[], prefix: string): Tree =>
    Object.fromEntries(
      Object.entries(node).map(([name, child]) => {
        const beside = rest.map((other, i) => {
          if (!(name in other)) throw new Error(`map: tree ${i + 2} has no ${prefix}${name}`);
          return other[name];
        });
        return [
          name,
          isLeaf(child)
            ? f(prefix + name, child, ...(beside as tf.Tensor[]))
            : walk(child, beside as Tree[], `${prefix}${name}.`)
        ];
      })
    );
  return walk(tree, others, "") as T;
}

/** A tree of the form of `like` with other leaves, given in the order of `leaves(like)`. */
export function unflatten<T extends Tree>(like: T, list: tf.Tensor[]): T {
  const queue = [...list];
  if (queue.length !== leaves(like).length)
    throw new Error(`unflatten: expected ${leaves(like).length} leaves, got ${queue.length}`);
  return map(() => queue.shift()!, like);
}

/** The number of scalars in a tree. */
export const size = (tree: Tree): number => leaves(tree).reduce((sum, leaf) => sum + leaf.size, 0);
