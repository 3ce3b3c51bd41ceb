import { createFileClient, type Upload, type UploadState } from '@chatdesk/core/files'
import { LIMITS, type SaidPart } from '@chatdesk/protocol'
import { keep, recall } from '../../launcher/browser-tab-memory.js'
import { onPageWake } from '../../launcher/host-page.js'
import type { PanelModel } from '../panel-model.js'
import { createFileLinks, type FileLinks } from './file-links.js'

/** The words of a message are a part of it as well. */
export const MOST_FILES = LIMITS.parts - 1

/** Where it stands that files were chosen and not sent. */
const CHOSEN = 'chatdesk.files.'

/** A file that the visitor has chosen. */
export interface StagedFile {
  key: number
  file: File
  /** Absent: not even tried. */
  upload?: Upload | undefined
  /** Why it is not tried. */
  refusal?: 'attachTooLarge' | 'attachEmpty' | undefined
}

/** What was chosen on a page, for as long as its widget is there. */
export interface Staging {
  readonly files: readonly StagedFile[]
  readonly links: FileLinks
  /** One thing to say of all of them. */
  readonly notice: 'attachTooMany' | 'attachLost' | null
  /** A message waits for its files. */
  readonly sending: boolean
  add(files: Iterable<File>): void
  retry(key: number): void
  remove(key: number): void
  /** Calls `then` once all are ready; forgets it when one cannot be. */
  whenReady(then: () => void): void
  /** What is ready, as parts of a message; null while something is not. */
  parts(): SaidPart[] | null
  dispose(): void
}

/** @param changed told when something that is shown has changed. */
export function createStaging({ client, options, events }: PanelModel, changed: () => void): Staging {
  const fileClient = createFileClient({
    url: options.url,
    audience: 'visitor',
    getHeaders() {
      const token = client.getToken()
      return token === undefined ? undefined : { authorization: `Bearer ${token}` }
    },
    wakeSignals: { onWake: onPageWake },
  })
  let files: readonly StagedFile[] = []
  let keys = 0
  let notice: Staging['notice'] = recall(options, CHOSEN) ? 'attachLost' : null
  let then: (() => void) | null = null
  keep(options, CHOSEN, '')

  function set(next: readonly StagedFile[]): void {
    files = next
    keep(options, CHOSEN, files.length > 0 ? '1' : '')
    settle()
  }
  /** Goes on with what waits, when that is possible; gives up when it is not. */
  function settle(): void {
    const go = then
    if (files.some((staged) => !staged.upload || staged.upload.$state.get().status === 'failed')) then = null
    else if (go && parts()) {
      then = null
      go()
    }
    changed()
  }
  function tell(name: string, state: UploadState): void {
    if (state.status === 'ready') events.emit('attachment:done', { name, fileId: state.part.fileId })
    else if (state.status === 'failed') events.emit('attachment:rejected', { name, code: state.error.code })
    else if (state.status === 'uploading') {
      const { sentBytes, totalBytes } = state
      events.emit('attachment:progress', { name, sentBytes, totalBytes })
    }
  }
  function begin(staged: StagedFile): StagedFile {
    const { file } = staged
    const { name, size } = file
    const most = client.$settings.get()?.attachments?.maxBytes ?? 0
    const refuse = (refusal: StagedFile['refusal'], code: string): StagedFile => {
      events.emit('attachment:rejected', { name, code })
      return { ...staged, refusal }
    }
    if (size === 0) return refuse('attachEmpty', 'VALIDATION_FAILED')
    if (size > most) return refuse('attachTooLarge', 'PAYLOAD_TOO_LARGE')
    const upload = fileClient.upload(file)
    upload.$state.listen((state) => {
      tell(name, state)
      settle()
    })
    return { ...staged, upload }
  }
  function take(all: readonly File[]): void {
    const taken = all.slice(0, MOST_FILES - files.length)
    notice = taken.length < all.length ? 'attachTooMany' : null
    set([...files, ...taken.map((file) => begin({ key: ++keys, file }))])
  }
  function parts(): SaidPart[] | null {
    const states = files.map(({ upload }) => upload?.$state.get())
    const ready = states.flatMap((state) => (state?.status === 'ready' ? state.part : []))
    return ready.length === files.length ? ready : null
  }
  // Those that have come are removed by the server, as no message holds them.
  const stopForgetting = client.port.$forgotten.listen(() => {
    for (const { upload } of files) upload?.cancel()
    notice = null
    // Or the words that wait for them would be sent, by whoever comes next.
    then = null
    set([])
  })
  // What stands in the thread is sent, or waits there.
  const stop = client.$timeline.listen((timeline) => {
    const said = new Set(
      timeline
        .flatMap((entry) => (entry.type === 'message' ? entry.parts : []))
        .map((part) => 'fileId' in part && part.fileId),
    )
    const rest = files.filter(({ upload }) => {
      const state = upload?.$state.get()
      return state?.status !== 'ready' || !said.has(state.part.fileId)
    })
    if (rest.length < files.length) set(rest)
  })

  return {
    get files() {
      return files
    },
    links: createFileLinks(fileClient, Date.now),
    get notice() {
      return notice
    },
    get sending() {
      return then !== null
    },
    add(chosen) {
      const all = [...chosen]
      if (events.gate) void events.gate.files(all).then(take)
      else take(all)
    },
    retry: (key) => set(files.map((staged) => (staged.key === key ? begin({ key, file: staged.file }) : staged))),
    remove(key) {
      files.find((staged) => staged.key === key)?.upload?.cancel()
      notice = null
      set(files.filter((staged) => staged.key !== key))
    },
    whenReady(go) {
      then = go
      settle()
    },
    parts,
    dispose() {
      stop()
      stopForgetting()
      fileClient.dispose()
    },
  }
}
