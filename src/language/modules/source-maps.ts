import { SourceMap, type SourceMapPayload } from "node:module";

export interface StackPosition {
  fileName: string;
  /** Counted from one. */
  line: number;
  /** Counted from one. */
  column: number;
}

/** The user's place for one in a compiled text. */
export type MapFrame = (position: StackPosition) => StackPosition | undefined;

/** Source maps by the name under which V8 knows the compiled text. */
export class SourceMaps {
  readonly #maps = new Map<string, { text: string; linesBefore: number; map?: SourceMap }>();

  /** `linesBefore` is the number of lines that precede the compiled text. */
  set(fileName: string, text: string, linesBefore: number): void {
    this.#maps.set(fileName, { text, linesBefore });
  }

  find({ fileName, line, column }: StackPosition): StackPosition | undefined {
    const entry = this.#maps.get(fileName);
    if (!entry) {
      return undefined;
    }
    entry.map ??= new SourceMap(JSON.parse(entry.text) as SourceMapPayload);
    const origin = entry.map.findEntry(line - 1 - entry.linesBefore, column - 1);
    return "originalLine" in origin
      ? { fileName, line: origin.originalLine + 1, column: origin.originalColumn + 1 }
      : undefined;
  }
}
