const { getPrototypeOf } = Object;

/** Built-in objects that no variable leads to, by the names that ECMAScript's specification gives them. */
export const intrinsics: Readonly<Record<string, object>> = makeIntrinsics();

function makeIntrinsics(): Record<string, object> {
  const ArrayIteratorPrototype = getPrototypeOf([].values());
  const AsyncGeneratorFunction = async function* () {}.constructor;
  return {
    "%IteratorPrototype%": getPrototypeOf(ArrayIteratorPrototype),
    "%ArrayIteratorPrototype%": ArrayIteratorPrototype,
    "%AsyncIteratorPrototype%": getPrototypeOf(AsyncGeneratorFunction.prototype.prototype),
    "%AsyncFunction%": (async () => {}).constructor,
    "%GeneratorFunction%": function* () {}.constructor,
    "%AsyncGeneratorFunction%": AsyncGeneratorFunction,
    "%TypedArray%": getPrototypeOf(Uint8Array),
  };
}
