import { DefaultDeserializer, DefaultSerializer } from "node:v8";
import { type Companion, type Companions, renumber } from "./companions.cjs";
import { classOfNode } from "./hidden/classes-of-node.cjs";
import { hiddenState, mayHoldEmpty, refuseHiddenState } from "./hidden/hidden-state.cjs";
import { type EncodedParts, joined, partsOf } from "./large/joined-bytes.cjs";
import { noteArrival } from "./large/young-garbage.cjs";

/** The kinds of array views, by their places in this list. Not every Node has all of them. */
const viewKinds = [
  "Int8Array",
  "Uint8Array",
  "Uint8ClampedArray",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
  "DataView",
  "Buffer",
  "Float16Array",
];

interface ViewType {
  readonly prototype: object;
  readonly BYTES_PER_ELEMENT?: number;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): ArrayBufferView;
}

/** The classes of the kinds that this Node has. */
export const viewTypes: ReadonlyMap<string, ViewType> = new Map(
  viewKinds.flatMap((kind) => {
    const type: ViewType | undefined = Reflect.get(globalThis, kind);
    return type ? [[kind, type]] : [];
  }),
);

/** From so many bytes on, those of a view stand behind the rest. */
const manyBytes = 2 ** 16;

/** Added to the place of a kind: the bytes of the view stand behind the rest. */
const behindTag = 50;
/** Added to the place of a kind: the bytes of the view are in a companion. */
const besideTag = 100;
/** Stands for a companion itself. */
const companionTag = 200;

/**
 * Structured clone into bytes. Other than `v8.serialize`, an array view takes only its own part of its buffer
 * along and arrives with a buffer of its own, unless that is shared or transferred.
 */
class ValueSerializer extends DefaultSerializer {
  readonly behind: Uint8Array[] = [];
  readonly #companions: Companions | undefined;

  constructor(companions: Companions | undefined) {
    super();
    this.#companions = companions;
    for (const buffer of companions?.transferredBuffers ?? []) {
      this.transferArrayBuffer(this.#numberOf(buffer), buffer);
    }
  }

  // The names are Node's: it calls the first method for each new SharedArrayBuffer, the second for every array view.
  _getSharedArrayBufferId(buffer: SharedArrayBuffer): number {
    return this.#numberOf(buffer);
  }

  _writeHostObject(value: object): void {
    if (!ArrayBuffer.isView(value)) {
      this.writeUint32(companionTag);
      this.writeUint32(this.#numberOf(value));
      return;
    }
    const kind = kindOf(value);
    const tag = viewKinds.indexOf(kind);
    if (tag < 0) {
      throw new TypeError(`${kind} could not be cloned: the pool does not know this kind of array`);
    }
    const { buffer, byteOffset, byteLength } = value;
    if (buffer instanceof SharedArrayBuffer || this.#companions?.numberOf(buffer)) {
      for (const number of [tag + besideTag, this.#numberOf(buffer), byteOffset, byteLength]) {
        this.writeUint32(number);
      }
      return;
    }
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    const isBehind = byteLength >= manyBytes && !this.#companions;
    this.writeUint32(isBehind ? tag + behindTag : tag);
    this.writeUint32(byteLength);
    if (isBehind) {
      this.behind.push(bytes);
    } else {
      this.writeRawBytes(bytes);
    }
  }

  #numberOf(object: object): number {
    const number = this.#companions?.numberOf(object);
    if (number === undefined) {
      throw cannotBeCloned(object);
    }
    return number;
  }
}

class ValueDeserializer extends DefaultDeserializer {
  readonly #companions: ReadonlyMap<number, object>;
  readonly #fill: EncodedParts["fill"];

  constructor({ value, fill }: EncodedParts, companions: readonly Companion[]) {
    super(value);
    this.#fill = fill;
    this.#companions = new Map(companions);
    for (const [number, object] of companions) {
      if (object instanceof ArrayBuffer || object instanceof SharedArrayBuffer) {
        this.transferArrayBuffer(number, object as ArrayBuffer);
      }
    }
  }

  _readHostObject(): object {
    const tag = this.readUint32();
    if (tag === companionTag) {
      return this.#companion();
    }
    if (tag < besideTag) {
      const length = this.readUint32();
      noteArrival(length);
      const bytes = tag < behindTag ? new Uint8Array(this.readRawBytes(length)) : this.#takeBehind(length);
      return makeView(tag % behindTag, bytes.buffer, 0, length);
    }
    const buffer = this.#companion();
    return makeView(tag - besideTag, buffer as ArrayBuffer, this.readUint32(), this.readUint32());
  }

  #takeBehind(length: number): Uint8Array<ArrayBuffer> {
    const bytes = Buffer.allocUnsafeSlow(length);
    this.#fill(bytes);
    return bytes;
  }

  #companion(): object {
    const number = this.readUint32();
    const companion = this.#companions.get(number);
    if (!companion) {
      throw new Error(`Companion ${number} of a value has not arrived`);
    }
    return companion;
  }
}

