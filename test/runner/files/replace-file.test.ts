import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { assertWritable, replaceFile } from "#dist/runner/files/replace-file.js";
import { canonicalPath } from "#dist/runner/files/target.js";
import { namespaceProblem } from "../../helpers/systems.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

test("replaceFile() keeps mode and owner of a file, and leaves nothing beside it", async (t) => {
  const folder = temporaryFolder(t);
  const file = path.join(folder, "a.txt");
  writeFileSync(file, "old");
  chmodSync(file, 0o640);
  if (process.getuid?.() === 0) {
    chownSync(file, 12345, 54321);
  }
  const before = statSync(file);
  await replaceFile(file, "new");
  const after = statSync(file);
  assert.deepEqual([after.mode, after.uid, after.gid], [before.mode, before.uid, before.gid]);
  assert.equal(readFileSync(file, "utf8"), "new");
  assert.deepEqual(readdirSync(folder), ["a.txt"]);
});

test("replaceFile() follows links: to a file, by way of another link, and to what does not exist yet", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, "there"));
  writeFileSync(path.join(folder, "there", "real"), "old");
  symlinkSync("there/real", path.join(folder, "one"));
  symlinkSync("one", path.join(folder, "two"));
  symlinkSync("there/new", path.join(folder, "dangling"));
  await replaceFile(path.join(folder, "two"), "new");
  await replaceFile(path.join(folder, "dangling"), "made");
  assert.equal(readlinkSync(path.join(folder, "one")), "there/real");
  assert.equal(readlinkSync(path.join(folder, "two")), "one");
  assert.equal(readlinkSync(path.join(folder, "dangling")), "there/new");
  assert.equal(readFileSync(path.join(folder, "there", "real"), "utf8"), "new");
  assert.equal(readFileSync(path.join(folder, "there", "new"), "utf8"), "made");
});

test("replaceFile() changes a file under all its names", async (t) => {
  const folder = temporaryFolder(t);
  const [file, other] = [path.join(folder, "a"), path.join(folder, "b")];
  writeFileSync(file, "an old text that is longer");
  linkSync(file, other);
  await replaceFile(file, "new");
  assert.equal(readFileSync(other, "utf8"), "new");
  assert.equal(statSync(file).ino, statSync(other).ino);
});

test("replaceFile() on a disk that is full names the file, and leaves the old one", {
  skip: namespaceProblem(),
}, (t) => {
  const folder = temporaryFolder(t);
  const file = path.join(folder, "a");
  const script = `
    const { readdirSync, readFileSync, writeFileSync } = await import("node:fs");
    const { replaceFile } = await import(${JSON.stringify(import.meta.resolve("#dist/runner/files/replace-file.js"))});
    const [folder, file] = process.argv.slice(1);
    writeFileSync(file, "old");
    const { code, path } = await replaceFile(file, "new".repeat(100_000)).catch((error) => error);
    console.log(JSON.stringify([code, path, readFileSync(file, "utf8"), readdirSync(folder)]));`;
  const smallDisk = 'mount -t tmpfs -o size=64k none "$1" && shift && exec "$@"';
  const node = [process.execPath, "--input-type=module", "-e", script, folder, file];
  const { stdout } = spawnSync("unshare", ["--mount", "sh", "-c", smallDisk, "sh", folder, ...node]);
  assert.deepEqual(JSON.parse(`${stdout}`), ["ENOSPC", file, "old", ["a"]]);
});

test("replaceFile() writes to devices, which stay devices", async (t) => {
  await replaceFile("/dev/null", "text");
  assert.ok(statSync("/dev/null").isCharacterDevice());
  await assert.rejects(replaceFile("/dev/full", "text"), { code: "ENOSPC" });
  assert.ok(statSync("/dev/full").isCharacterDevice());
  const link = path.join(temporaryFolder(t), "null");
  symlinkSync("/dev/null", link);
  await replaceFile(link, "text");
  assert.ok(lstatSync(link).isSymbolicLink());
});

