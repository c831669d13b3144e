import { LanguageClient } from "../../helpers/language-client.js";

/** Milliseconds from an edit to the diagnostics of its cell, over the protocol, in a notebook of chained cells. */
export async function editLatencies(
  folder: string,
  { cells, edits }: { cells: number; edits: number },
): Promise<{ p50: number; p95: number }> {
  const client = new LanguageClient(folder);
  const name = (index: number) => `value${index}`;
  const source = (index: number) =>
    index === 0
      ? `const ${name(0)} = 1;`
      : `function f${index}(n: number): number { return n + ${name(index - 1)}; }\nconst ${name(index)} = f${index}(${index});`;
  await client.open(Array.from({ length: cells }, (_, index) => source(index)));
  await client.edit(cells - 1, 0, 0, "nothing;\n");
  await client.until((codes) => codes.at(-1)?.length === 1);
  const times: number[] = [];
  for (let edit = 0; edit < edits; edit++) {
    const cell = (edit * 37) % cells;
    const started = performance.now();
    await client.edit(cell, 0, 0, "missing;\n");
    await client.until((codes) => (codes[cell]?.length ?? 0) > 0);
    times.push(performance.now() - started);
    await client.edit(cell, 0, "missing;\n".length, "");
    await client.until((codes) => (codes[cell]?.length ?? 0) === (cell === cells - 1 ? 1 : 0));
  }
  await client.end();
  times.sort((one, other) => one - other);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
}
