// biome-ignore lint/suspicious/noExplicitAny: only `any` accepts functions of all parameter types.
export type AnyFunction = (...args: any[]) => unknown;

/** A function of one item, as the map family calls it. */
export type ItemFunction = (item: never) => unknown;

export type Item<F extends AnyFunction> = Parameters<F>[0];

export type Result<F extends AnyFunction> = Awaited<ReturnType<F>>;
