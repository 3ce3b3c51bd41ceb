import type { ChatClientOptions } from '@chatdesk/core'
import type { Texts } from './text/en.js'
import type { ThemeTokens } from './theme/tokens.js'

/** The corner in which the launcher stands. */
export type WidgetPosition = 'bottom-right' | 'bottom-left'
/** `system` follows the visitor's own setting. */
export type WidgetTheme = 'light' | 'dark' | 'system'

/** A theme with values of the page's own. */
export interface CustomTheme {
  /** Default: `system`. */
  mode?: WidgetTheme | undefined
  /** In place of what is derived from the brand colour, in both modes; `light-dark(…)` tells them apart. */
  tokens?: ThemeTokens | undefined
}

/**
 * What may be kept in the visitor's browser. `on-interaction`: what chatting needs, from the first touch on.
 * `required`: nothing until the page says `consent`; a chat before lives in memory. `granted`: the page has asked already.
 */
export type WidgetConsent = 'on-interaction' | 'required' | 'granted'

/** Options that a widget takes while it stands, by the command `update`. */
export const LIVE_OPTIONS = ['position', 'primaryColor', 'greeting', 'theme', 'texts', 'locale'] as const

/** What a page says of its visitor: who they are, and up to 20 fields of the site's own. Shown to agents as unproved. */
export interface UserData {
  /** Of a proof by hash; without one it only tells one person from the next. */
  id?: string | undefined
  name?: string | undefined
  email?: string | undefined
  phone?: string | undefined
  [field: string]: string | number | boolean | undefined
}

/** Colour of a widget whose owner chose none. */
export const DEFAULT_COLOR = '#3b82f6'

/** Seconds, of an `autoOpen` without a delay. */
export const DEFAULT_AUTO_OPEN_DELAY = 5

/** What a site owner may say about a widget. What is left out comes from the widget's settings on the server. */
export interface WidgetOptions {
  /** Names the widget; public. */
  widgetKey: string
  /** Address of the server's mount point, without a slash at its end. */
  url: string
  /** `inline`: the panel fills an element of the page, without a launcher. Default: `floating`. */
  mode?: 'floating' | 'inline' | undefined
  position?: WidgetPosition | undefined
  /** Whether the menu offers a window of its own, on wide screens and where tabs share their conversation. Default: true. */
  popout?: boolean | undefined
  /** Brand colour as `#rrggbb`. */
  primaryColor?: string | undefined
  /** First bubble of an empty conversation. */
  greeting?: string | undefined
  /** Default: `system`. */
  theme?: WidgetTheme | CustomTheme | undefined
  /** Opens the panel by itself, unless the visitor closed it in this tab before. */
  autoOpen?: boolean | undefined
  /** Seconds to wait before `autoOpen`. Default: 5. */
  autoOpenDelay?: number | undefined
  /** Default: `on-interaction`. The command `consent` changes it. */
  consent?: WidgetConsent | undefined
  /** Whether a message is heard that arrives while nobody reads. Default: true. What the visitor chooses counts more. */
  sound?: boolean | undefined
  /**
   * Path of a service worker on the site's own origin that says `importScripts('<url>/push-worker.js')`: visitors who have switched
   * notifications on then hear of answers while no page is open.
   */
  serviceWorker?: string | undefined
  /** Tells the server what the browser looks like, as a hint against abuse; only while consent is `granted`. Default: false. */
  fingerprint?: boolean | undefined
  /**
   * Proof that the visitor is signed in at the site, and as whom: `{ token }`, a JWT, or a function that fetches one whenever it is
   * needed, for pages that stay open. Left out when nobody is signed in.
   */
  user?: ChatClientOptions['user']
  /** Name, e-mail, phone and up to 20 fields of the site's own, shown to agents as unproved. */
  traits?: ChatClientOptions['traits']
  /** The same in one record, each field of the site's own beside the others. Told as soon as there is a session. */
  userData?: UserData | undefined
  /** The department that the visitor's conversations are for, when the widget offers it: they are not asked. */
  departmentId?: string | undefined
  /** What texts, dates and figures are written in, such as `de` or `pt-BR`. Default: the visitor's own, as their browser says. */
  locale?: string | undefined
  /** Replaces visible texts by key, in whatever language. */
  texts?: Partial<Texts> | undefined
  /** For `style-src` policies, in browsers without constructable style sheets. */
  styleNonce?: string | undefined
}

/** Whether storages of the browser may be touched. Asked before each access, because the visitor may change their mind. A word that is none of ours, such as `false`, is no consent. */
export const mayStore = ({ consent = 'granted' }: Pick<WidgetOptions, 'consent'>): boolean =>
  /^(granted|on-interaction)$/.test(consent)
