import { formatText } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import type { VisitorErrorCode } from '../extras/error-text.js'
import { Icon } from '../icon.js'
import type { PanelModel, PanelProps } from '../panel-model.js'
import { fileSize } from './file-size.js'
import { CROSS, RETRY } from './shapes.js'
import type { StagedFile } from './staging.js'
import { stagingOf } from './staging-of.js'
import { Thumbnail } from './thumbnail.js'

/** A file that is chosen: what it is, how far it has come, and what can be done. */
export function StagedChip({ panel, staged }: PanelProps & { staged: StagedFile }) {
  const { texts } = panel
  const { key, file } = staged
  const staging = stagingOf(panel)
  const { words, percent, failed, again } = standing(panel, staged)
  return (
    <li {...part('attachment')} data-failed={failed}>
      <Thumbnail file={file} />
      <span class="file-words">
        <bdi class="file-name" title={file.name}>
          {file.name}
        </bdi>
        <span class="file-state" role={failed ? 'alert' : undefined}>
          {words}
        </span>
        {percent !== undefined && (
          <span
            class="file-progress"
            role="progressbar"
            aria-label={file.name}
            aria-valuenow={percent}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuetext={words}
          >
            <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
              <path d={`M0 0h${percent}v1H0Z`} />
            </svg>
          </span>
        )}
      </span>
      {again && (
        <button
          type="button"
          aria-label={formatText(texts.attachRetry, { name: file.name })}
          onClick={() => staging.retry(key)}
        >
          <Icon shape={RETRY} size={16} />
        </button>
      )}
      <button
        type="button"
        data-action="remove"
        aria-label={formatText(texts.attachRemove, { name: file.name })}
        onClick={() => staging.remove(key)}
      >
        <Icon shape={CROSS} size={16} />
      </button>
    </li>
  )
}

/** How a file stands, in words and figures. */
function standing({ texts, locale, client }: PanelModel, { file, upload, refusal }: StagedFile) {
  const size = fileSize(file.size, locale)
  if (!upload) {
    const most = fileSize(client.$settings.get()?.attachments?.maxBytes ?? 0, locale)
    return { words: refusal ? formatText(texts[refusal], { size: most }) : '', failed: true }
  }
  const state = upload.$state.get()
  switch (state.status) {
    case 'failed': {
      const { code } = state.error
      const most = fileSize(client.$settings.get()?.attachments?.maxBytes ?? 0, locale)
      const words =
        code === 'PAYLOAD_TOO_LARGE'
          ? formatText(texts.attachTooLarge, { size: most })
          : texts[`error${code as VisitorErrorCode}`]
      // What the file itself is will not change.
      return { words, failed: true, again: !/^(FILE_|PAYLOAD|FORBIDDEN|NOT_SUPPORTED|VALIDATION)/.test(code) }
    }
    case 'uploading': {
      const share = state.sentBytes / state.totalBytes
      const percent = share.toLocaleString(locale, { style: 'percent' })
      const words = formatText(state.waiting ? texts.attachPaused : texts.attachUploading, { percent })
      return { words, percent: Math.round(share * 100) }
    }
    case 'ready':
      return { words: formatText(texts.attachReady, { size }) }
    default:
      return { words: texts.attachQueued, percent: 0 }
  }
}
