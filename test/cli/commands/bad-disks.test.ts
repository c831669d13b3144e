import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { writeNotebook } from "../../helpers/notebook.js";
import { namespaceProblem } from "../../helpers/systems.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const bin = fileURLToPath(import.meta.resolve("#dist/cli/bin.js"));

interface Places {
  readonly course: string;
  readonly notebook: string;
  /** The disk, and a folder on it. */
  readonly disk: string;
  readonly folder: string;
}

const commands: Record<string, (places: Places) => string[]> = {
  "run --cache": ({ notebook, folder }) => ["run", notebook, "--cache", folder],
  "typecheck --emit": ({ notebook, folder }) => ["typecheck", notebook, "--emit", folder],
  "kernel install": ({ disk }) => ["kernel", "install", "--prefix", disk],
  "course new": ({ folder }) => ["course", "new", "09-mine", "--dir", folder],
  "course strip": ({ course, folder }) => ["course", "strip", course, "--output-dir", folder],
  "course site": ({ course, folder }) => ["course", "site", course, "--output-dir", folder],
  "lab --copy": ({ course, folder }) => ["lab", course, "--no-browser", "--copy", folder],
};

/** Each with the shell's way to mount it, and what is said of it. */
const disks: [name: string, mount: string, complaint: string][] = [
  ["read-only", 'mount -t tmpfs -o ro none "$0"', "DISK: the disk is read-only"],
  [
    "full",
    'mount -t tmpfs -o size=4k none "$0" && head -c 4096 /dev/zero > "$0/full"',
    "DISK/\\S+: no space left on the disk",
  ],
];

for (const [name, mount, complaint] of disks) {
  describe(`a disk that is ${name} is named as such`, { skip: namespaceProblem() }, () => {
    for (const [command, argumentsOf] of Object.entries(commands)) {
      test(`by ${command}`, (t) => {
        const place = temporaryFolder(t);
        const [course, disk] = [path.join(place, "course"), path.join(place, "disk")];
        mkdirSync(course);
        mkdirSync(disk);
        const notebook = writeNotebook(course, "00-a.ipynb", ["const a = 1;"]);
        const args = argumentsOf({ course, notebook, disk, folder: path.join(disk, "a", "b") });
        const shell = ["sh", "-c", `${mount} && exec "$@"`, disk, process.execPath, bin, ...args];
        const { status, stdout, stderr } = spawnSync("unshare", ["--mount", ...shell], { encoding: "utf8" });
        assert.match(stdout + stderr, new RegExp(complaint.replace("DISK", disk)));
        assert.equal(status, 2);
      });
    }
  });
}
