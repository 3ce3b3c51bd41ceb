import { readComposer, writeIntoComposer } from '../commands/write-into-composer.js'
import type { PanelModel } from '../panel-model.js'
import { showConversation } from '../show-conversation.js'

/** Comes back to the conversation with a question in the composer. What the visitor has begun to write there stays. */
export function askUs(panel: PanelModel, question: string): void {
  showConversation(panel)
  // After the drawing that brings the composer; where a form comes first, it waits for that.
  queueMicrotask(() => {
    if (!readComposer(panel)) writeIntoComposer(panel, question)
  })
}