function makeView(tag: number, buffer: ArrayBuffer, byteOffset: number, byteLength: number): ArrayBufferView {
  const kind = viewKinds[tag] ?? `view of kind ${tag}`;
  if (kind === "Buffer") {
    return Buffer.from(buffer, byteOffset, byteLength);
  }
  const type = viewTypes.get(kind);
  if (!type) {
    throw new TypeError(`A ${kind} could not be received: Node ${process.versions.node} has none`);
  }
  return new type(buffer, byteOffset, byteLength / (type.BYTES_PER_ELEMENT ?? 1));
}

const kindOfTypedArray = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get;

/** The built-in kind, also of an instance of a class that extends it, or of another realm's. */
function kindOf(view: ArrayBufferView): string {
  return Buffer.isBuffer(view) ? "Buffer" : (kindOfTypedArray?.call(view) ?? "DataView");
}

/**
 * Clones a value into bytes; throws if it holds something that cannot be cloned, such as a function, and without
 * companions also for shared memory.
 */
export function encode(value: unknown, companions?: Companions): Uint8Array {
  const serializer = new ValueSerializer(companions);
  serializer.writeHeader();
  serializer.writeValue(value);
  const bytes = serializer.releaseBuffer();
  if (mayHoldEmpty(bytes)) {
    refuseHiddenState(value, bytes.length);
  }
  for (const buffer of companions?.shared ?? []) {
    if (!markTransferred(bytes, companions?.numberOf(buffer) ?? 0)) {
      renumber(buffer);
      return encode(value, companions);
    }
  }
  return serializer.behind.length === 0 ? bytes : joined(bytes, serializer.behind);
}

const sharedBufferTag = 0x75;
const transferredBufferTag = 0x74;

/**
 * V8 reads a shared buffer only from a delegate that Node does not have, but takes one for a transferred buffer of the
 * same number. False if the bytes of its tag and number stand in more than one place: one of them is something else.
 */
function markTransferred(bytes: Buffer, number: number): boolean {
  const pattern = Buffer.from([sharedBufferTag, ...varint(number)]);
  const at = bytes.indexOf(pattern);
  if (at < 0) {
    return true;
  }
  if (bytes.includes(pattern, at + 1)) {
    return false;
  }
  bytes[at] = transferredBufferTag;
  return true;
}

function varint(number: number): number[] {
  const bytes: number[] = [];
  let rest = number;
  for (; rest > 127; rest = Math.floor(rest / 128)) {
    bytes.push((rest % 128) + 128);
  }
  return [...bytes, rest];
}

export function decode(bytes: Uint8Array, companions: readonly Companion[] = []): unknown {
  return decodeParts(partsOf(bytes), companions);
}

export function decodeParts(parts: EncodedParts, companions: readonly Companion[] = []): unknown {
  const deserializer = new ValueDeserializer(parts, companions);
  deserializer.readHeader();
  return deserializer.readValue();
}

function cannotBeCloned(object: object): TypeError {
  const text = Object.prototype.toString.call(object);
  if (object instanceof SharedArrayBuffer) {
    return new TypeError(
      `${text}, which only threads share (a pool with \`workerType: "thread"\`), could not be cloned`,
    );
  }
  const name = classOfNode(object);
  return name === undefined ? new TypeError(`${text} could not be cloned`) : hiddenState(object, name);
}
