/** Throws a TypeError for anything but an integer, a RangeError for one below 1. */
export function positiveInteger(option: string, value: unknown): number {
  return integer(option, value, 1);
}

function integer(option: string, value: unknown, smallest: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= smallest) {
    return value;
  }
  const complaint = `Expected \`${option}\` to be an integer of at least ${smallest}, got \`${shown(value)}\``;
  throw Number.isInteger(value) ? new RangeError(complaint) : new TypeError(complaint);
}

/** Throws a TypeError for anything but an integer, a RangeError for one below 0. */
export function count(option: string, value: unknown): number {
  return integer(option, value, 0);
}

export function checkFunction(option: string, value: unknown): void {
  if (typeof value === "function") {
    return;
  }
  throw new TypeError(`Expected \`${option}\` to be a function, got \`${shown(value)}\``);
}

export function checkSignal(value: unknown): void {
  if (value === undefined || value instanceof AbortSignal) {
    return;
  }
  throw new TypeError(`Expected \`signal\` to be an AbortSignal, got \`${shown(value)}\``);
}

export function checkArray(option: string, value: unknown): void {
  if (Array.isArray(value)) {
    return;
  }
  throw new TypeError(
    `Expected \`${option}\` to be an array, even for one argument, got \`${shown(value)}\``,
  );
}

/** Throws a TypeError for anything but an object, or for an option that is not known and would do nothing. */
export function checkOptions(options: unknown, known: object): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`Expected the options to be an object, got \`${shown(options)}\``);
  }
  for (const name in options) {
    if (!Object.hasOwn(known, name)) {
      throw new TypeError(`Unknown option \`${name}\`; there are ${Object.keys(known).join(", ")}`);
    }
  }
}

export function shown(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value);
  }
  return typeof value === "object" && value !== null ? Object.prototype.toString.call(value) : String(value);
}
