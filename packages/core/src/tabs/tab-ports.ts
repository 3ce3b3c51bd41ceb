import type { Unsubscribe } from '../ports.js'

/** What the tabs of one session have in common in a browser: a lock, which one of them holds at a time. */
export interface TabLock {
  /** Takes it; undefined when another tab has it. The answer lets go. */
  tryTake(): Promise<Unsubscribe | undefined>
  /** Waits for it; a tab that dies lets go. Rejects when aborted. */
  take(signal: AbortSignal): Promise<Unsubscribe>
}

/** One tab's end of what all of them hear but the one that speaks. */
export interface TabChannel {
  post(text: string): void
  close(): void
}

/** Opens an end. What is heard may be anything: every script of the page can speak there. */
export type OpenTabChannel = (onMessage: (data: unknown) => void) => TabChannel
