// The part of JupyterLab that is used here; its own declarations come with hundreds of packages.

declare module "@jupyterlab/codemirror" {
  import type { Extension } from "@codemirror/state";
  export interface EditorExtension {
    readonly instance: (value: unknown) => Extension;
    reconfigure(value: unknown): null;
  }
  export interface IEditorExtensionRegistry {
    addExtension(factory: { name: string; factory(): EditorExtension }): void;
  }
  export const IEditorExtensionRegistry: unique symbol;
  export const EditorExtensionRegistry: {
    createImmutableExtension(extension: Extension): EditorExtension;
  };
}

declare module "@jupyterlab/notebook" {
  import type { EditorView } from "@codemirror/view";
  import type { KernelConnection } from "@jupyterlab/services";
  export interface CellWidget {
    readonly editor: { readonly editor?: EditorView } | null;
    readonly model: {
      readonly type: string;
      readonly sharedModel: { getSource(): string };
      getMetadata(name: string): unknown;
    };
  }
  export interface Signal {
    connect(slot: () => void): boolean;
  }
  export interface NotebookPanel {
    readonly isDisposed: boolean;
    readonly content: {
      readonly widgets: readonly CellWidget[];
      readonly model: { readonly cells: { readonly changed: Signal } } | null;
    };
    readonly sessionContext: {
      readonly session: { readonly kernel: KernelConnection | null } | null;
      readonly kernelChanged: Signal;
    };
    readonly disposed: Signal;
  }
  export interface INotebookTracker {
    readonly widgetAdded: { connect(slot: (sender: unknown, panel: NotebookPanel) => void): boolean };
    find(test: (panel: NotebookPanel) => boolean): NotebookPanel | undefined;
    forEach(act: (panel: NotebookPanel) => void): void;
  }
  export const INotebookTracker: unique symbol;
}

declare module "@jupyterlab/services" {
  export interface Message {
    readonly content: Record<string, unknown>;
  }
  export interface Future {
    onReply: (message: Message) => void;
    readonly done: Promise<unknown>;
    dispose(): void;
  }
  export interface KernelConnection {
    readonly clientId: string;
    readonly username: string;
    readonly info: Promise<Record<string, unknown>>;
    readonly isDisposed: boolean;
    sendControlMessage(message: Message, expectReply: boolean, disposeOnDone: boolean): Future;
  }
  export const KernelMessage: {
    createMessage(options: {
      channel: "control";
      msgType: string;
      session: string;
      username: string;
      content: Record<string, unknown>;
    }): Message;
  };
}

declare module "@jupyterlab/settingregistry" {
  export interface Settings {
    get(name: string): { composite: unknown };
    readonly changed: { connect(slot: () => void): boolean };
  }
  export interface ISettingRegistry {
    load(plugin: string): Promise<Settings>;
  }
  export const ISettingRegistry: unique symbol;
}
