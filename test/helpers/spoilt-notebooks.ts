import fc from "fast-check";
import { randomPrograms } from "./random-program.js";

/** A program cut into cells, spoilt: cells are dropped, moved, and changed in a word. */
export const spoiltNotebooks = fc
  .record({
    cells: randomPrograms,
    dropped: fc.array(fc.nat(30), { maxLength: 2 }),
    moved: fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 2 }),
    changed: fc.array(
      fc.tuple(
        fc.nat(30),
        fc.constantFrom(
          ["const", "let"],
          ["let", "const"],
          ["(", ""],
          ["1", "'one'"],
          ["p", "q"],
          ["class", "type"],
        ),
      ),
      { maxLength: 3 },
    ),
  })
  .map(({ cells, dropped, moved, changed }) => {
    const result = cells.filter((_, index) => !dropped.includes(index));
    for (const [from, to] of moved) {
      result.splice(to % (result.length + 1), 0, ...result.splice(from % Math.max(1, result.length), 1));
    }
    for (const [at, [from = "", to = ""]] of changed) {
      const index = at % Math.max(1, result.length);
      result[index] = (result[index] ?? "").replace(from, to);
    }
    return result.filter((cell) => cell.trim() !== "");
  });
