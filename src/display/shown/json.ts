import { inspect } from "node:util";
import { type Displayed, displayed } from "./displayed.js";

/**
 * A value as a tree whose branches open and close, where the front end has one. It is shown as `JSON.stringify` has it;
 * throws a TypeError for what JSON cannot hold.
 */
export function json(value: unknown): Displayed {
  const text = JSON.stringify(value);
  if (text === undefined) {
    throw new TypeError(`Expected a value that JSON can hold, got \`${inspect(value)}\``);
  }
  return displayed({ "application/json": JSON.parse(text) }, inspect(value));
}
