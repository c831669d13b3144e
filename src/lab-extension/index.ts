import { EditorView } from "@codemirror/view";
import { EditorExtensionRegistry, IEditorExtensionRegistry } from "@jupyterlab/codemirror";
import { INotebookTracker } from "@jupyterlab/notebook";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { CheckedNotebook } from "./checked-notebook.js";
import { hoverAndSignature } from "./hover.js";

const id = "poolbook-lab:errors";

/** Shows TypeScript's errors in the cells of notebooks that have poolbook's kernel, while they are typed. */
const plugin = {
  id,
  autoStart: true,
  requires: [IEditorExtensionRegistry, INotebookTracker],
  optional: [ISettingRegistry],
  activate: async (
    _application: unknown,
    registry: IEditorExtensionRegistry,
    tracker: INotebookTracker,
    settings: ISettingRegistry | null,
  ): Promise<void> => {
    const notebooks = new Set<CheckedNotebook>();
    let isOn = true;
    const notebookOf = (view: EditorView) => [...notebooks].find((notebook) => notebook.has(view));
    tracker.widgetAdded.connect((_, panel) => {
      const notebook = new CheckedNotebook(panel, () => isOn);
      notebooks.add(notebook);
      panel.disposed.connect(() => notebooks.delete(notebook));
    });
    registry.addExtension({
      name: id,
      factory: () =>
        EditorExtensionRegistry.createImmutableExtension([
          EditorView.updateListener.of(({ view, docChanged }) => {
            if (docChanged) {
              notebookOf(view)?.changed();
            }
          }),
          hoverAndSignature(async (view, question, offset) => notebookOf(view)?.ask(view, question, offset)),
        ]),
    });
    const loaded = await settings?.load(id).catch(() => undefined);
    const apply = () => {
      isOn = loaded?.get("errors").composite !== false;
      for (const notebook of notebooks) {
        notebook.changed();
      }
    };
    loaded?.changed.connect(apply);
    apply();
  },
};

export default plugin;
