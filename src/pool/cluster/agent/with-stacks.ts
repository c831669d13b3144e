import type { ThrownValue } from "../../wire/messages.cjs";

/** A thrown value whose stacks are changed, with those of its causes. */
export function withStacks(thrown: ThrownValue, change: (stack: string) => string): ThrownValue {
  if (thrown.kind !== "error") {
    return thrown;
  }
  return {
    ...thrown,
    stack: thrown.stack && change(thrown.stack),
    cause: thrown.cause && withStacks(thrown.cause, change),
    errors: thrown.errors?.map((error) => withStacks(error, change)),
  };
}
