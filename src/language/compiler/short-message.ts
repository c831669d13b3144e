import type ts from "typescript-for-cells";

const noOverload = 2769;
const ofIterator = 2201;

/**
 * The message without what no reader needs: of several overloads only the one that nearly fits, and of the way through an
 * iterator's types only its end. All other chains tell which property of which property is wrong, and stay.
 */
export function shortMessage(
  message: string | ts.DiagnosticMessageChain,
): string | ts.DiagnosticMessageChain {
  if (typeof message === "string") {
    return message;
  }
  if (message.code === noOverload) {
    const reasons = (message.next ?? []).flatMap(({ next = [] }) => next);
    const depth = Math.min(...reasons.map(depthOf));
    const nearest = reasons.findLast((reason) => depthOf(reason) === depth);
    return nearest ? { ...message, next: [withoutIterator(nearest)] } : message;
  }
  return withoutIterator(message);
}

function withoutIterator(message: ts.DiagnosticMessageChain): ts.DiagnosticMessageChain {
  const way = wayDown(message);
  const end = way.at(-1);
  return end && way.some(({ code }) => code === ofIterator) ? { ...message, next: [end] } : message;
}

function depthOf(message: ts.DiagnosticMessageChain): number {
  return wayDown(message).length;
}

/** The chain from the message to its end, by the last of several reasons. */
function wayDown(message: ts.DiagnosticMessageChain): ts.DiagnosticMessageChain[] {
  const next = message.next?.at(-1);
  return [message, ...(next ? wayDown(next) : [])];
}
