import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Signs messages with the key of a connection file, and verifies their signatures; with an empty key nothing is signed
 * and everything accepted. Throws a RangeError when Node does not know the hash of the `signature_scheme`.
 */
export class Signer {
  readonly #key: string;
  readonly #algorithm: string;

  constructor(key: string, scheme: string) {
    this.#key = key;
    this.#algorithm = scheme.replace(/^hmac-/, "") || "sha256";
    if (key !== "") {
      try {
        createHmac(this.#algorithm, key);
      } catch (cause) {
        throw new RangeError(
          `Expected \`signature_scheme\` to name a hash that Node knows, got "${scheme}"`,
          { cause },
        );
      }
    }
  }

  /** The signature of header, parent header, metadata and content in their serialised form, in hexadecimal digits. */
  sign(parts: Buffer[]): string {
    if (this.#key === "") {
      return "";
    }
    const hmac = createHmac(this.#algorithm, this.#key);
    for (const part of parts) {
      hmac.update(part);
    }
    return hmac.digest("hex");
  }

  verify(signature: Buffer, parts: Buffer[]): boolean {
    const expected = Buffer.from(this.sign(parts));
    return this.#key === "" || (expected.length === signature.length && timingSafeEqual(expected, signature));
  }
}
