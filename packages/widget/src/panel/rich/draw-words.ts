import { drawBlocks, drawInline, type Inline, readBlocks, readInline } from '@chatdesk/core/rich-text'
import { h } from 'preact'
import { formatText } from '../../text/format-text.js'
import type { PanelModel } from '../panel-model.js'

/** Names links for screen readers. */
const nameLink =
  ({ texts }: PanelModel) =>
  (link: string) =>
    formatText(texts.externalLink, { link })

/** Draws a text of the team with its marks (X5). */
export function drawMarked(panel: PanelModel, text: string) {
  return drawBlocks(readBlocks(text), h, nameLink(panel))
}

/** Draws a plain text with links (X4, X6). */
export function drawPlain(panel: PanelModel, text: string) {
  return drawInline(readInline(text, false), h, nameLink(panel))
}

/** Draws a link. */
export function drawLink(panel: PanelModel, link: Inline) {
  return drawInline([link], h, nameLink(panel))
}
