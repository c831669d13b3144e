import childProcess, { ChildProcess } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StreamName } from "../../shared/output-channel.js";
import { type Cell, currentCell } from "../cell/current-cell.js";
import type { ProtocolThread } from "../protocol-thread.js";

// A child process that inherits descriptor 1 or 2 gets a pipe of its cell instead, which the protocol's thread reads:
// so it never waits for this thread, which may wait for the child.

type AnyFunction = (...args: unknown[]) => unknown;
type Descriptors = Record<StreamName, number>;

const functions: object = childProcess;
const { spawnSync } = childProcess;
const originals = { closeSync, openSync };

/** Makes what child processes write to inherited descriptors output of the cell. */
export function serveInheritedOutput(protocol: ProtocolThread): void {
  const { prototype } = ChildProcess as unknown as { prototype: { spawn: AnyFunction } };
  const { spawn } = prototype;
  prototype.spawn = function (this: ChildProcess, options: unknown) {
    return withPipes(protocol, options, (changed) => {
      if (changed !== options) {
        this.once("exit", () => protocol.fence());
      }
      return Reflect.apply(spawn, this, [changed]);
    });
  };
  for (const name of ["spawnSync", "execSync", "execFileSync"] as const) {
    const original: AnyFunction = Reflect.get(functions, name);
    const replacement: AnyFunction = (...args) => {
      const place = args.findLastIndex(
        (argument) => typeof argument === "object" && !Array.isArray(argument),
      );
      return withPipes(protocol, args[place], (changed) => {
        const result = original(...(place < 0 ? args : args.with(place, changed)));
        if (changed !== args[place]) {
          protocol.fence();
        }
        return result;
      });
    };
    Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(original));
    Reflect.set(functions, name, replacement);
  }
  syncBuiltinESMExports();
}

/** Calls `body` with options that name the pipes of the cell where they named descriptors of this process. */
function withPipes<T>(protocol: ProtocolThread, options: unknown, body: (options: unknown) => T): T {
  const cell = currentCell();
  const stdio: unknown =
    typeof options === "object" && options !== null ? Reflect.get(options, "stdio") : undefined;
  const names = cell ? inheritedBy(stdio) : [];
  const pipes = cell && names.some(Boolean) ? pipesOf(protocol, cell) : undefined;
  if (!cell || !pipes) {
    return body(options);
  }
  protocol.waitForFence();
  const entries: unknown[] = Array.isArray(stdio) ? stdio : [stdio, stdio, stdio];
  const changed = entries.map((entry, index) => {
    const name = names[index];
    return name ? pipes[name] : entry;
  });
  try {
    return body({ ...Object(options), stdio: changed });
  } finally {
    if (!cell.fail) {
      cell.closePipes?.();
    }
  }
}

/** The stream of this process that each of a child's descriptors stands for, if any. */
function inheritedBy(stdio: unknown): (StreamName | undefined)[] {
  const entries: unknown[] = Array.isArray(stdio) ? stdio : [stdio, stdio, stdio];
  return entries.map((entry, index) => {
    const descriptor =
      entry === "inherit"
        ? index
        : typeof entry === "object" && entry !== null
          ? Reflect.get(entry, "fd")
          : entry;
    return descriptor === 1 ? "stdout" : descriptor === 2 ? "stderr" : undefined;
  });
}

const opened = new WeakMap<Cell, Descriptors>();

/** Opens the pipes that the cell's children write to; undefined where there is no `mkfifo`. */
function pipesOf(protocol: ProtocolThread, cell: Cell): Descriptors | undefined {
  const known = opened.get(cell);
  if (known) {
    return known;
  }
  const folder = mkdtempSync(join(tmpdir(), "poolbook-"));
  const paths = { stdout: join(folder, "stdout"), stderr: join(folder, "stderr") };
  try {
    if (spawnSync("mkfifo", ["-m", "600", paths.stdout, paths.stderr]).status !== 0) {
      return undefined;
    }
    const pipes = {
      stdout: openPipe(protocol, cell, "stdout", paths.stdout),
      stderr: openPipe(protocol, cell, "stderr", paths.stderr),
    };
    opened.set(cell, pipes);
    cell.closePipes = () => {
      opened.delete(cell);
      cell.closePipes = undefined;
      originals.closeSync(pipes.stdout);
      originals.closeSync(pipes.stderr);
    };
    return pipes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Hands the end to read from to the protocol's thread, and gives the end to write to. */
function openPipe(protocol: ProtocolThread, cell: Cell, stream: StreamName, path: string): number {
  const reader = originals.openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = originals.openSync(path, constants.O_WRONLY);
  protocol.readPipe(cell, stream, reader);
  return writer;
}
