import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mergeSources } from "#dist/document/merge/merge-sources.js";
import { type Cell, joinLines, type Notebook } from "#dist/document/notebook.js";
import { readNotebookSource } from "#dist/document/notebook-source.js";
import { kernels } from "../../helpers/notebook.js";
import { stdout } from "../../helpers/notebook-value.js";

interface CellSpec {
  id?: string;
  source: string;
  type?: string;
  out?: string;
  metadata?: object;
}

function cellOf({ id, source, type = "code", out, metadata = {} }: CellSpec): object {
  const outputs = out === undefined ? [] : [stdout(out)];
  const results = { outputs, execution_count: out === undefined ? null : 1 };
  return {
    cell_type: type,
    ...(id !== undefined && { id }),
    metadata,
    source,
    ...(type === "code" && results),
  };
}

function text(cells: CellSpec[], metadata: object = { kernelspec: kernels.python3 }, indent = 1): string {
  const nbformat_minor = cells.every(({ id }) => id !== undefined) ? 5 : 4;
  return JSON.stringify({ cells: cells.map(cellOf), metadata, nbformat: 4, nbformat_minor }, null, indent);
}

function merge(base: string, ours: string, theirs: string) {
  const read = (each: string) => readNotebookSource(Buffer.from(each));
  const merged = mergeSources(base === "" ? undefined : read(base), read(ours), read(theirs));
  const { notebook } = readNotebookSource(Buffer.from(merged.text));
  return { ...merged, notebook, sources: notebook.cells.map((cell) => joinLines(cell.source)) };
}

const abc = [
  { id: "a", source: "1\n2\n3" },
  { id: "b", source: "b" },
  { id: "c", source: "c" },
];

function changed(id: string, more: object): CellSpec[] {
  return abc.map((cell) => (cell.id === id ? { ...cell, ...more } : cell));
}

test("mergeSources() takes changes of different cells, and of different lines of one cell", () => {
  const { sources, conflicts } = merge(
    text(abc),
    text(changed("a", { source: "1 ours\n2\n3" })),
    text(changed("a", { source: "1\n2\n3 theirs" }).concat({ id: "d", source: "d" })),
  );
  assert.deepEqual(sources, ["1 ours\n2\n3 theirs", "b", "c", "d"]);
  assert.deepEqual(conflicts, []);
});

test("mergeSources() marks lines that both have changed, and what one has changed and the other deleted", () => {
  const both = merge(
    text(abc),
    text(changed("b", { source: "ours" })),
    text(changed("b", { source: "theirs" })),
  );
  assert.equal(both.sources[1], "<<<<<<< ours\nours\n=======\ntheirs\n>>>>>>> theirs");
  assert.deepEqual(both.conflicts, ["cell 2 (b): both have changed it"]);
  const gone = merge(text(abc), text(abc.slice(1)), text(changed("a", { source: "new" })));
  assert.equal(gone.sources[0], "<<<<<<< ours (deleted)\n=======\nnew\n>>>>>>> theirs");
  assert.equal(gone.conflicts.length, 1);
});

test("mergeSources() deletes what one has deleted and the other has only run", () => {
  const ran = { out: "1", metadata: { execution: { "shell.execute_reply": "2026" } } };
  const { sources, conflicts } = merge(
    text(abc),
    text(changed("b", ran)),
    text([abc[0], abc[2]] as CellSpec[]),
  );
  assert.deepEqual([sources, conflicts], [["1\n2\n3", "c"], []]);
});

test("mergeSources() keeps new cells of both, ours first, and a move of one", () => {
  const insert = (name: string) =>
    abc.flatMap((cell) => (cell.id === "b" ? [cell, { id: name, source: name }] : [cell]));
  assert.deepEqual(merge(text(abc), text(insert("x")), text(insert("y"))).sources.slice(1), [
    "b",
    "x",
    "y",
    "c",
  ]);
  const moved = [abc[2], abc[0], abc[1]] as CellSpec[];
  assert.deepEqual(merge(text(abc), text(insert("x")), text(moved)).sources, ["c", "1\n2\n3", "b", "x"]);
});

