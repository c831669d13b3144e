import { randomUUID } from "node:crypto";

type Display = (bundle: Record<string, string>, options: object) => void;

/** Text that changes in place where a notebook shows it, and is printed line by line elsewhere. */
export interface LiveStatus {
  show(text: string): void;
}

/** A new display below the running cell. In a script, each text is printed instead. */
export function liveStatus(): LiveStatus {
  const { display } = globalThis as { display?: Display };
  if (typeof display !== "function") {
    return { show: (text) => console.log(text) };
  }
  const displayId = randomUUID();
  let update = false;
  return {
    show(text) {
      display({ "text/plain": text }, { raw: true, displayId, update });
      update = true;
    },
  };
}
