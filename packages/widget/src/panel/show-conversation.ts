import type { PanelModel } from './panel-model.js'

/** Comes back to the conversation, ready to write in it. */
export function showConversation({ update, container }: PanelModel): void {
  update({ view: null })
  // The composer is there after the drawing, which is due in this turn.
  queueMicrotask(() => container.querySelector('textarea')?.focus())
}
