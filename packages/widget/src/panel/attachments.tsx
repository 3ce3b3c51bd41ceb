/** All that has to do with files: fetched when a panel that takes files, or shows one, is opened. */
import { isBlank, LIMITS, type SaidPart } from '@chatdesk/protocol'
import { attachmentTexts } from '../text/en-attachments.js'
import { errorTexts } from '../text/en-errors.js'
import attachmentsCss from '../theme/attachments.css?inline'
import { AttachTools } from './attachments/attach-tools.js'
import { MessageFile } from './attachments/message-file.js'
import { stagingOf } from './attachments/staging-of.js'
import type { FilesProps, PanelModel } from './panel-model.js'

const joined = new WeakSet<object>()

/** Takes this chunk into a panel, once. */
export function join({ client, launcher, learn, update }: PanelModel): void {
  if (joined.has(client)) return
  joined.add(client)
  launcher.addStyle(attachmentsCss)
  // What is wrong with a file is said where the rest of it is.
  learn({ ...errorTexts, ...attachmentTexts })
  update({ files: { Files, withFiles } })
}

/** What the composer has of files, or a file of a message. */
function Files({ panel, message, part }: FilesProps) {
  if (!part) return <AttachTools panel={panel} />
  return message && <MessageFile panel={panel} message={message} part={part} />
}

/**
 * What a message says with the files that are chosen; undefined when there are none, false when it cannot be sent.
 *
 * @param send called again once the files are there; without it, whether something can be sent at all is the question.
 */
function withFiles(panel: PanelModel, text: string, send?: () => void): SaidPart[] | false | undefined {
  const staging = stagingOf(panel)
  if (staging.files.length === 0) return undefined
  if (text.length > LIMITS.textLength) return false
  const parts = staging.parts()
  if (parts) return isBlank(text) ? parts : [{ type: 'text', text }, ...parts]
  const failed = staging.files.some(({ upload }) => !upload || upload.$state.get().status === 'failed')
  if (send && !failed)
    staging.whenReady(() => {
      // By then another composer may stand there, with other words.
      const composer = panel.container.querySelector<HTMLFormElement>('.composer')
      if (composer) composer.requestSubmit()
      else send()
    })
  return send || failed ? false : []
}
