import type { ChatError } from '@chatdesk/protocol'
import type { PanelModel } from '../panel-model.js'
import { bringChunk } from './bring-chunk.js'

/** All but the refusal of a member's answer (C19), which no visitor is told. */
export type VisitorErrorCode = Exclude<ChatError['code'], 'OVERTAKEN'>

/** What went wrong, in words; undefined while they are fetched, which draws the panel anew. */
export function errorText(panel: PanelModel, { code }: Pick<ChatError, 'code'>): string | undefined {
  const text = panel.texts[`error${code as VisitorErrorCode}`]
  // Asked for again with the next drawing when they cannot be had now.
  if (!text) bringChunk(panel, () => import('../errors/errors.js')).catch(() => {})
  return text
}
