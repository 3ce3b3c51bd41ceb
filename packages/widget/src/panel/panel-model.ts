import type { MessageView } from '@chatdesk/core'
import type { ConversationChange, FilePart, SaidPart, WidgetSettings } from '@chatdesk/protocol'
import type { ComponentType } from 'preact'
import type { Launcher } from '../launcher/draw-launcher.js'
import type { WidgetEvents } from '../launcher/widget-events.js'
import type { BrowserClient } from '../mount/create-browser-client.js'
import type { Texts } from '../text/en.js'
import type { Language } from '../text/load-language.js'
import type { TimeFormat } from '../text/time-format.js'
import type { WidgetOptions } from '../widget-options.js'

/** What comes once files matter. */
export interface Attachments {
  /** What the composer has of files, or a file of a message. */
  Files: ComponentType<FilesProps>
  /**
   * What a message says with the files that are chosen; undefined when there are none, false when it cannot be sent.
   *
   * @param send called again once the files are there; without it, whether something can be sent at all is the question.
   */
  withFiles(panel: PanelModel, text: string, send?: () => void): SaidPart[] | false | undefined
}

/** What may stand in the place of the conversation: a form, a list. It comes with a chunk of its own. */
export interface PanelView {
  /** In the place of who answers. */
  title: string
  /** Where the way back leads; absent: to the conversation. Null: there is none. */
  back?: (() => void) | null
  Body: ComponentType<PanelProps>
}

/** What is said for the team: whether it is there, and how soon it answers. */
export interface TeamNote {
  /** Below who answers; absent: what the conversation says. */
  subtitle?: string | undefined
  /** What the composer asks for; absent: what it always does. */
  placeholder?: string | undefined
  /** Below what was said last. */
  Notice?: ComponentType<PanelProps> | undefined
}

/** What the panel shows beside the client's stores. */
export interface PanelState {
  open: boolean
  expanded: boolean
  /** The page is too small for a panel beside it; undefined where the panel is no dialog, or was never open. */
  fullScreen: boolean | undefined
  /** What the widget's owner says; null until it is known. */
  settings: WidgetSettings | null
  /** Name of the team; empty while unknown. */
  team: string
  greeting: string
  /** A connection is being made, and not for long enough to speak of it. */
  patient: boolean
  /** Absent until somebody may send a file, or has sent one. */
  files?: Attachments
  /** What a chunk says is there once it has come. */
  texts: Texts
  /** Of texts and figures. */
  locale: string
  time: TimeFormat
  /** What is asked of the visitor above the composer. */
  Offer?: ComponentType<PanelProps> | undefined
  /** What stands in the place of the conversation; null: the conversation. */
  view: PanelView | null
  /** Absent until something is to be said. */
  teamNote?: TeamNote
}

/** All that is drawn, and what can be done. The stores are read while drawing: each of their changes draws anew. */
export interface PanelModel extends Readonly<PanelState> {
  readonly client: BrowserClient
  readonly options: WidgetOptions
  readonly launcher: Launcher
  readonly events: WidgetEvents
  /** Holds all that is drawn. */
  readonly container: HTMLElement
  /** Begins the session; without effect when it has begun. */
  begin(): void
  /** Closes the panel, by the visitor's hand. */
  close(): void
  /** Opens the panel. `byVisitor`: takes the focus. Default: true. */
  show(byVisitor?: boolean): void
  /** Knows the English texts of a chunk from now on. */
  learn(texts: Partial<Texts>): void
  /** Speaks another language from now on. */
  speak(language: Language): void
  /** Shows what the options say now. */
  applyOptions(): void
  /** Changes what is shown, all at once with the other changes of this turn. */
  update(changes: Partial<PanelState>): void
}

/** What a part of the panel is given that comes with a chunk. */
export interface PanelProps {
  panel: PanelModel
}

/** Of a message of the assistant, or of a conversation, by the change that has ended it. */
export type FeedbackProps = PanelProps & { message?: MessageView; change?: ConversationChange }

/** Of the composer, or a file of a message. */
export type FilesProps = PanelProps & { message?: Pick<MessageView, 'seq'>; part?: FilePart }
