import type { JsonObject } from "../../../jupyter/json-object.js";
import type { Entry } from "./entry.js";

/** The entries that a `history_request` asks for, as IPython finds them; `all` are in the order of sessions and cells. */
export function select(all: readonly Entry[], request: JsonObject, session: number): readonly Entry[] {
  switch (request.hist_access_type) {
    case "range":
      return range(all, request, session);
    case "search":
      return search(all, request);
    case "tail": {
      const n = number(request.n, 10);
      const own = all.filter((entry) => entry.session === session);
      const earlier = all.filter((entry) => entry.session !== session);
      return n > 0 ? [...earlier, ...own].slice(-n) : [];
    }
    default:
      return [];
  }
}

/** Sessions up to 0 count back from this one, which as 0 stays 0 in the answer; so do, in this one, negative cells. */
function range(all: readonly Entry[], request: JsonObject, current: number): readonly Entry[] {
  const asked = number(request.session, 0);
  const wanted = asked <= 0 ? asked + current : asked;
  const found = all.filter(({ session }) => session === wanted);
  const isCurrent = wanted === current;
  const length = isCurrent ? (found.at(-1)?.line ?? 0) + 1 : 0;
  const absolute = (value: number) => (value < 0 ? value + length : value);
  const start = absolute(number(request.start, 0));
  const stop = absolute(number(request.stop, 0) || Number.POSITIVE_INFINITY);
  const inside = found.filter(({ line }) => line >= start && line < stop);
  return asked === 0 ? inside.map((entry) => ({ ...entry, session: 0 })) : inside;
}

function search(all: readonly Entry[], request: JsonObject): readonly Entry[] {
  const expression = globExpression(String(request.pattern ?? "*"));
  const found = all.filter(({ input }) => expression.test(input));
  const last = new Map(found.map((entry) => [entry.input, entry]));
  const kept = request.unique === true ? found.filter((entry) => last.get(entry.input) === entry) : found;
  return typeof request.n === "number" ? kept.slice(Math.max(kept.length - request.n, 0)) : kept;
}

function number(value: unknown, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}

/** SQLite's GLOB, which IPython searches with: `*` is any text, `?` any character. */
function globExpression(pattern: string): RegExp {
  const source = [...pattern].map((character) =>
    character === "*" ? ".*" : character === "?" ? "." : character.replace(/[\\^$.|+()[\]{}]/g, "\\$&"),
  );
  return new RegExp(`^${source.join("")}$`, "su");
}
