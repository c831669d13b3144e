import { parseHTML } from "linkedom";
import { escapeXml } from "../reporters/escape-xml.js";

const dropped = new Set(
  "script iframe frame frameset object embed applet template noscript noframes noembed xmp plaintext textarea select option title head base meta link foreignobject animate animatemotion animatetransform set math portal".split(
    " ",
  ),
);
const kept = new Set(
  `a abbr article aside audio b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure
  font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd label li main mark meter nav ol p pre progress q rp rt ruby s samp section small source span
  strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video wbr
  svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textpath lineargradient radialgradient stop clippath mask
  pattern marker desc image filter fegaussianblur feoffset feblend femerge femergenode feflood fecomposite`.split(
    /\s+/,
  ),
);
const empty = new Set("br hr img col wbr source".split(" "));
const addresses = new Set(
  "href src xlink:href srcset poster background action formaction data cite ping longdesc srcdoc codebase classid profile usemap".split(
    " ",
  ),
);

/** As much of a DOM node as is looked at. */
interface HtmlNode {
  nodeType: number;
  localName: string;
  textContent: string | null;
  childNodes: Iterable<HtmlNode>;
  attributes: Iterable<HtmlAttribute>;
}

interface HtmlAttribute {
  name: string;
  value: string;
}

export interface SafeHtmlOptions {
  /** The `data:` URL of a picture, sound or film, by its address; undefined where it is not to be had. */
  embed?: (address: string) => string | undefined;
  /** Keeps `<style>`, for a place that it cannot leave. */
  keepsStyle?: boolean;
}

/** HTML without all that could run, load, send or cover something: elements and attributes that are not known to be harmless are left out. */
export function safeHtml(html: string, options: SafeHtmlOptions = {}): string {
  try {
    return [...bodyOf(html).childNodes].map((node) => nodeHtml(node, options)).join("");
  } catch (error) {
    // Elements that nest tens of thousands deep are no page, and are shown as they are written.
    if (error instanceof RangeError) {
      return `<pre>${escapeXml(html)}</pre>`;
    }
    throw error;
  }
}

/** A reader would see something of it. */
export function hasContent(safe: string): boolean {
  const rest = safe.replace(/<style>.*?<\/style>/gs, "");
  return (
    /<(img|svg|hr|meter|progress|video|audio)\b/.test(rest) || (bodyOf(rest).textContent ?? "").trim() !== ""
  );
}

function bodyOf(html: string): HtmlNode {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  document.body.innerHTML = html;
  return document.body;
}

function nodeHtml(node: HtmlNode, options: SafeHtmlOptions): string {
  if (node.nodeType === 3) {
    return escapeXml(node.textContent ?? "");
  }
  if (node.nodeType !== 1) {
    return "";
  }
  const name = node.localName.toLowerCase();
  if (name === "style") {
    const css = node.textContent ?? "";
    return options.keepsStyle && !/<|@import/i.test(css) ? `<style>${css}</style>` : "";
  }
  if (dropped.has(name)) {
    return "";
  }
  const inner = [...node.childNodes].map((child) => nodeHtml(child, options)).join("");
  if (!kept.has(name)) {
    return inner;
  }
  const { src = "", alt = "" } = Object.fromEntries(
    [...node.attributes].map((each) => [each.name, each.value]),
  );
  if (name === "img" && /^https?:/i.test(src)) {
    return `<a href="${escapeXml(src)}">${escapeXml(alt || src)}</a>`;
  }
  const attributes = [...node.attributes].map((each) => attributeHtml(name, each, options)).join("");
  return empty.has(name) ? `<${name}${attributes}>` : `<${name}${attributes}>${inner}</${name}>`;
}

function attributeHtml(element: string, { name, value }: HtmlAttribute, options: SafeHtmlOptions): string {
  const key = name.toLowerCase();
  if (!/^[a-z][\w:.-]*$/.test(key) || key.startsWith("on")) {
    return "";
  }
  const kept = addresses.has(key) ? addressFor(element, key, value.trim(), options) : value;
  return kept === undefined ? "" : ` ${name}="${escapeXml(kept)}"`;
}

function addressFor(
  element: string,
  key: string,
  value: string,
  { embed }: SafeHtmlOptions,
): string | undefined {
  if (element === "a" && (key === "href" || key === "xlink:href")) {
    return isHarmlessLink(value) ? value : undefined;
  }
  if (key !== "src" && key !== "href" && key !== "xlink:href") {
    return undefined;
  }
  if (value.startsWith("#") && element !== "img") {
    return value;
  }
  return /^data:(image|audio|video)\//i.test(value) ? value : embed?.(value);
}

/** An address of the web, of mail, or relative; browsers overlook control characters and blanks in a scheme. */
function isHarmlessLink(value: string): boolean {
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(value.replace(/[^\x21-\x7e]/g, ""))?.[1];
  return scheme === undefined || ["http", "https", "mailto"].includes(scheme.toLowerCase());
}
