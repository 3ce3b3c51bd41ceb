import type { Awaitable, MessageView } from '@chatdesk/core'
import type { SaidPart, TrackedEvent } from '@chatdesk/protocol'

/** What an interceptor answers: another value, false to stop it, or nothing to let it pass. */
export type Answer<Value> = Awaitable<Value | boolean | undefined>

/** Where a page may look at something before it happens, change it, or stop it. */
export interface Interceptors {
  /** Before a message is taken: by the composer, a choice or `sendMessage`. */
  beforeSend(parts: readonly SaidPart[]): Answer<readonly SaidPart[] | string>
  /** Before a message is drawn. Stopped, it is not shown; it stays in the log. */
  beforeDisplay(message: MessageView): Answer<MessageView>
  beforeOpen(): Answer<never>
  beforeUpload(file: File): Answer<File>
  beforeTrack(event: TrackedEvent): Answer<TrackedEvent>
}

/** Names where something can be intercepted. */
export type InterceptorName = keyof Interceptors

/** What the rest of the widget asks of those who intercept. */
export interface Gate {
  /** They are asked for a widget that follows another one, too. */
  join(panel: object): void
  /** True: not now; `open` is called once all have agreed. */
  holdsOpening(byVisitor: boolean, open: (byVisitor: boolean) => void): boolean
  /** Those that may be uploaded. */
  files(files: readonly File[]): Promise<readonly File[]>
  /** Null: this is not told. */
  tracked(event: TrackedEvent): Promise<TrackedEvent | null>
}
