import { readFileSync } from "node:fs";
import type { Connection } from "../kernel/shared/messages.js";

const ports = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"] as const;

/** Reads a Jupyter connection file; throws an error that names the file and what is wrong with it. */
export function readConnectionFile(path: string): Connection {
  const content = parse(path);
  for (const name of ports) {
    if (!Number.isInteger(content[name])) {
      throw new TypeError(`Expected \`${name}\` in ${path} to be an integer, got \`${content[name]}\``);
    }
  }
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    key: "",
    signature_scheme: "hmac-sha256",
    ...content,
  } as Connection;
}

function parse(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new Error(`Cannot read the connection file ${path}: ${(cause as Error).message}`, { cause });
  }
}
