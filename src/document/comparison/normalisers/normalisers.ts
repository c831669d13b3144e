import { stripVTControlCharacters } from "node:util";
import type { IdentityTable } from "../identities/identity-table.js";
import { addresses, pids, styles, svgids, tempfiles, uuids } from "./identity-normalisers.js";
import { dates, durations, paths } from "./plain-normalisers.js";
import { progress } from "./progress.js";

/** Takes something that changes from run to run out of a text, or makes it a token of `identities`. */
export type Normaliser = (text: string, identities: IdentityTable) => string;

/** The normalisers, by the names that switch them on and off, in the order in which they are applied. */
export const normalisers = {
  ansi: stripVTControlCharacters,
  tempfiles,
  progress,
  dates,
  durations,
  paths,
  uuids,
  styles,
  svgids,
  addresses,
  pids,
} satisfies Record<string, Normaliser>;

export type NormaliserName = keyof typeof normalisers;

export const normaliserNames = Object.keys(normalisers).filter(isNormaliserName);

export function isNormaliserName(name: string): name is NormaliserName {
  return Object.hasOwn(normalisers, name);
}
