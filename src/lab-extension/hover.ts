import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from "@codemirror/view";

export type AskAt = (view: EditorView, question: "inspect" | "signature", offset: number) => Promise<unknown>;

const setSignature = StateEffect.define<Tooltip | null>();

const signature = StateField.define<Tooltip | null>({
  create: () => null,
  update: (shown, { effects, selection }) => {
    const set = effects.find((effect) => effect.is(setSignature));
    return set ? set.value : selection ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

/** Type and documentation of the name under the mouse, and the parameters of a call while it is typed. */
export function hoverAndSignature(askAt: AskAt): Extension {
  return [
    hoverTooltip(async (view, pos) => {
      const text = await askAt(view, "inspect", pos);
      // The mouse may have gone on meanwhile, at which CodeMirror would leave the tooltip where it is.
      return typeof text === "string" && view.dom.matches(":hover") ? tooltip(pos, text, true) : null;
    }),
    signature,
    keymap.of([{ key: "Escape", run: hideSignature }]),
    EditorView.updateListener.of(({ view, docChanged, transactions }) => {
      if (!docChanged || !transactions.some((each) => each.isUserEvent("input.type"))) {
        return;
      }
      const { head } = view.state.selection.main;
      if (/[(,]/.test(view.state.sliceDoc(head - 1, head))) {
        void showSignature(view, head, askAt);
      } else if (view.state.sliceDoc(head - 1, head) === ")") {
        hideSignature(view);
      }
    }),
  ];
}

async function showSignature(view: EditorView, head: number, askAt: AskAt): Promise<void> {
  const text = await askAt(view, "signature", head);
  if (typeof text === "string" && view.state.selection.main.head >= head) {
    view.dispatch({ effects: setSignature.of(tooltip(head, text, false)) });
  }
}

function hideSignature(view: EditorView): boolean {
  const isShown = view.state.field(signature) !== null;
  if (isShown) {
    view.dispatch({ effects: setSignature.of(null) });
  }
  return isShown;
}

function tooltip(pos: number, text: string, above: boolean): Tooltip {
  return {
    pos,
    above,
    create: () => {
      const dom = document.createElement("div");
      dom.className = "poolbook-hover";
      dom.textContent = text;
      Object.assign(dom.style, {
        whiteSpace: "pre-wrap",
        maxWidth: "60em",
        maxHeight: "20em",
        overflow: "auto",
        padding: "2px 6px",
        fontFamily: "var(--jp-code-font-family)",
        fontSize: "var(--jp-code-font-size)",
      });
      return { dom };
    },
  };
}
