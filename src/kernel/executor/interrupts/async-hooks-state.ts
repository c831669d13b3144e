import { executionAsyncId } from "node:async_hooks";
import type { Runtime } from "node:inspector";
import { type Inspection, inspected } from "../../shared/inspected.js";

const constantNames = ["kTotals", "kCheck", "kStackLength", "kExecutionAsyncId", "kTriggerAsyncId"] as const;

/** Node's own account of async hooks: how many there are, and the stack of what runs now. */
interface AsyncWrap {
  async_hook_fields: Uint32Array;
  async_id_fields: Float64Array;
  constants: Record<(typeof constantNames)[number], number>;
  /** The resources of the stack, which Node takes away by a method of arrays that cells may replace. */
  execution_async_resources?: unknown[];
  setPromiseHooks(...hooks: (undefined | (() => void))[]): void;
}

/** Node's list of the hooks; while one of them is called, changes go into the other two first. */
interface ActiveHooks {
  array: unknown[];
  call_depth: number;
  tmp_array: unknown[] | null;
  tmp_fields: Record<number, number> | null;
}

export interface AsyncHooksState {
  wrap: AsyncWrap;
  active: ActiveHooks;
}

/**
 * Finds the two among the variables of Node's module that keeps them, as V8's inspector shows them. Node hands them out
 * only where all its internals are exposed, to every cell and to what a cell starts.
 */
export function findAsyncHooksState(): AsyncHooksState | undefined {
  try {
    return inspected(executionAsyncId, (inspection) => {
      inspection.post("Runtime.callFunctionOn", {
        objectId: scopesOf(inspection),
        functionDeclaration: `function () { ${inspection.expression} = this; }`,
      });
      const { 0: ofModule } = inspection.shown() as { object: object }[];
      const variables: unknown[] = Object.values(ofModule?.object ?? {});
      const [wrap, active] = [variables.find(isAsyncWrap), variables.find(isActiveHooks)];
      return wrap && active && { wrap, active };
    });
  } catch {
    return undefined;
  }
}

function scopesOf({ post, expression }: Inspection): string | undefined {
  const { result } = post<Runtime.EvaluateReturnType>("Runtime.evaluate", { expression });
  const properties = post<Runtime.GetPropertiesReturnType>("Runtime.getProperties", {
    objectId: result.objectId,
    ownProperties: true,
  });
  return properties.internalProperties?.find(({ name }) => name === "[[Scopes]]")?.value?.objectId;
}

function isAsyncWrap(value: unknown): value is AsyncWrap {
  const { async_hook_fields, async_id_fields, constants, setPromiseHooks } = (value ??
    {}) as Partial<AsyncWrap>;
  return (
    async_hook_fields instanceof Uint32Array &&
    async_id_fields instanceof Float64Array &&
    typeof setPromiseHooks === "function" &&
    constantNames.every((name) => typeof constants?.[name] === "number")
  );
}

function isActiveHooks(value: unknown): value is ActiveHooks {
  const { array, call_depth, tmp_array, tmp_fields } = (value ?? {}) as Partial<ActiveHooks>;
  return Array.isArray(array) && call_depth === 0 && tmp_array === null && tmp_fields === null;
}
