import type { Channel } from "./message.js";

/** The keys of a kernel whose sockets are encrypted by CurveZMQ, each of 40 characters in Z85 (JEP 145). */
export interface EncryptionKeys {
  curve_publickey: string;
  curve_secretkey: string;
}

/** The way in which a kernel and its clients reach each other, as a connection file holds it. */
export interface Connection {
  transport: string;
  /** An address, or with the transport `ipc` the path that the sockets' paths begin with. */
  ip: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  /** Signs the messages; empty where they are not signed. */
  key: string;
  signature_scheme: string;
  /** Absent where the transport is not encrypted. */
  encryption?: EncryptionKeys;
}

/** The address of a kernel's socket, as ZeroMQ takes it; `hb` is the heartbeat. */
export function addressOf(connection: Connection, channel: Channel | "hb"): string {
  const { transport, ip } = connection;
  const port = connection[`${channel}_port`];
  return transport === "ipc" ? `ipc://${ip}-${port}` : `${transport}://${ip}:${port}`;
}
