import fc from "fast-check";
import type { Notebook, Output } from "#dist/document/notebook.js";

const multiline = fc.oneof(fc.string({ unit: "grapheme" }), fc.array(fc.string({ unit: "binary" })));
const unknownFields = fc.dictionary(
  fc.string({ minLength: 1 }).map((name) => `x-${name}`),
  fc.jsonValue(),
);

const bundle = fc
  .record(
    {
      "text/plain": multiline,
      "text/html": fc.oneof(multiline, fc.constant("<p class=a id='b'>x</p>")),
      "image/svg+xml": multiline,
      "image/png": fc.base64String(),
      "application/json": fc.jsonValue(),
      "application/vnd.x+json": fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  .map((data) => data as Record<string, unknown>);

const printed = fc.oneof(
  multiline,
  fc
    .array(
      fc.constantFrom(
        "Worker 4711 ",
        "Worker 4712 ",
        "took 1.5 s ",
        "/tmp/a/b.ts ",
        "2026-11-22 ",
        "0x7f00aabbccdd ",
        "7 ",
        "\r",
        "\n",
      ),
    )
    .map((words) => words.join("")),
);

const output: fc.Arbitrary<Output> = fc.oneof(
  fc.record({
    output_type: fc.constant("stream" as const),
    name: fc.constantFrom("stdout", "stderr"),
    text: printed,
  }),
  fc.record({ output_type: fc.constant("display_data" as const), data: bundle, metadata: unknownFields }),
  fc.record({
    output_type: fc.constant("execute_result" as const),
    data: bundle,
    metadata: unknownFields,
    execution_count: fc.option(fc.nat()),
  }),
  fc.record({
    output_type: fc.constant("error" as const),
    ename: fc.string(),
    evalue: fc.string(),
    traceback: fc.array(fc.string()),
  }),
);

const tags = fc.uniqueArray(fc.constantFrom("check-unordered", "check-output", "exercise"));
const metadata = fc.tuple(unknownFields, tags).map(([unknown, tags]) => ({ ...unknown, tags }));

const codeCell = fc.record({
  cell_type: fc.constant("code"),
  metadata,
  source: multiline,
  execution_count: fc.option(fc.nat()),
  outputs: fc.array(output, { maxLength: 4 }),
});

const markdownCell = fc.record({ cell_type: fc.constant("markdown"), metadata, source: multiline });

/** Any notebook that nbformat 4.5 allows, with metadata nobody knows. */
export const arbitraryNotebook: fc.Arbitrary<Notebook> = fc
  .tuple(fc.array(fc.oneof(codeCell, markdownCell), { maxLength: 5 }), unknownFields)
  .map(([cells, metadata]) => ({
    cells: cells.map((cell, index) => ({ ...cell, id: `cell-${index + 1}` })),
    metadata,
    nbformat: 4,
    nbformat_minor: 5,
  }));
