import type { StackPosition } from "../../language/index.js";

/** The user's place for one in a compiled text. */
export type MapFrame = (position: StackPosition) => StackPosition | undefined;
