import { isOddNumber, numberEnd, stringEnd } from "./json-facts.js";
import { keepNumberText } from "./number-texts.js";

/** The value of a JSON text that JSON.parse accepts, with the texts of the numbers that JavaScript would write otherwise. */
export function parseExactly(text: string): unknown {
  return new ExactParser(text).parse();
}

interface Open {
  container: Record<string, unknown> | unknown[];
  /** The key whose value comes next, in an object. */
  key?: string;
}

const words: Record<string, unknown> = { t: true, f: false, n: null };

class ExactParser {
  readonly #text: string;
  /** Holds the whole value. */
  readonly #outermost: unknown[] = [];
  /** The objects and lists around the present place. */
  readonly #open: Open[] = [{ container: this.#outermost }];

  constructor(text: string) {
    this.#text = text;
  }

  parse(): unknown {
    const text = this.#text;
    for (let place = 0; place < text.length; place++) {
      const sign = text.charAt(place);
      if (sign === '"') {
        const end = stringEnd(text, place);
        this.#readString(place, end);
        place = end - 1;
      } else if (sign === "{") {
        this.#enter({});
      } else if (sign === "[") {
        this.#enter([]);
      } else if (sign === "}" || sign === "]") {
        this.#open.pop();
      } else if (sign === "-" || (sign >= "0" && sign <= "9")) {
        const end = numberEnd(text, place);
        this.#readNumber(text.slice(place, end));
        place = end - 1;
      } else if (sign in words) {
        this.#place(words[sign]);
        place += sign === "f" ? 4 : 3;
      }
    }
    return this.#outermost[0];
  }

  #enter(container: Open["container"]): void {
    this.#place(container);
    this.#open.push({ container });
  }

  /** A string is a key where an object waits for one, else a value. */
  #readString(start: number, end: number): void {
    const quoted = this.#text.slice(start, end);
    const string: string = quoted.includes("\\") ? JSON.parse(quoted) : quoted.slice(1, -1);
    const around = this.#open.at(-1);
    if (around && !Array.isArray(around.container) && around.key === undefined) {
      around.key = string;
    } else {
      this.#place(string);
    }
  }

  #readNumber(text: string): void {
    if (isOddNumber(text)) {
      const around = this.#open.at(-1) as Open;
      const { container } = around;
      keepNumberText(container, Array.isArray(container) ? container.length : (around.key ?? ""), text);
    }
    this.#place(Number(text));
  }

  #place(value: unknown): void {
    const around = this.#open.at(-1) as Open;
    if (Array.isArray(around.container)) {
      around.container.push(value);
      return;
    }
    define(around.container, around.key ?? "", value);
    around.key = undefined;
  }
}

function define(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}
