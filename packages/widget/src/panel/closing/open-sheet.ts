import { menuTexts } from '../../text/en-menu.js'
import type { PanelModel, PanelView } from '../panel-model.js'
import { EndView } from './end-view.jsx'
import { OwnDataView } from './own-data-view.jsx'
import { TranscriptView } from './transcript-view.jsx'

/** Shows one of them in the place of the conversation. The model is of before the chunk came, the menu of before that. */
const open =
  (title: keyof typeof menuTexts, Body: PanelView['Body']) =>
  ({ texts, update }: PanelModel): void =>
    update({ view: { title: { ...menuTexts, ...texts }[title], Body } })

/** Asks whether the chat is to end. */
export const openEnd = open('endChat', EndView)
/** Offers a copy of the conversation. */
export const openTranscript = open('transcript', TranscriptView)
/** Offers what is stored of the visitor, and to delete it. */
export const openOwnData = open('ownData', OwnDataView)
