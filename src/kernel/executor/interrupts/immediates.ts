// Node walks a list of immediates: it marks each one, calls it, and forgets its callback. A termination inside of the
// call leaves one that is marked and has its callback still. Where it stands at the head of what is left, Node's next
// walk fails at it, and so every walk after; where it was the first of all, the others are never called. Here such a
// one looks unmarked, so that Node passes it again, without a call, and comes to the others.

import { sayMissing } from "../../shared/missing-internals.js";

const callback = Symbol("_onImmediate");
const mark = Symbol("_destroyed");

interface Immediate extends NodeJS.Immediate {
  _idleNext: Immediate | null;
  _idlePrev: Immediate | null;
  [callback]: ((...args: unknown[]) => void) | null;
  [mark]: boolean;
}

const doNothing = () => {};
const createImmediate = setImmediate as unknown as (body: () => void) => Immediate;
const dropImmediate = clearImmediate as unknown as (immediate: Immediate) => void;

/** The one that is called now. */
let current: Immediate | undefined;
/** The one that a termination stops. */
let stopped: Immediate | undefined;

function link(first: Immediate, second: Immediate): void {
  first._idleNext = second;
  second._idlePrev = first;
}

/** Makes Node's count of waiting immediates one larger: one of three leaves the list without being counted. */
function addToCount(): void {
  const [first, middle, last] = [doNothing, doNothing, doNothing].map(createImmediate) as [
    Immediate,
    Immediate,
    Immediate,
  ];
  middle.unref();
  link(first, last);
  dropImmediate(first);
  dropImmediate(last);
}

const accessors: PropertyDescriptorMap & ThisType<Immediate> = {
  _onImmediate: {
    configurable: true,
    get() {
      current = this;
      return this[callback];
    },
    set(value) {
      this[callback] = value;
      if (value === null) {
        current = current === this ? undefined : current;
        stopped = stopped === this ? undefined : stopped;
      }
    },
  },
  _destroyed: {
    configurable: true,
    get() {
      return this[mark] && (this[callback] === null || this === current);
    },
    set(value) {
      if (value && this[mark]) {
        // Node has counted it before.
        this[callback] = doNothing;
        addToCount();
      }
      this[mark] = value;
    },
  },
};

/** Makes immediates, whoever asks for them, outlive a termination of one of them. */
export function installLastingImmediates(): void {
  const immediate = createImmediate(doNothing);
  dropImmediate(immediate);
  if (!["_idleNext", "_idlePrev", "_onImmediate", "_destroyed"].every((name) => name in immediate)) {
    sayMissing("immediates", "an interrupt may keep those from running that wait behind the one it stops");
    return;
  }
  Object.defineProperties(Object.getPrototypeOf(immediate), accessors);
}

/** Says that what runs now is about to be terminated. */
export function stopImmediate(): void {
  stopped = current ?? stopped;
  current = undefined;
}

/** Lets Node come to those that waited behind the one that was stopped, where it was the first. */
export function resumeImmediates(): void {
  const waiting = stopped?._idleNext;
  stopped = undefined;
  if (waiting) {
    let last = waiting;
    while (last._idleNext) {
      last = last._idleNext;
    }
    const before = createImmediate(doNothing);
    const behind = createImmediate(doNothing);
    link(before, waiting);
    link(last, behind);
  }
}
