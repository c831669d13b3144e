import { readFileSync } from "node:fs";

/** Text of a notebook whose cells have these sources. */
export function notebook(sources: string[], kernel = "tslab", outputs: Record<number, string> = {}): string {
  const cells = sources.map((source, index) => ({
    cell_type: "code",
    execution_count: null,
    id: `cell-${index + 1}`,
    metadata: source.startsWith("//parameters") ? { tags: ["parameters"] } : {},
    outputs: index in outputs ? [{ name: "stdout", output_type: "stream", text: outputs[index] }] : [],
    source,
  }));
  const metadata = { kernelspec: { name: kernel, display_name: kernel, language: "typescript" } };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
}

/** The text that the cells of an executed notebook have printed. */
export function printed(file: string): string {
  const { cells } = JSON.parse(readFileSync(file, "utf8")) as {
    cells: { outputs: { text?: string | string[] }[] }[];
  };
  return cells.flatMap(({ outputs }) => outputs.flatMap(({ text = [] }) => text)).join("");
}
