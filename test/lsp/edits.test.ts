import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { cellSurroundings } from "#dist/kernel/cell-surroundings.js";
import { type NotebookChecker, TypeChecker } from "#dist/language/index.js";
import { enterFolder } from "../helpers/folder.js";
import { LanguageClient } from "../helpers/language-client.js";
import { kernels } from "../helpers/notebook.js";
import { filesOfTypedCells, typedCells } from "../helpers/typed-cells.js";

const folder = enterFolder(filesOfTypedCells);
const runs = Number(process.env.PROPERTY_RUNS ?? 25);

interface Edit {
  kind: "replace" | "insert" | "remove" | "move";
  at: number;
  to: number;
  text: string;
}

const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("replace", "insert", "insert", "insert", "remove", "move"),
    at: fc.nat(12),
    to: fc.nat(12),
    text: fc.constantFrom(...typedCells),
  }),
  { minLength: 1, maxLength: 20 },
);

function apply(notebook: string[], { kind, at, to, text }: Edit): void {
  const place = at % (notebook.length + 1);
  if (kind === "insert") {
    notebook.splice(place, 0, text);
  } else if (kind === "move") {
    notebook.splice(to % (notebook.length + 1), 0, ...notebook.splice(place, 1));
  } else {
    notebook.splice(place, 1, ...(kind === "replace" ? [text] : []));
  }
}

const verdicts = (checker: NotebookChecker, notebook: string[]) =>
  [...checker.check(notebook)].map(({ diagnostics, declarations }) => ({ diagnostics, declarations }));

test("after any edits, verdicts and declarations are those of a fresh start", () => {
  const types = new TypeChecker(cellSurroundings);
  fc.assert(
    fc.property(edits, fc.nat(20), (sequence, asked) => {
      const notebook: string[] = [];
      const edited = types.notebook({ directory: folder });
      for (const [index, edit] of sequence.entries()) {
        apply(notebook, edit);
        if (index === asked && notebook.length > 0) {
          edited.services(notebook, 0);
        }
        verdicts(edited, notebook);
      }
      assert.deepEqual(verdicts(edited, notebook), verdicts(types.notebook({ directory: folder }), notebook));
    }),
    { numRuns: runs },
  );
});

type ClientEdit = Omit<Edit, "kind"> & { kind: Edit["kind"] | "other kernel" };

const clientEdits: fc.Arbitrary<ClientEdit[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("replace", "insert", "insert", "insert", "remove", "move", "other kernel"),
    at: fc.nat(12),
    to: fc.nat(12),
    text: fc.constantFrom(...typedCells),
  }),
  { minLength: 5, maxLength: 30 },
);

async function applyAsEditor(client: LanguageClient, { kind, at, to, text }: ClientEdit): Promise<void> {
  const count = client.cells.length;
  const place = at % (count + 1);
  if (kind === "other kernel") {
    await client.changeMetadata({ kernelspec: kernels.python3 });
    await client.changeMetadata({ kernelspec: kernels.tslab });
  } else if (kind === "insert" || count === 0) {
    await client.insert(place, text);
  } else if (kind === "move") {
    await client.move(at % count, to % count);
  } else if (kind === "remove") {
    await client.remove(at % count);
  } else {
    await client.replace(at % count, text);
  }
}

test("lsp: after any edits of an editor, without a pause between them, diagnostics are those of a fresh start", async (t) => {
  const types = new TypeChecker(cellSurroundings);
  const client = new LanguageClient(folder);
  t.after(() => client.child.kill("SIGKILL"));
  const property = fc.asyncProperty(clientEdits, async (sequence) => {
    await client.open(["const a = 1;", "a.trim();"]);
    for (const edit of sequence) {
      await applyAsEditor(client, edit);
    }
    const texts = client.cells.map((_, index) => client.text(index));
    const fresh = verdicts(types.notebook({ directory: folder }), texts).map(({ diagnostics }) =>
      diagnostics.map(({ code, start }) => `${code}:${start.line + 1}:${start.character + 1}`),
    );
    const wanted = JSON.stringify(fresh);
    await Promise.race([
      client.until((codes) => JSON.stringify(codes) === wanted),
      sleep(30_000, undefined, { ref: false }),
    ]);
    assert.deepEqual(client.codes(), fresh);
    await client.close();
  });
  await fc.assert(property, { numRuns: runs, endOnFailure: true });
});
