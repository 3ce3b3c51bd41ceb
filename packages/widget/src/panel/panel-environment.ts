import type { ChatClient } from '@chatdesk/core'
import type { ReadableAtom } from 'nanostores'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { PanelTexts } from '../text/en.js'
import type { TimeFormat } from '../text/time-format.js'

/** What the team looks like to a visitor. */
export interface Appearance {
  /** Name of the team; empty while unknown. */
  name: string
  greeting: string
}

/** What every part of the panel may need. */
export interface PanelEnvironment {
  client: ChatClient
  texts: PanelTexts
  time: TimeFormat
  /** Origin of the server: pictures come from there or not at all. */
  serverOrigin: string
  /** Names what the panel keeps for this tab. */
  widgetKey: string
  $open: ReadableAtom<boolean>
  $appearance: ReadableAtom<Appearance>
  /** The panel opens by the visitor's hand: its composer takes the focus. */
  takesFocus(): boolean
  /** Begins the session; without effect when it has begun. */
  begin(): void
  /** Closes the panel, by the visitor's hand. */
  close(): void
}

const context = createContext<PanelEnvironment | null>(null)

/** Gives the environment to the parts below. */
export const PanelEnvironmentProvider = context.Provider

/** The environment of the panel around. */
export function usePanel(): PanelEnvironment {
  const environment = useContext(context)
  if (!environment) throw new Error('A part of the panel stands outside of a panel.')
  return environment
}
