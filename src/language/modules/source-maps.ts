import { SourceMap, type SourceMapPayload } from "node:module";
import type { StackPosition } from "../language.js";

/** Source maps by the name under which V8 knows the compiled text. */
export class SourceMaps {
  readonly #maps = new Map<string, { text: string; extraLines: number; map?: SourceMap }>();

  /** `extraLines` is the number of lines that precede both the user's text and the compiled text. */
  set(fileName: string, text: string, extraLines = 0): void {
    this.#maps.set(fileName, { text, extraLines });
  }

  find({ fileName, line, column }: StackPosition): StackPosition | undefined {
    const entry = this.#maps.get(fileName);
    if (!entry) {
      return undefined;
    }
    entry.map ??= new SourceMap(JSON.parse(entry.text) as SourceMapPayload);
    const origin = entry.map.findEntry(line - 1 - entry.extraLines, column - 1);
    if (!("originalLine" in origin)) {
      return undefined;
    }
    const original = origin.originalLine - entry.extraLines + 1;
    return original < 1 ? undefined : { fileName, line: original, column: origin.originalColumn + 1 };
  }
}
