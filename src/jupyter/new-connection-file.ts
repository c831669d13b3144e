import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ownedFolder, ownerFile, sweep, thisProcess } from "./abandoned-folders.js";
import type { Connection, EncryptionKeys } from "./connection.js";
import { freePorts } from "./free-ports.js";

export interface NewConnectionOptions {
  kernelName: string;
  /** `ipc` needs no ports; Windows does not have it. */
  transport: "tcp" | "ipc";
  /** Default: a random one. */
  key?: string;
  /** Default: the transport is not encrypted. */
  encryption?: EncryptionKeys;
}

// In bytes: 108 on Linux, 104 on macOS, with the zero behind it.
const longestSocketPath = 103;

/** Thrown when there is no place for the connection file; `cause` is the file system's error. */
export class TemporaryFolderError extends Error {
  override name = "TemporaryFolderError";
}

/** The paths of ipc sockets in the folder for temporary files are not longer than the system takes them. */
export function hasRoomForSockets(): boolean {
  return Buffer.byteLength(join(tmpdir(), `${ownedFolder}XXXXXX`, "kernel-5")) <= longestSocketPath;
}

/** A connection file in a folder of its own, which only this user can read and which also holds ipc sockets. */
export class NewConnectionFile {
  /** Throws TemporaryFolderError, or the file system's error. */
  static async create({
    kernelName,
    transport,
    key = randomUUID(),
    encryption,
  }: NewConnectionOptions): Promise<NewConnectionFile> {
    const folder = await mkdtemp(join(tmpdir(), ownedFolder)).catch((cause: NodeJS.ErrnoException) => {
      throw new TemporaryFolderError(
        `no folder can be made in ${tmpdir()}, where temporary files belong (${cause.code})`,
        { cause },
      );
    });
    const owned = thisProcess().then((owner) => writeOwn(join(folder, ownerFile), owner));
    const [shell_port, iopub_port, stdin_port, control_port, hb_port] =
      transport === "ipc" ? [1, 2, 3, 4, 5] : await freePorts();
    const open = {
      transport,
      ip: transport === "ipc" ? join(folder, "kernel") : "127.0.0.1",
      shell_port,
      iopub_port,
      stdin_port,
      control_port,
      hb_port,
      key,
      signature_scheme: "hmac-sha256",
    };
    const connection: Connection = { ...open, ...(encryption && { encryption }) };

    const file = new NewConnectionFile(join(folder, "connection.json"), connection);
    await Promise.all([owned, writeOwn(file.path, { ...open, ...encryption, kernel_name: kernelName })]);
    // Nobody needs to wait for it.
    void sweep();
    return file;
  }

  private constructor(
    readonly path: string,
    readonly connection: Connection,
  ) {}

  /** Synchronous, since it is also called while the process exits. */
  remove(): void {
    rmSync(dirname(this.path), { recursive: true, force: true });
  }
}

function writeOwn(file: string, content: object): Promise<void> {
  return writeFile(file, JSON.stringify(content), { mode: 0o600 });
}
