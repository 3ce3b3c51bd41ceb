import { useEffect, useRef } from 'react'

/** Every key of the console with its words, in the order in which `?` shows them. `writes`: not for those who only read. */
export const SHORTCUTS: readonly { where: string; keys: readonly string[]; does: string; writes?: true }[] = [
  { where: 'Anywhere', keys: ['Ctrl', 'K'], does: 'Find a command' },
  { where: 'Anywhere', keys: ['Esc'], does: 'Go back' },
  { where: 'Anywhere', keys: ['?'], does: 'Show these keys' },
  { where: 'In the inbox', keys: ['J', '↓'], does: 'Next conversation' },
  { where: 'In the inbox', keys: ['K', '↑'], does: 'Previous conversation' },
  { where: 'In the inbox', keys: ['Enter'], does: 'Open the conversation' },
  { where: 'In the inbox', keys: ['X'], does: 'Select the conversation', writes: true },
  { where: 'In the inbox', keys: ['/'], does: 'Search' },
  { where: 'In a conversation', keys: ['R'], does: 'Write a reply', writes: true },
  { where: 'In a conversation', keys: ['N'], does: 'Write a note', writes: true },
  { where: 'In a conversation', keys: ['A'], does: 'Assign it to me', writes: true },
  { where: 'In a conversation', keys: ['T'], does: 'Assign or transfer it', writes: true },
  { where: 'In a conversation', keys: ['S'], does: 'Snooze it', writes: true },
  { where: 'In a conversation', keys: ['P'], does: 'Set its priority', writes: true },
  { where: 'In a conversation', keys: ['L'], does: 'Tag it', writes: true },
  { where: 'In a conversation', keys: ['E'], does: 'End it', writes: true },
  { where: 'In a conversation', keys: ['O'], does: 'Reopen it', writes: true },
  { where: 'In a conversation', keys: ['D'], does: 'Show or hide the details' },
  { where: 'In a reply', keys: ['/'], does: 'Put in a canned reply', writes: true },
]

/** A key as `KeyboardEvent.key` names it, letters in lower case. */
export type ShortcutKey =
  | 'j'
  | 'k'
  | 'ArrowDown'
  | 'ArrowUp'
  | 'Escape'
  | '?'
  | 'r'
  | 'n'
  | 'a'
  | 't'
  | 's'
  | 'p'
  | 'l'
  | 'e'
  | 'o'
  | 'd'
  | 'x'
  | '/'

/**
 * Runs `run` when a key is pressed outside text fields, dialogs and menus (`Escape` also inside text fields).
 * Keys with Ctrl, Alt or Cmd belong to the browser. `run` says whether the key was for it.
 */
export function useShortcut(keys: readonly ShortcutKey[], run: (event: KeyboardEvent) => boolean): void {
  const latest = useRef({ keys, run })
  latest.current = { keys, run }
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
      if (!latest.current.keys.some((candidate) => candidate === key) || !isForUs(event)) return
      if (latest.current.run(event)) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

function isForUs(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false
  if (document.querySelector('[role="dialog"], [role="menu"]')) return false
  const target = event.target instanceof Element ? event.target : null
  return event.key === 'Escape' || !target?.closest('input, textarea, select, [contenteditable]')
}
