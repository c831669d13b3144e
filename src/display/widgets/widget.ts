import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { checkTraitNames, createWidget } from "./create-widget.js";
import type { WidgetKind } from "./widget-kind.js";
import type { Widget } from "./widget-types.js";

export interface WidgetSource {
  /**
   * The front end of the widget, as anywidget has it: the text of an ECMAScript module whose default export has
   * `render({ model, el })`, its address, or the URL of a file that holds it.
   */
  readonly esm: string | URL;
  /** Its style sheet: the text, or the URL of a file. */
  readonly css?: string | URL;
}

/**
 * A widget of your own, after anywidget, whose front-end module shows it (`pip install anywidget`). All members but
 * `esm` and `css` are traits: JSON or bytes, which travel both ways; bytes arrive there as a DataView, here as a
 * Uint8Array. The types of the traits are those of their first values.
 *
 * Throws a TypeError for a trait with the name of a method, or with a value that is neither JSON nor bytes.
 *
 * @example
 * const counter = widget({
 *   value: 0,
 *   esm: `export default { render({ model, el }) {
 *     const button = document.createElement("button");
 *     const show = () => { button.textContent = "clicked " + model.get("value"); };
 *     button.onclick = () => { model.set("value", model.get("value") + 1); model.save_changes(); };
 *     model.on("change:value", show);
 *     show();
 *     el.append(button);
 *   } }`,
 * });
 * counter.observe(({ new: value }) => console.log(value), "value");
 */
export function widget<T extends WidgetSource>({
  esm,
  css,
  ...traits
}: T): Widget<Omit<T, keyof WidgetSource>> {
  if (esm === undefined) {
    throw new TypeError("Expected `esm` to be the module that shows the widget, got `undefined`");
  }
  checkTraitNames(traits);
  return createWidget(anywidget(textOf(esm), css === undefined ? undefined : textOf(css)), traits);
}

function textOf(source: string | URL): string {
  return source instanceof URL && source.protocol === "file:" ? readFileSync(source, "utf8") : String(source);
}

function anywidget(esm: string, css: string | undefined): WidgetKind {
  // Style sheets with one id replace each other.
  const id = createHash("sha256")
    .update(esm)
    .update(css ?? "")
    .digest("hex")
    .slice(0, 16);
  return {
    name: "Widget",
    front: {
      _model_module: "anywidget",
      _model_name: "AnyModel",
      _model_module_version: "*",
      _view_module: "anywidget",
      _view_name: "AnyView",
      _view_module_version: "*",
      _view_count: null,
      _anywidget_id: `poolbook.${id}`,
      _esm: esm,
      ...(css !== undefined && { _css: css }),
    },
    toFront: (changes) => changes,
    fromFront: (state, all) =>
      Object.fromEntries(Object.entries(state).filter(([name]) => Object.hasOwn(all, name))),
  };
}
