import type { CodeCell, Notebook, Output } from "#dist/document/notebook.js";

/** A notebook with one code cell for each list of outputs; `cell` sets more of the first one. */
export function notebookOf(outputs: Output[][], cell: Partial<CodeCell> = {}): Notebook {
  const cells = outputs.map((outputs, index) => ({
    cell_type: "code" as const,
    id: `cell-${index + 1}`,
    metadata: {},
    source: "",
    execution_count: index + 1,
    outputs,
    ...(index === 0 && cell),
  }));
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}

export function stdout(text: string): Output {
  return { output_type: "stream", name: "stdout", text };
}

export function stderr(text: string): Output {
  return { output_type: "stream", name: "stderr", text };
}

export function result(data: Record<string, unknown>): Output {
  return { output_type: "execute_result", data, metadata: {}, execution_count: 1 };
}

export function display(data: Record<string, unknown>): Output {
  return { output_type: "display_data", data, metadata: {} };
}
