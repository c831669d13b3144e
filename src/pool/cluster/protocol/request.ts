import { createHmac, timingSafeEqual } from "node:crypto";
import type { Versions } from "./versions.js";

/** Asks for a slot: the data of a job. */
export interface SlotRequest {
  readonly slot: string;
  readonly pool: string;
  /** Name of its inbox and of its sign of life. */
  readonly client: string;
  /** Name of the worker. */
  readonly name: string;
  readonly lease: number;
  /** The client's machine. */
  readonly host: string;
  readonly versions: Versions;
}

/** The job's data: a request as JSON, with its signature. */
export interface SignedRequest {
  readonly request: string;
  readonly signature: string;
}

export function signRequest(request: SlotRequest, clusterKey: Buffer): SignedRequest {
  const text = JSON.stringify(request);
  return { request: text, signature: signatureOf(text, clusterKey).toString("base64") };
}

/** Throws an Error for a wrong signature. */
export function readRequest({ request, signature }: SignedRequest, clusterKey: Buffer): SlotRequest {
  const given = Buffer.from(String(signature), "base64");
  const wanted = signatureOf(String(request), clusterKey);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new Error("its signature is wrong: the pool and the agent have different keys");
  }
  return JSON.parse(request);
}

function signatureOf(text: string, clusterKey: Buffer): Buffer {
  return createHmac("sha256", clusterKey).update(`request\n${text}`).digest();
}