test("mergeSources() keeps outputs with the source that made them", () => {
  const outputs = ({ notebook }: { notebook: Notebook }, index: number) =>
    JSON.stringify(notebook.cells[index]?.outputs);
  const ours = changed("a", { source: "1 ours\n2\n3", out: "ours" });
  assert.match(outputs(merge(text(abc), text(ours), text(changed("a", { out: "old" }))), 0), /ours/);
  assert.match(outputs(merge(text(abc), text(abc), text(changed("a", { out: "theirs" }))), 0), /theirs/);
  assert.match(
    outputs(merge(text(abc), text(changed("b", { out: "ours" })), text(changed("b", { out: "theirs" }))), 1),
    /ours/,
  );
  const theirs = changed("a", { source: "1\n2\n3 theirs", out: "theirs" });
  assert.equal(outputs(merge(text(abc), text(ours), text(theirs)), 0), "[]");
});

test("mergeSources() merges metadata by key, tags as sets, and tells other conflicts in a cell on top", () => {
  const tagged = (...tags: string[]) => text(changed("a", { metadata: { tags, [tags[0] ?? ""]: 1 } }));
  const { notebook, conflicts } = merge(
    text(changed("a", { metadata: { tags: ["x"] } })),
    tagged("x", "y"),
    tagged("z"),
  );
  assert.deepEqual(notebook.cells[0]?.metadata, { tags: ["y", "z"], x: 1, z: 1 });
  assert.deepEqual(conflicts, []);
  const version = (name: string) =>
    text(abc, { kernelspec: { ...kernels.python3, name }, language_info: { name: "python", version: name } });
  const clash = merge(text(abc), version("ours"), version("theirs"));
  assert.deepEqual(clash.conflicts, ["metadata.kernelspec.name: both have changed it"]);
  assert.match(clash.sources[0] ?? "", /<<<<<<< ours\n"ours"\n=======\n"theirs"\n>>>>>>> theirs/);
  assert.deepEqual(clash.notebook.metadata.kernelspec?.name, "ours");
});

test("mergeSources() knows cells without ids by text and place, and those whose ids were made anew", () => {
  const nameless = (...sources: string[]) => text(sources.map((source) => ({ source })));
  const { sources, conflicts } = merge(
    nameless("a\nb\nc", "x", "y"),
    nameless("a ours\nb\nc", "x", "y"),
    nameless("new", "a\nb\nc theirs", "x", "y"),
  );
  assert.deepEqual([sources, conflicts], [["new", "a ours\nb\nc theirs", "x", "y"], []]);
  const anew = abc.map((cell, index) => ({ ...cell, id: `z${index}` }));
  assert.deepEqual(
    merge(text(abc), text(anew), text(changed("b", { source: "b theirs" }))).sources[1],
    "b theirs",
  );
});

test("mergeSources() without a base keeps both, and says where they differ", () => {
  const { sources, conflicts } = merge(
    "",
    text(abc),
    text([
      { id: "a", source: "1\nelse\n3" },
      { id: "n", source: "n" },
    ]),
  );
  assert.match(sources[0] ?? "", /2[\s\S]*else/);
  assert.deepEqual([sources.slice(1), conflicts.length], [["b", "c", "n"], 1]);
});

test("mergeSources() shows the numbers of a conflict as they are, and merges pictures of any size", () => {
  const picture = "A".repeat(20_000_000);
  const side = (number: string) =>
    text([{ id: "a", source: picture }], { pi: 0 }).replace('"pi": 0', `"pi": ${number}`);
  const { text: merged } = merge(side("1.0"), side("2.0"), side("3.0"));
  assert.match(merged.replace(picture, ""), /"<<<<<<< ours\\n",\s*"2\.0\\n",\s*"=======\\n",\s*"3\.0\\n"/);
});

