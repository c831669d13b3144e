import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: XmlElement[];
}

const toJson = `
import json, sys
from xml.etree import ElementTree
def plain(element):
    return {"name": element.tag, "attributes": element.attrib, "text": element.text or "", "children": [plain(child) for child in element]}
print(json.dumps(plain(ElementTree.fromstring(sys.stdin.buffer.read()))))
`;

/** The root of an XML document, as Python's parser (expat) reads it; fails when the document is not well-formed. */
export function parseXml(xml: string): XmlElement {
  assert.ok(xml.startsWith("<?xml"));
  return JSON.parse(execFileSync("python3", ["-c", toJson], { input: xml, encoding: "utf8" }));
}
