import type {Products} from "../../src/components/evaluate/products.js";
import type {Rows} from "../../src/components/evaluate/rows.js";
import {graphBuilder, type Graph} from "../native/onnx/graph.js";
import {nativeTensor, openSession} from "../native/session.js";

/**
 * Matrix products by onnxruntime, in float32: two graphs of one node, for matrices of every size.
 *
 * @param threads one a core unless told.
 */
export async function nativeProducts(threads?: number): Promise<Products & {release(): Promise<void>}> {
  const [rows, columns] = await Promise.all(
    ["transB", "transA"].map((which) => openSession(product({[which]: 1}), {threads}))
  );
  const run = async (session: typeof rows, a: Rows, b: Rows): Promise<Rows> => {
    const {c} = await session.run({a: tensor(a), b: tensor(b)});
    return {data: c.data as Float32Array, shape: c.dims};
  };
  return {
    ofRows: (a, b) => run(rows, a, b),
    ofColumns: (a, b) => run(columns, a, b),
    release: async () => void (await Promise.all([rows.release(), columns.release()]))
  };
}

/** C = A B with one of them transposed, all axes free. */
function product(attributes: Record<string, number>): Graph {
  const builder = graphBuilder();
  const [a, b] = ["a", "b"].map((name) => builder.input(name, "float32", [1, 1]));
  builder.output("c", builder.node("Gemm", [a, b], attributes), "float32", [1, 1]);
  const graph = builder.finish();
  const free = (ports: Graph["inputs"]) => ports.map((port) => ({...port, axes: [`${port.name}0`, `${port.name}1`]}));
  return {...graph, inputs: free(graph.inputs), outputs: free(graph.outputs)};
}

const tensor = ({data, shape}: Rows) =>
  nativeTensor({data: data instanceof Float32Array ? data : new Float32Array(data), shape: [...shape]});
