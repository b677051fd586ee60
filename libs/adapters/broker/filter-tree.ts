// Who listens to a topic: subscriptions by filter, found without looking at those that do not match (MQTT 3.1.1 §4.7).
import type { QoS } from '#domain/intake';

/** Of several subscriptions of one listener the highest quality of service counts (MQTT-3.3.5-1). */
export interface Audience<L> extends Iterable<readonly [L, QoS]> {
  has(listener: L): boolean;
}

const mostFound = 10_000;

/** Who alone listens to something: as every device does to each of its topics, so it is small. */
class Sole<L> implements Audience<L> {
  constructor(
    readonly listener: L,
    readonly qos: QoS,
  ) {}

  has(listener: L): boolean {
    return this.listener === listener;
  }

  *[Symbol.iterator](): Generator<readonly [L, QoS]> {
    yield [this.listener, this.qos];
  }
}

interface Level<L> {
  readonly below: Map<string, Level<L>>;
  /** Of the filter that ends here. */
  readonly listeners: Map<L, QoS>;
}

/**
 * Filters without wildcards stand in one map, since nearly all are of that kind (a device listens to its own topics);
 * only the others stand in a tree of levels. So while nobody listens with wildcards, a topic costs one look.
 */
export class FilterTree<L> {
  /** Rises with every change: what was found before may be another now. */
  version = 0;
  /** What was found since the last change: devices say the same topics again and again. */
  private readonly found = new Map<string, Audience<L> | null>();
  private readonly exact = new Map<string, Sole<L> | Map<L, QoS>>();
  private readonly root: Level<L> = emptyLevel();

  set(filter: string, listener: L, qos: QoS): void {
    this.change();
    if (hasWildcards(filter)) return void this.place(filter.split('/')).listeners.set(listener, qos);
    const known = this.exact.get(filter);
    if (known instanceof Map) known.set(listener, qos);
    else if (!known || known.has(listener)) this.exact.set(filter, new Sole(listener, qos));
    else this.exact.set(filter, new Map(known).set(listener, qos));
  }

  delete(filter: string, listener: L): void {
    this.change();
    if (hasWildcards(filter)) return void prune(this.root, filter.split('/'), listener);
    const known = this.exact.get(filter);
    if (known instanceof Map) known.delete(listener);
    if (known instanceof Map ? known.size === 0 : known?.has(listener)) this.exact.delete(filter);
  }

  /** Null when there is nobody. */
  match(topic: string): Audience<L> | null {
    if (this.root.below.size === 0) return this.exact.get(topic) ?? null;
    const known = this.found.get(topic);
    if (known !== undefined) return known;
    const audience = this.search(topic);
    if (this.found.size >= mostFound) this.found.clear();
    this.found.set(topic, audience);
    return audience;
  }

  private search(topic: string): Audience<L> | null {
    const found = new Map<L, QoS>();
    collect(this.root, topic.split('/'), 0, found);
    const exact = this.exact.get(topic);
    if (found.size === 0) return exact ?? null;
    if (exact) join(exact, found);
    return found;
  }

  private change(): void {
    this.version += 1;
    this.found.clear();
  }

  private place(levels: readonly string[]): Level<L> {
    let at = this.root;
    for (const name of levels) {
      const next = at.below.get(name) ?? emptyLevel<L>();
      at.below.set(name, next);
      at = next;
    }
    return at;
  }
}

function emptyLevel<L>(): Level<L> {
  return { below: new Map(), listeners: new Map() };
}

function hasWildcards(filter: string): boolean {
  return filter.includes('+') || filter.includes('#');
}

function collect<L>(level: Level<L>, topic: readonly string[], depth: number, found: Map<L, QoS>): void {
  const name = topic[depth];
  // MQTT-4.7.2-1: wildcards at the beginning do not reach what starts with a dollar.
  const isOpen = depth > 0 || !name?.startsWith('$');
  // MQTT-4.7.1-2: `sport/#` is `sport` too.
  const rest = isOpen ? level.below.get('#') : undefined;
  if (rest) join(rest.listeners, found);
  if (name === undefined) {
    join(level.listeners, found);
    return;
  }
  const named = level.below.get(name);
  if (named) collect(named, topic, depth + 1, found);
  const any = isOpen ? level.below.get('+') : undefined;
  if (any) collect(any, topic, depth + 1, found);
}

function join<L>(listeners: Audience<L>, found: Map<L, QoS>): void {
  for (const [listener, qos] of listeners) if (qos >= (found.get(listener) ?? 0)) found.set(listener, qos);
}

/** @returns whether nothing is left at this level. */
function prune<L>(level: Level<L>, [name, ...rest]: readonly string[], listener: L): boolean {
  if (name === undefined) level.listeners.delete(listener);
  else {
    const below = level.below.get(name);
    if (below && prune(below, rest, listener)) level.below.delete(name);
  }
  return level.below.size === 0 && level.listeners.size === 0;
}
