import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import * as util from "node:util";
import { isObject } from "../objects.js";
import { connected, post, type RunningFrame } from "./inspector.js";
import { stackAbove } from "./stack.js";

/*
 * The scripts of the functions that are running now. The debugger knows all scripts, but collects garbage before it
 * tells of them, which takes as long as a worker takes to start; most functions are sent by the script that wrote them.
 */

/** A script as the stack tells of it. */
export interface RunningScript {
  readonly id: string;
  readonly url: string;
  /** Of its content; undefined if two that run have the same address. */
  readonly hash: string | undefined;
}

const mostFrames = 200;

export function runningScripts(): RunningScript[] {
  const hashes = new Map<string, string>();
  for (const call of stackAbove(runningScripts, mostFrames)) {
    const url = urlOf(call.getScriptNameOrSourceURL() ?? "");
    const hash = call.getScriptHash();
    hashes.set(url, hashes.has(url) && hashes.get(url) !== hash ? "" : hash);
  }
  return runningFrames()
    .map(({ scriptId, url }) => ({ id: scriptId, url: urlOf(url) }))
    .filter(({ url }) => url !== "" && !url.startsWith("node:"))
    .map(({ id, url }) => ({ id, url, hash: hashes.get(url) || undefined }));
}

/** Scripts in CommonJS are named by their paths. */
function urlOf(name: string): string {
  return isAbsolute(name) ? pathToFileURL(name).href : name;
}

function runningFrames(): readonly RunningFrame[] {
  const getCallSites: unknown = Reflect.get(util, "getCallSites");
  const sites: unknown =
    typeof getCallSites === "function" ? getCallSites(mostFrames, { sourceMap: false }) : [];
  const frames = Array.isArray(sites) ? sites.filter(isCallSite) : [];
  return frames.length > 0
    ? frames.map(({ scriptId, scriptName }) => ({ scriptId, url: scriptName }))
    : framesByInspector();
}

/** Node 22.12 and later tell the numbers of scripts. */
function isCallSite(site: unknown): site is { scriptId: string; scriptName: string } {
  return isObject(site) && "scriptId" in site && "scriptName" in site;
}

/** The inspector names the frames around a thrown error. */
function framesByInspector(): readonly RunningFrame[] {
  connected();
  post("Runtime.enable", {});
  try {
    const { exceptionDetails } = post("Runtime.evaluate", { expression: "throw undefined", silent: true });
    return exceptionDetails?.stackTrace?.callFrames ?? [];
  } finally {
    post("Runtime.disable", {});
  }
}
