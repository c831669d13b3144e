import type ts from "typescript-for-cells";

const noOverload = 2769;
const lastOverload = 2770;
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
    return nearest ? { ...message, next: [withoutIterator(nearest), ...folded(message)] } : message;
  }
  return withoutIterator(message);
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

function depthOf(message: ts.DiagnosticMessageChain): number {
  return wayDown(message).length;
}

/** The chain from the message to its end, by the last of several reasons. */
function wayDown(message: ts.DiagnosticMessageChain): ts.DiagnosticMessageChain[] {
  const next = message.next?.at(-1);
  return [message, ...(next ? wayDown(next) : [])];
}
