import { isJsonObject } from "../../../jupyter/json-object.js";

/** A cell that was run: the session's number, from 1, and that of the cell in it. */
export interface Entry {
  session: number;
  line: number;
  input: string;
  output: string | null;
}

/** The entries that the lines of a file tell of, in the order of sessions and cells; what is no record says nothing. */
export function entriesOf(lines: readonly string[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const { session, line, input, output } of lines.flatMap(parsed)) {
    const key = `${session} ${line}`;
    if (typeof session !== "number" || typeof line !== "number") {
      continue;
    }
    if (typeof input === "string") {
      entries.set(key, { session, line, input, output: null });
    }
    const entry = entries.get(key);
    if (entry && typeof output === "string") {
      entry.output = output;
    }
  }
  return [...entries.values()].sort((one, other) => one.session - other.session || one.line - other.line);
}

function parsed(line: string): Record<string, unknown>[] {
  try {
    const record: unknown = JSON.parse(line);
    return isJsonObject(record) ? [record] : [];
  } catch {
    return [];
  }
}
