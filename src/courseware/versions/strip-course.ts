import path from "node:path";
import { decodeText } from "../../document/decode-text.js";
import { formatNotebook } from "../../document/format-notebook.js";
import { isNotebookFile } from "../../document/notebook.js";
import { inFile, parseNotebook } from "../../document/parse-notebook.js";
import { studentModule } from "./student-module.js";
import { studentNotebook } from "./student-notebook.js";
import { writeVersion } from "./write-version.js";

/**
 * Writes the students' version of a course into an empty folder: no outputs, no solutions, no planted wrong answers, no folder
 * `solutions`. Gives the paths of its files, relative to `target`. Throws a VersionError if `target` is not empty.
 */
export function stripCourse(source: string, target: string): Promise<string[]> {
  return writeVersion(source, target, (file, bytes) => {
    if (file.split(path.sep)[0] === "solutions") {
      return undefined;
    }
    if (isNotebookFile(file)) {
      return formatNotebook(studentNotebook(inFile(file, () => parseNotebook(decodeText(bytes)))));
    }
    return /\.[cm]?ts$/.test(file) ? studentModule(decodeText(bytes)) : bytes;
  });
}
