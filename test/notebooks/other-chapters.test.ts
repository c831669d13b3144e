import { existsSync } from "node:fs";
import path from "node:path";
import { describe } from "node:test";
import { courseNotebooks, executed } from "../helpers/executed-notebook.js";

// A chapter whose facts have no test of their own yet is run all the same, with every state of its exercises.

for (const name of courseNotebooks()) {
  const ownTest = path.join(import.meta.dirname, `${path.basename(name, ".ipynb")}.test.js`);
  if (!existsSync(ownTest)) {
    describe(name, () => void executed(name));
  }
}
