import { useEffect, useState } from 'react'

const KEY = 'chatdesk.details'
const WIDE = '(min-width: 1280px)'

/** Whether the details stand beside the thread. Remembered on wide screens; below, they begin closed. */
export function useDetailsShown(): [shown: boolean, toggle: () => void] {
  const [shown, setShown] = useState(beginShown)
  // Where the window is made narrow they would lie over what is read, unasked.
  useEffect(() => {
    const width = window.matchMedia(WIDE)
    const follow = () => setShown(beginShown())
    width.addEventListener('change', follow)
    return () => width.removeEventListener('change', follow)
  }, [])
  const toggle = () => {
    if (window.matchMedia(WIDE).matches) remember(shown ? 'hidden' : 'shown')
    setShown(!shown)
  }
  return [shown, toggle]
}

function beginShown(): boolean {
  return window.matchMedia(WIDE).matches && remembered() !== 'hidden'
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

function remember(value: 'shown' | 'hidden'): void {
  try {
    localStorage.setItem(KEY, value)
  } catch {
    // Without storage the choice holds until the page is reloaded.
  }
}
