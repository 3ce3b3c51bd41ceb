import { useEffect, useRef } from 'react'

/** Every key of the console with its words, in the order in which `?` shows them. */
export const SHORTCUTS = [
  { where: 'Anywhere', keys: ['Ctrl', 'K'], does: 'Find a command' },
  { where: 'Anywhere', keys: ['Esc'], does: 'Go back' },
  { where: 'Anywhere', keys: ['?'], does: 'Show these keys' },
  { where: 'In the inbox', keys: ['J', '↓'], does: 'Next conversation' },
  { where: 'In the inbox', keys: ['K', '↑'], does: 'Previous conversation' },
  { where: 'In the inbox', keys: ['Enter'], does: 'Open the conversation' },
  { where: 'In the inbox', keys: ['X'], does: 'Select the conversation' },
  { where: 'In the inbox', keys: ['/'], does: 'Search' },
  { where: 'In a conversation', keys: ['R'], does: 'Write a reply' },
  { where: 'In a conversation', keys: ['N'], does: 'Write a note' },
  { where: 'In a conversation', keys: ['A'], does: 'Assign it to me' },
  { where: 'In a conversation', keys: ['T'], does: 'Assign or transfer it' },
  { where: 'In a conversation', keys: ['S'], does: 'Snooze it' },
  { where: 'In a conversation', keys: ['P'], does: 'Set its priority' },
  { where: 'In a conversation', keys: ['L'], does: 'Tag it' },
  { where: 'In a conversation', keys: ['E'], does: 'End it' },
  { where: 'In a conversation', keys: ['O'], does: 'Reopen it' },
  { where: 'In a conversation', keys: ['D'], does: 'Show or hide the details' },
  { where: 'In a reply', keys: ['/'], does: 'Put in a canned reply' },
] as const

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
