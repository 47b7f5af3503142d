const claimed = new WeakSet<object>();

/**
 * The comment before which a cell displays: an edit of the page can move it to another element. The client gives a place
 * a new list of nodes for the cell that it defines there next.
 */
export function placeOf(node: Node): Node | undefined {
  const places = [...node.childNodes].filter(
    ({nodeType, nodeValue}) => nodeType === 8 && /^:[\w-]+:$/.test(nodeValue!)
  );
  const own = (places as (Node & {_nodes?: object})[]).find(({_nodes}) => _nodes && !claimed.has(_nodes));
  if (own) claimed.add(own._nodes!);
  return own;
}
