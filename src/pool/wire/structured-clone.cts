import { DefaultDeserializer, DefaultSerializer } from "node:v8";

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
  new (buffer: ArrayBuffer): ArrayBufferView;
}

/** The classes of the kinds that this Node has. */
export const viewTypes: ReadonlyMap<string, ViewType> = new Map(
  viewKinds.flatMap((kind) => {
    const type: ViewType | undefined = Reflect.get(globalThis, kind);
    return type ? [[kind, type]] : [];
  }),
);

/**
 * Structured clone into bytes. Other than `v8.serialize`, an array view takes only its own part of its buffer
 * along and arrives with a buffer of its own.
 */
class ValueSerializer extends DefaultSerializer {
  // The name is Node's: it calls this method for every array view.
  _writeHostObject(value: object): void {
    if (!ArrayBuffer.isView(value)) {
      throw new TypeError(`${describe(value)} could not be cloned`);
    }
    const kind = kindOf(value);
    const tag = viewKinds.indexOf(kind);
    if (tag < 0) {
      throw new TypeError(`${kind} could not be cloned: the pool does not know this kind of array`);
    }
    this.writeUint32(tag);
    this.writeUint32(value.byteLength);
    this.writeRawBytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  }
}

class ValueDeserializer extends DefaultDeserializer {
  _readHostObject(): ArrayBufferView {
    const tag = this.readUint32();
    const bytes = this.readRawBytes(this.readUint32());
    const kind = viewKinds[tag] ?? `view of kind ${tag}`;
    if (kind === "Buffer") {
      return Buffer.from(bytes);
    }
    const type = viewTypes.get(kind);
    if (!type) {
      throw new TypeError(`A ${kind} could not be received: Node ${process.versions.node} has none`);
    }
    return new type(new Uint8Array(bytes).buffer);
  }
}

const kindOfTypedArray = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get;

/** The built-in kind, also of an instance of a class that extends it, or of another realm's. */
function kindOf(view: ArrayBufferView): string {
  return Buffer.isBuffer(view) ? "Buffer" : (kindOfTypedArray?.call(view) ?? "DataView");
}

/** Clones a value into bytes; throws if it holds something that cannot be cloned, such as a function. */
export function encode(value: unknown): Uint8Array {
  const serializer = new ValueSerializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

export function decode(bytes: Uint8Array): unknown {
  const deserializer = new ValueDeserializer(bytes);
  deserializer.readHeader();
  return deserializer.readValue();
}

function describe(value: object): string {
  return Object.prototype.toString.call(value);
}