test("mergeSources() leaves numbers, indentation and key order as they are", () => {
  const odd = (source: string) =>
    text(
      [
        { id: "a", source },
        { id: "b", source: "b" },
      ],
      { pi: 0 },
      4,
    ).replace('"pi": 0', '"pi": 1.0, "big": 12345678901234567890');
  const { text: merged } = merge(
    odd("a"),
    odd("ours"),
    odd("a").replace('"b"\n', '"theirs"\n').replace('"source": "b"', '"source": "theirs"'),
  );
  assert.match(merged, /"pi": 1\.0,\n {8}"big": 12345678901234567890/);
  assert.ok(merged.indexOf('"cells"') < merged.indexOf('"metadata"'));
});

type Edit = [kind: "line" | "insert" | "delete" | "move" | "append", at: number];

const edits = fc.array(fc.tuple(fc.constantFrom("line", "insert", "delete", "move", "append"), fc.nat(9)), {
  maxLength: 6,
}) as fc.Arbitrary<Edit[]>;

/** Every line that an edit writes is there once, so that it can be looked for. */
function edited(cells: CellSpec[], list: Edit[], side: string): CellSpec[] {
  const own = structuredClone(cells);
  for (const [number, [kind, at]] of list.entries()) {
    const place = at % (own.length + 1);
    const cell = own[place];
    if (kind === "insert") {
      own.splice(place, 0, {
        ...(cells[0]?.id && { id: `${side}${number}` }),
        source: `cell ${side} ${number}`,
      });
    } else if (!cell) {
    } else if (kind === "delete") {
      own.splice(place, 1);
    } else if (kind === "move") {
      own.push(...own.splice(place, 1));
    } else {
      const lines = cell.source.split("\n");
      lines.splice(at % lines.length, kind === "line" ? 1 : 0, `line ${side} ${number}`);
      cell.source = lines.join("\n");
    }
  }
  return own;
}

test("mergeSources() loses no line that somebody wrote, and makes a valid notebook, whatever both have done", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.nat(6), edits, edits, (hasIds, count, mine, yours) => {
      const base: CellSpec[] = Array.from({ length: count }, (_, index) => ({
        ...(hasIds && { id: `b${index}` }),
        source: `base ${index} 1\nbase ${index} 2\nbase ${index} 3`,
      }));
      const [ours, theirs] = [edited(base, mine, "ours"), edited(base, yours, "theirs")];
      const { notebook, sources, conflicts } = merge(text(base), text(ours), text(theirs));
      const lines = (cells: { source: string }[]) => cells.flatMap(({ source }) => source.split("\n"));
      const merged = sources.join("\n").split("\n");
      const written = [...lines(ours), ...lines(theirs)].filter((line) => !line.startsWith("base"));
      const kept = lines(ours).filter((line) => lines(theirs).includes(line));
      for (const line of [...written, ...kept]) {
        assert.ok(merged.includes(line), `${line} is lost`);
      }
      assert.equal(
        merged.some((line) => line.startsWith("<<<<<<<")),
        conflicts.length > 0,
      );
      const ids = notebook.cells.flatMap(({ id }: Cell) => id ?? []);
      assert.equal(new Set(ids).size, ids.length);
    }),
    { numRuns: 500 },
  );
});

test("mergeSources() is the other side where one has changed nothing, or both the same", () => {
  fc.assert(
    fc.property(fc.nat(6), edits, (count, list) => {
      const base = Array.from({ length: count }, (_, index) => ({ id: `b${index}`, source: `${index}` }));
      const [old, now] = [text(base), text(edited(base, list, "one"))];
      for (const [a, b, c] of [
        [old, old, now],
        [old, now, old],
        [old, now, now],
      ] as const) {
        const { text: merged, conflicts } = merge(a, b, c);
        assert.deepEqual([merged, conflicts], [now, []]);
      }
    }),
  );
});

test("mergeSources() gives ids to cells of a side that has none, where the other side has them", () => {
  const nameless = abc.map(({ source }) => ({ source }));
  const { notebook, conflicts } = merge(text(nameless), text(abc), text([...nameless, { source: "new" }]));
  assert.deepEqual(conflicts, []);
  assert.deepEqual(
    notebook.cells.map(({ id }) => id),
    ["a", "b", "c", "merged-4"],
  );
});
