// Finds circles in a graph of imports.

/** One edge of the graph, from file to file. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly line: number;
}

/** A circle as the nodes on it, the first again at the end, and the edge that closes it. */
export interface Circle<E extends Edge> {
  readonly way: readonly string[];
  readonly closedBy: E;
}

/** At least one circle of every knot: walks the graph once and reports each edge that leads back onto the way. */
export function findCircles<E extends Edge>(edges: Iterable<E>): Circle<E>[] {
  const outgoing = new Map<string, E[]>();
  for (const edge of edges) outgoing.set(edge.from, [...(outgoing.get(edge.from) ?? []), edge]);
  const way: string[] = [];
  const seen = new Set<string>();
  const circles: Circle<E>[] = [];
  const walk = (node: string): void => {
    seen.add(node);
    way.push(node);
    for (const edge of outgoing.get(node) ?? []) {
      const start = way.indexOf(edge.to);
      if (start >= 0) circles.push({ way: [...way.slice(start), edge.to], closedBy: edge });
      else if (!seen.has(edge.to)) walk(edge.to);
    }
    way.pop();
  };
  for (const node of outgoing.keys()) if (!seen.has(node)) walk(node);
  return circles;
}
