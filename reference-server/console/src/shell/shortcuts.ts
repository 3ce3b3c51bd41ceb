import { useEffect, useRef } from 'react'

/** Every key of the console with its words, in the order in which `?` shows them. */
export const SHORTCUTS = [
  { keys: ['J', '↓'], does: 'Next conversation' },
  { keys: ['K', '↑'], does: 'Previous conversation' },
  { keys: ['Enter'], does: 'Open the conversation' },
  { keys: ['R'], does: 'Write a reply' },
  { keys: ['E'], does: 'End the conversation' },
  { keys: ['D'], does: 'Show or hide the details' },
  { keys: ['Esc'], does: 'Go back' },
  { keys: ['?'], does: 'Show these keys' },
] as const

/** A key as `KeyboardEvent.key` names it, letters in lower case. */
export type ShortcutKey = 'j' | 'k' | 'ArrowDown' | 'ArrowUp' | 'r' | 'e' | 'd' | 'Escape' | '?'

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
