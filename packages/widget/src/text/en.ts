import { attachmentTexts } from './en-attachments.js'
import { closingTexts } from './en-closing.js'
import { emojiTexts } from './en-emoji.js'
import { errorTexts } from './en-errors.js'
import { extraTexts } from './en-extras.js'
import { feedbackTexts } from './en-feedback.js'
import { formTexts } from './en-forms.js'
import { helpTexts } from './en-help.js'
import { homeTexts } from './en-home.js'
import { launcherTexts } from './en-launcher.js'
import { menuTexts } from './en-menu.js'
import { notifyTexts } from './en-notify.js'
import { conversationTexts } from './en-panel.js'
import { paymentTexts } from './en-payments.js'
import { proactiveTexts } from './en-proactive.js'
import { receptionTexts } from './en-reception.js'
import { richTexts } from './en-rich.js'
import { searchTexts } from './en-search.js'

/** Every visible text in English, by key; those of errors are keyed `error` and code. */
export const englishTexts = {
  ...launcherTexts,
  ...conversationTexts,
  ...extraTexts,
  ...errorTexts,
  ...attachmentTexts,
  ...richTexts,
  ...menuTexts,
  ...searchTexts,
  ...emojiTexts,
  ...receptionTexts,
  ...formTexts,
  ...proactiveTexts,
  ...notifyTexts,
  ...helpTexts,
  ...homeTexts,
  ...feedbackTexts,
  ...closingTexts,
  ...paymentTexts,
}

/** Every visible text, by key. */
export type Texts = typeof englishTexts
