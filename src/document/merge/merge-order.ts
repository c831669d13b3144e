/** An order of all keys, and that both sides have moved some, so that it is the one of ours. */
export interface MergedOrder {
  order: string[];
  isContested: boolean;
}

/** Merges the orders of two sides, each of which may have moved, added and removed keys of the base; those of both sides are kept. */
export function mergeOrder(base: string[], ours: string[], theirs: string[]): MergedOrder {
  const common = (keys: string[], other: string[]) =>
    keys.filter((key) => base.includes(key) && other.includes(key)).join("\n");
  const known = (side: string[]) => base.filter((key) => side.includes(key)).join("\n");
  const hasMoved = (side: string[]) => common(side, side) !== known(side);
  const isContested = hasMoved(ours) && hasMoved(theirs) && common(ours, theirs) !== common(theirs, ours);
  const [lead, other] = hasMoved(theirs) && !hasMoved(ours) ? [theirs, ours] : [ours, theirs];
  const order = [...lead];
  for (const [position, key] of other.entries()) {
    if (order.includes(key)) {
      continue;
    }
    const before = other.slice(0, position).findLast((each) => order.includes(each));
    let at = before === undefined ? 0 : order.indexOf(before) + 1;
    while (at < order.length && !base.includes(order[at] ?? "") && !other.includes(order[at] ?? "")) {
      at++;
    }
    order.splice(at, 0, key);
  }
  return { order, isContested };
}
