import { DefaultDeserializer, DefaultSerializer } from "node:v8";

const viewTypes = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
] as const;
const bufferTag = viewTypes.length;

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
    const tag = Buffer.isBuffer(value) ? bufferTag : viewTypes.findIndex((type) => value instanceof type);
    this.writeUint32(tag);
    this.writeUint32(value.byteLength);
    this.writeRawBytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  }
}

class ValueDeserializer extends DefaultDeserializer {
  _readHostObject(): ArrayBufferView {
    const tag = this.readUint32();
    const bytes = this.readRawBytes(this.readUint32());
    if (tag === bufferTag) {
      return Buffer.from(bytes);
    }
    const { buffer } = new Uint8Array(bytes);
    return new (viewTypes[tag] as new (buffer: ArrayBuffer) => ArrayBufferView)(buffer);
  }
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
