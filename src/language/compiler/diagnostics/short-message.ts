import type ts from "typescript";
import type { NearestOverloads } from "./nearest-overload.js";

const noOverload = 2769;
const lastOverload = 2770;
const ofIterator = 2201;
const wrongArgument = 2345;

/**
 * The message without what no reader needs: of several overloads only the one that nearly fits, and of the way through an
 * iterator's types only its end. All other chains tell which property of which property is wrong, and stay.
 */
export function shortMessage(
  message: string | ts.DiagnosticMessageChain,
  nearestOverloads: () => NearestOverloads | undefined,
): string | ts.DiagnosticMessageChain {
  if (typeof message === "string") {
    return message;
  }
  if (message.code === noOverload) {
    const nearest = nearestReason(message, nearestOverloads());
    return nearest ? { ...message, next: [withoutIterator(nearest), ...folded(message)] } : message;
  }
  return withoutIterator(message);
}

/** Of overloads that fit equally well, the compiler has looked further into what is nearer, and lists the widest last. */
function nearestReason(
  { next = [], category }: ts.DiagnosticMessageChain,
  nearest: NearestOverloads | undefined,
): ts.DiagnosticMessageChain | undefined {
  const isAllOfThem = next.length === nearest?.count;
  if (nearest && !isAllOfThem && !nearest.indices.includes(nearest.count - 1)) {
    return { messageText: nearest.reason, code: wrongArgument, category };
  }
  const listed = isAllOfThem ? next.filter((_, index) => nearest?.indices.includes(index)) : next;
  const reasons = listed.flatMap(({ next: found = [] }) => found);
  const depth = Math.max(...reasons.map(depthReached));
  return reasons.findLast((reason) => depthReached(reason) === depth);
}

/** The other overloads in one line; of more than three, the compiler tells of the last one only. */
function folded({ next = [], category, code }: ts.DiagnosticMessageChain): ts.DiagnosticMessageChain[] {
  const isLastOfMany = next.some((each) => each.code === lastOverload);
  if (next.length < 2 && !isLastOfMany) {
    return [];
  }
  const one = next.length === 2 && !isLastOfMany;
  const messageText = `(the other ${one ? "overload does" : "overloads do"} not match either)`;
  return [{ messageText, category, code }];
}

function withoutIterator(message: ts.DiagnosticMessageChain): ts.DiagnosticMessageChain {
  const way = wayDown(message);
  const end = way.at(-1);
  return end && way.some(({ code }) => code === ofIterator) ? { ...message, next: [end] } : message;
}

/** Deepest is what is said of a part of an argument; the way through an iterator's types is none. */
function depthReached(message: ts.DiagnosticMessageChain): number {
  return message.code === wrongArgument ? wayDown(withoutIterator(message)).length : Number.POSITIVE_INFINITY;
}

/** The chain from the message to its end, by the last of several reasons. */
function wayDown(message: ts.DiagnosticMessageChain): ts.DiagnosticMessageChain[] {
  const next = message.next?.at(-1);
  return [message, ...(next ? wayDown(next) : [])];
}
