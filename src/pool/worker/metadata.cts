import type { FunctionPart } from "../wire/function-parts.cjs";
import type { Workshop } from "./make-object.cjs";

/** Notes again what decorators have noted of a function or class by the package `reflect-metadata`, which it loads. */
export function defineMetadata(fn: object, { metadata, name }: FunctionPart, workshop: Workshop): void {
  if (!metadata) {
    return;
  }
  const define = (): unknown => Reflect.get(Reflect, "defineMetadata");
  if (typeof define() !== "function" && metadata.loader !== undefined) {
    workshop.value(metadata.loader);
  }
  const note = define();
  if (typeof note !== "function") {
    throw new Error(
      `Cannot give class ${name} its metadata in a worker: there is no reflect-metadata; import it where the class is used`,
    );
  }
  for (const { on, property, key, value } of metadata.entries) {
    const target: unknown = on === "function" ? fn : Reflect.get(fn, "prototype");
    const place = property === undefined ? [] : [workshop.value(property)];
    note(workshop.value(key), workshop.value(value), target, ...place);
  }
}
