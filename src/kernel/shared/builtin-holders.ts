import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import url from "node:url";
import util from "node:util";
import vm from "node:vm";

interface Holders {
  constructors: { name: string; prototype: object }[];
  objects: object[];
}

/** The objects whose functions and accessors the kernel and the compiler call. */
export function holders(): Holders {
  const typedArray = Object.getPrototypeOf(Uint8Array);
  const constructors = [
    ...[Object, Function, Array, String, Number, Boolean, BigInt, Symbol, RegExp, Date, Promise],
    ...[Map, Set, WeakMap, WeakSet, WeakRef, Error, TypeError, RangeError, SyntaxError],
    ...[ArrayBuffer, SharedArrayBuffer, DataView, typedArray, Uint8Array, Int32Array, Buffer, URL],
  ];
  const prototypes = constructors.map(({ prototype }) => prototype);
  const namespaces = [Math, JSON, Reflect, Atomics];
  const modules = [process, fs, os, path, url, util, vm];
  return {
    constructors,
    objects: [...constructors, ...prototypes, ...iterators(), ...namespaces, ...modules],
  };
}

function iterators(): object[] {
  function* generator() {}
  const ofKinds = [[].values(), ""[Symbol.iterator](), new Map().entries(), new Set().values()].map((each) =>
    Object.getPrototypeOf(each),
  );
  return [...ofKinds, Object.getPrototypeOf(generator.prototype), Object.getPrototypeOf(ofKinds[0])];
}
