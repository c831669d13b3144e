import type { ServerConnection } from "@jupyterlab/services";
import { parseJson } from "../../../document/json/exact-json.js";
import { jsonFacts } from "../../../document/json/json-facts.js";
import { recordOf } from "../../../document/record.js";

type Serializer = ServerConnection.ISettings["serializer"];
type Data = Parameters<Serializer["deserialize"]>[0];

/** `serializer`, by which the numbers in what a kernel shows keep their texts. */
export function exactSerializer(serializer: Serializer): Serializer {
  return {
    serialize: (message, protocol) => serializer.serialize(message, protocol),
    deserialize: (data, protocol) => {
      const message = serializer.deserialize(data, protocol);
      const { text, isContent } = jsonOf(data, protocol);
      const facts = jsonFacts(text);
      if (facts.hasOddNumbers) {
        const value = recordOf(parseJson(text, facts));
        Object.assign(message, { content: isContent ? value : value.content });
      }
      return message;
    },
  };
}

/** The JSON text that is the message, or in the newer protocol its content. */
function jsonOf(data: Data, protocol: string | undefined): { text: string; isContent: boolean } {
  if (typeof data === "string") {
    return { text: data, isContent: false };
  }
  const bytes = Buffer.from(data);
  if (protocol === "v1.kernel.websocket.jupyter.org") {
    const [start, end] = [5, 6].map((position) => Number(bytes.readBigUInt64LE(8 * position)));
    return { text: bytes.toString("utf8", start, end), isContent: true };
  }
  const end = bytes.readUInt32BE(0) > 1 ? bytes.readUInt32BE(8) : bytes.length;
  return { text: bytes.toString("utf8", bytes.readUInt32BE(4), end), isContent: false };
}
