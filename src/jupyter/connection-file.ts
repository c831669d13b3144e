import { readFileSync } from "node:fs";
import type { Connection } from "./connection.js";
import { isJsonObject, type JsonObject } from "./json-object.js";

/** Characters of a CurveZMQ key in Z85. */
const keyLength = 40;

/** Reads a Jupyter connection file; throws an error that names the file and what is wrong with it. */
export function readConnectionFile(path: string): Connection {
  const content = parse(path);
  const port = (name: string) => {
    const value = content[name];
    if (typeof value !== "number" || !Number.isInteger(value)) {
      throw new TypeError(`Expected \`${name}\` in ${path} to be an integer, got \`${value}\``);
    }
    return value;
  };
  const text = (name: string, otherwise: string) => {
    const value = content[name] ?? otherwise;
    if (typeof value !== "string") {
      throw new TypeError(`Expected \`${name}\` in ${path} to be a string, got \`${value}\``);
    }
    return value;
  };
  return {
    transport: text("transport", "tcp"),
    ip: text("ip", "127.0.0.1"),
    shell_port: port("shell_port"),
    iopub_port: port("iopub_port"),
    stdin_port: port("stdin_port"),
    control_port: port("control_port"),
    hb_port: port("hb_port"),
    key: text("key", ""),
    signature_scheme: text("signature_scheme", "hmac-sha256"),
    ...encryptionOf(content, path),
  };
}

/** Half a pair, or a key of another length, is an error: a kernel that was to be encrypted is never open instead. */
function encryptionOf(content: JsonObject, path: string): Pick<Connection, "encryption"> {
  const { curve_publickey, curve_secretkey } = content;
  if ((curve_publickey ?? curve_secretkey ?? undefined) === undefined) {
    return {};
  }
  const key = (name: string, value: unknown) => {
    if (typeof value !== "string" || value.length !== keyLength) {
      throw new TypeError(`Expected \`${name}\` in ${path} to be a key of ${keyLength} characters`);
    }
    return value;
  };
  return {
    encryption: {
      curve_publickey: key("curve_publickey", curve_publickey),
      curve_secretkey: key("curve_secretkey", curve_secretkey),
    },
  };
}

function parse(path: string): JsonObject {
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (isJsonObject(content)) {
      return content;
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot read the connection file ${path}: ${reason}`, { cause });
  }
  throw new TypeError(`Expected the connection file ${path} to hold an object`);
}