test("replaceFile() writes more to a named pipe than it holds, also to a reader that comes late", async (t) => {
  const pipe = path.join(temporaryFolder(t), "pipe");
  execFileSync("mkfifo", [pipe]);
  const text = "0123456789".repeat(100_000);
  const written = replaceFile(pipe, text);
  const reader = spawn("cat", [pipe], { stdio: ["ignore", "pipe", "inherit"] });
  let read = "";
  for await (const chunk of reader.stdout.setEncoding("utf8")) {
    read += chunk;
  }
  await written;
  assert.equal(read, text);
  assert.ok(lstatSync(pipe).isFIFO());
});

/** Opens a terminal, says its name, and reads a million bytes from it, late and slowly. */
const slowTerminal = `
import os, pty, time, tty
reader, writer = pty.openpty()
tty.setraw(writer)
print(os.ttyname(writer), flush=True)
time.sleep(0.3)
left = 1000000
while left > 0:
    left -= len(os.read(reader, 16384))
    time.sleep(0.0005)
print(left, flush=True)
`;

test("replaceFile() writes more to a terminal than it takes at once", async () => {
  const terminal = spawn("python3", ["-c", slowTerminal], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface(terminal.stdout)[Symbol.asyncIterator]();
  const { value: name } = await lines.next();
  await replaceFile(name, "0123456789".repeat(100_000));
  assert.equal((await lines.next()).value, "0");
});

test("replaceFile() refuses folders, sockets and rings of links, and leaves them", async (t) => {
  const folder = temporaryFolder(t);
  const socket = path.join(folder, "socket");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  t.after(() => server.close());
  symlinkSync("ring", path.join(folder, "ring"));
  await assert.rejects(replaceFile(folder, "text"), { code: "EISDIR" });
  await assert.rejects(replaceFile(socket, "text"), { code: "ENXIO" });
  await assert.rejects(replaceFile(path.join(folder, "ring"), "text"), { code: "ELOOP" });
  await assert.rejects(replaceFile(path.join(folder, "none", "a"), "text"), { code: "ENOENT" });
  assert.deepEqual(readdirSync(folder).sort(), ["ring", "socket"]);
});

test("canonicalPath() is one for a file and all links that lead there, whether it exists or not", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, "real"));
  symlinkSync("real", path.join(folder, "link"));
  symlinkSync("link/new", path.join(folder, "file"));
  const place = await canonicalPath(path.join(folder, "real", "new"));
  assert.equal(await canonicalPath(path.join(folder, "link", "new")), place);
  assert.equal(await canonicalPath(path.join(folder, "file")), place);
  assert.equal(await canonicalPath(path.join(folder, "real", "..", "link", "new")), place);
});

test("replaceFile() writes a file whose name is as long as a file system takes it", async (t) => {
  const file = path.join(temporaryFolder(t), `${"漢".repeat(83)}.ipynb`);
  for (const text of ["new", "newer"]) {
    await replaceFile(file, text);
    assert.equal(readFileSync(file, "utf8"), text);
  }
  assert.equal(readdirSync(path.dirname(file)).length, 1);
});

test("assertWritable() looks at the folder in which a file, or the folders above it, would be made", async (t) => {
  const folder = temporaryFolder(t);
  await assertWritable(path.join(folder, "a", "b", "c.txt"));
  writeFileSync(path.join(folder, "file"), "");
  await assert.rejects(assertWritable(path.join(folder, "file", "b.txt")), { code: "ENOTDIR" });
  chmodSync(folder, 0o755);
  const script = `import { assertWritable } from ${JSON.stringify(import.meta.resolve("#dist/runner/files/replace-file.js"))};
    console.log(await assertWritable(process.argv[1]).catch(({ code }) => code));`;
  const args = ["--input-type=module", "-e", script, path.join(folder, "a", "b", "c.txt")];
  const isRoot = process.getuid?.() === 0;
  chmodSync(folder, 0o555);
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    ...(isRoot && { uid: 65534 }),
  });
  if (/EACCES.*\.js|Cannot find|permission denied/i.test(stderr)) {
    t.diagnostic("nobody may not read this package");
  } else {
    assert.equal(stdout, "EACCES\n", stderr);
  }
  chmodSync(folder, 0o755);
});
