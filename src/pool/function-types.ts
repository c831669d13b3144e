// biome-ignore lint/suspicious/noExplicitAny: only `any` accepts functions of all parameter types.
export type AnyFunction = (...args: any[]) => unknown;

export type Result<F extends AnyFunction> = Awaited<ReturnType<F>>;
