import type {Attribute, Elements, ElementType, Graph, Node, Port} from "./graph.js";
import {message, type Message} from "./protobuf.js";

/** Numbers of onnx.proto: TensorProto.DataType and AttributeProto.AttributeType. */
export const elementTypes: Record<ElementType, number> = {float32: 1, int32: 6, int64: 7, bool: 9};
const attributeTypes = {float: 1, int: 2, string: 3, ints: 7};

const irVersion = 8;
const operatorSets = {"": 17, "com.microsoft": 1, "com.microsoft.nchwc": 1};

/** The bytes of an ONNX model of the graph: what onnxruntime reads. Only the operator sets in use are named. */
export function encodeModel(graph: Graph): Uint8Array {
  const used = new Set(["", ...graph.nodes.map(({domain}) => domain)]);
  const model = message().int(1, irVersion).text(2, "deep-learning-mastery");
  for (const [domain, version] of Object.entries(operatorSets))
    if (used.has(domain)) model.message(8, message().text(1, domain).int(2, version));
  return model.message(7, encodeGraph(graph)).encode();
}

function encodeGraph({inputs, outputs, constants, nodes}: Graph): Message {
  const graph = message();
  nodes.forEach((node, i) => graph.message(1, encodeNode(node, `${node.operator}_${i}`)));
  graph.text(2, "step");
  for (const {name, type, shape, data} of constants) {
    const tensor = message();
    for (const size of shape) tensor.int(1, size);
    graph.message(5, tensor.int(2, elementTypes[type]).text(8, name).bytes(9, bytesOf(data)));
  }
  for (const port of inputs) graph.message(11, encodePort(port));
  for (const port of outputs) graph.message(12, encodePort(port));
  return graph;
}

function encodeNode({operator, domain, inputs, outputs, attributes}: Node, name: string): Message {
  const node = message();
  for (const input of inputs) node.text(1, input);
  for (const output of outputs) node.text(2, output);
  node.text(3, name).text(4, operator);
  for (const [key, value] of Object.entries(attributes)) node.message(5, encodeAttribute(key, value));
  return domain ? node.text(7, domain) : node;
}

function encodeAttribute(name: string, value: Attribute): Message {
  const attribute = message().text(1, name);
  if (typeof value === "number") return attribute.int(3, value).int(20, attributeTypes.int);
  if (typeof value === "string") return attribute.text(4, value).int(20, attributeTypes.string);
  if (!Array.isArray(value)) return attribute.float(2, value.float).int(20, attributeTypes.float);
  for (const entry of value) attribute.int(8, entry);
  return attribute.int(20, attributeTypes.ints);
}

function encodePort({name, type, shape, axes}: Port): Message {
  const sizes = message();
  shape.forEach((size, i) => {
    const free = axes?.[i];
    sizes.message(1, free ? message().text(2, free) : message().int(1, size));
  });
  const tensor = message().int(1, elementTypes[type]).message(2, sizes);
  return message().text(1, name).message(2, message().message(1, tensor));
}

const bytesOf = (data: Elements) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
