import path from "node:path";
import { git } from "../git.js";
import type { PythonImport } from "./python-imports.js";

/** The Python files of a repository, by the modules that they can be imported as. */
export class PythonModules {
  /** Files without `.py` and `/__init__.py`, by their last part. */
  #places = new Map<string, { place: string; file: string }[]>();

  constructor(files: string[]) {
    for (const file of files.filter((each) => each.endsWith(".py"))) {
      const place = file.replace(/([\\/]__init__)?\.py$/, "");
      const name = path.basename(place);
      this.#places.set(name, [...(this.#places.get(name) ?? []), { place, file }]);
    }
  }

  /** Those of the repository at `root`, and `others`, such as files that are gone. */
  static async of(root: string, others: string[]): Promise<PythonModules> {
    const listed = await git(root, [
      "ls-files",
      "-z",
      "--cached",
      "--others",
      "--exclude-standard",
      "--",
      "*.py",
    ]);
    const files = listed.split("\0").flatMap((name) => (name === "" ? [] : path.join(root, name)));
    return new PythonModules([...new Set([...files, ...others])]);
  }

  /**
   * The files that an import in `file` may load, those of the packages around the module too. An absolute one is looked for in
   * `folder`, the notebook's, and if it is not there in the whole repository: `sys.path`, an editable installation or a folder such
   * as `src` may lead anywhere.
   */
  filesOf({ dots, parts }: PythonImport, file: string, folder: string): string[] {
    if (dots > 0) {
      const base = Array.from({ length: dots }).reduce<string>((at) => path.dirname(at), file);
      return this.#within(base, parts);
    }
    const near = this.#within(folder, parts);
    return near.length > 0 ? near : this.#anywhere(parts);
  }

  #within(folder: string, parts: string[]): string[] {
    const places = new Set(parts.map((_, position) => path.join(folder, ...parts.slice(0, position + 1))));
    places.add(folder);
    return [...places].flatMap((place) =>
      (this.#places.get(path.basename(place)) ?? [])
        .filter((each) => each.place === place)
        .map(({ file }) => file),
    );
  }

  #anywhere(parts: string[]): string[] {
    const suffixes = parts.map((_, position) => path.sep + path.join(...parts.slice(0, position + 1)));
    return suffixes.flatMap((suffix) =>
      (this.#places.get(path.basename(suffix)) ?? [])
        .filter(({ place }) => place.endsWith(suffix))
        .map(({ file }) => file),
    );
  }
}
