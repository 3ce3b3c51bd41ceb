import { claimGlobal } from './claim-global.js'

/** Folder of the panel's chunks, named by the hash of its build; put here by the build. */
declare const CHATDESK_PANEL_FOLDER: string

claimGlobal(CHATDESK_PANEL_FOLDER)
