import { claimGlobal } from './claim-global.js'

/** Path of the panel's chunk, with the hash of its build; put here by the build. */
declare const CHATDESK_PANEL_PATH: string

claimGlobal(CHATDESK_PANEL_PATH)
