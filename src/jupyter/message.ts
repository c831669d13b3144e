import type { JsonObject } from "./json-object.js";

// A message of Jupyter's protocol, with the names that its specification uses:
// https://jupyter-client.readthedocs.io/en/stable/messaging.html

/** The version of the protocol that poolbook speaks, as a kernel and as a client. */
export const protocolVersion = "5.5";

/** The sockets that messages travel on; `hb` echoes bytes. */
export type Channel = "shell" | "control" | "stdin" | "iopub";

export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

export interface Message {
  header: Header;
  /** The header of the request that caused the message; empty for a message that nobody asked for. */
  parent_header: Partial<Header>;
  metadata: JsonObject;
  content: JsonObject;
  buffers: Uint8Array[];
}

/** A message as it arrived: with the identities of the client, or on IOPub the topic. */
export interface RoutedMessage extends Message {
  routing: Buffer[];
}
