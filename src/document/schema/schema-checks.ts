export type Path = (string | number)[];
/** `author` keeps no reader from reading, but only the author knows what belongs there. */
export type Remedy = "add" | "remove" | "replace" | "author";

export type Check = (value: unknown, place: Path, report: Report) => void;
export type Report = (place: Path, message: string, remedy?: Remedy) => void;
export type Fields = Record<string, Check>;

export const string: Check = (value, place, report) => {
  if (typeof value !== "string") {
    report(place, `expected a string, got ${show(value)}`);
  }
};

/** Null is no better than nothing, which readers do without. */
export const nullableString: Check = (value, place, report) =>
  value === null ? report(place, "expected a string, got `null`", "author") : string(value, place, report);

export const boolean: Check = (value, place, report) => {
  if (typeof value !== "boolean") {
    report(place, `expected true or false, got ${show(value)}`);
  }
};

export const anything: Check = () => {};

export const anyObject: Check = (value, place, report) => {
  if (!isObject(value)) {
    report(place, `expected an object, got ${show(value)}`);
  }
};

export const multiline: Check = (value, place, report) => {
  const isText =
    typeof value === "string" || (Array.isArray(value) && value.every((line) => typeof line === "string"));
  if (!isText) {
    report(place, `expected a string or a list of strings, got ${show(value)}`);
  }
};

export function integer(least: number, most = Number.POSITIVE_INFINITY): Check {
  return (value, place, report) => {
    const isFine = typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
    if (!isFine) {
      report(place, `expected an integer of at least ${least}, got ${show(value)}`);
    }
  };
}

export const count: Check = (value, place, report) => value !== null && integer(0)(value, place, report);

export function oneOf(...choices: unknown[]): Check {
  return (value, place, report) => {
    if (!choices.includes(value)) {
      report(place, `expected ${choices.map(show).join(" or ")}, got ${show(value)}`);
    }
  };
}

export function matching(pattern: RegExp, what: string, remedy?: Remedy): Check {
  return (value, place, report) => {
    if (typeof value !== "string" || !pattern.test(value)) {
      report(place, `expected ${what}, got ${show(value)}`, typeof value === "string" ? remedy : undefined);
    }
  };
}

export function list(item: Check): Check {
  return (value, place, report) => {
    if (!Array.isArray(value)) {
      report(place, `expected a list, got ${show(value)}`);
    } else {
      for (const [index, each] of value.entries()) {
        item(each, [...place, index], report);
      }
    }
  };
}

export function dictionary(item: (key: string) => Check): Check {
  return (value, place, report) => {
    if (!isObject(value)) {
      report(place, `expected an object, got ${show(value)}`);
    } else {
      for (const [key, each] of Object.entries(value)) {
        item(key)(each, [...place, key], report);
      }
    }
  };
}

/** An object with these fields; those in `required` must be there, and no other may unless it is `open`. */
export function record(fields: Fields, { required, open }: { required: string[]; open: boolean }): Check {
  return (value, place, report) => {
    if (!isObject(value)) {
      return report(place, `expected an object, got ${show(value)}`);
    }
    for (const key of required) {
      if (!Object.hasOwn(value, key)) {
        report([...place, key], "is missing", remedyFor([...place, key]));
      }
    }
    for (const [key, each] of Object.entries(value)) {
      const check = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (check) {
        check(each, [...place, key], report);
      } else if (!open) {
        report([...place, key], "does not belong here", "remove");
      }
    }
  };
}

const addable = ["id", "metadata", "outputs", "execution_count", "nbformat_minor", "display_name"];

/** A reader fills these in when they are missing, or does without. */
function remedyFor(place: Path): Remedy | undefined {
  if (/^metadata\.(kernelspec|language_info)\.name$/.test(place.join("."))) {
    return "author";
  }
  return addable.includes(String(place.at(-1))) ? "add" : undefined;
}

/** The same, or null, which some programs write for what they do not know. */
export function orNull(check: Check): Check {
  return (value, place, report) =>
    value === null ? report(place, "expected an object, got `null`", "remove") : check(value, place, report);
}

export function byType(key: string, checks: Record<string, Check>): Check {
  return (value, place, report) => {
    if (!isObject(value)) {
      return report(place, `expected an object, got ${show(value)}`);
    }
    const type = value[key];
    const check = typeof type === "string" && Object.hasOwn(checks, type) ? checks[type] : undefined;
    if (check) {
      check(value, place, report);
    } else {
      report([...place, key], `expected one of ${Object.keys(checks).join(", ")}, got ${show(type)}`);
    }
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``;
}
