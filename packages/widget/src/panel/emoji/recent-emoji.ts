import { keep, recall } from '../../launcher/browser-tab-memory.js'
import type { WidgetOptions } from '../../widget-options.js'

const RECENT = 'chatdesk.emoji.'
/** One row. */
const LENGTH = 8

/** What this tab used last, the newest first; empty where nothing may be stored. */
export function recentEmoji(options: WidgetOptions): string[] {
  return recall(options, RECENT).split(' ').filter(Boolean)
}

/** Remembers that an emoji was used. */
export function noteEmoji(options: WidgetOptions, emoji: string): void {
  const others = recentEmoji(options).filter((other) => other !== emoji)
  keep(options, RECENT, [emoji, ...others].slice(0, LENGTH).join(' '))
}
