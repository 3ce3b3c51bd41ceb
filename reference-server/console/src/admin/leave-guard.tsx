import { Button, Modal } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { atom } from 'nanostores'
import { createContext, useContext, useEffect } from 'react'
import type { BaseLocationHook } from 'wouter'
import styles from './admin.module.css'

/** What would be lost: everything below this path, last seen at `at`. */
interface Held {
  within: string
  at: string
}

/** Keeps a page on the screen while it holds what is not saved, whatever the address says: a link, or the way back. */
export interface LeaveGuard {
  /** The same location, but for what is held. */
  wrap(hook: BaseLocationHook): BaseLocationHook
  hold(within: string, at: string): void
  release(): void
  readonly $held: ReturnType<typeof atom<Held | null>>
}

export function createLeaveGuard(): LeaveGuard {
  const $held = atom<Held | null>(null)
  return {
    $held,
    wrap(hook) {
      const guarded: BaseLocationHook = (...options) => {
        const [path, navigate] = hook(...options)
        const held = useStore($held)
        return [held && !isWithin(path, held.within) ? held.at : path, navigate]
      }
      if (hook.searchHook) guarded.searchHook = hook.searchHook
      if (hook.hrefs) guarded.hrefs = hook.hrefs
      return guarded
    },
    hold: (within, at) => $held.set({ within, at }),
    release: () => $held.set(null),
  }
}

function isWithin(path: string, base: string): boolean {
  return path === base || path.startsWith(`${base}/`)
}

const GuardContext = createContext<LeaveGuard | null>(null)

/** Gives the guard to the tree below. */
export const LeaveGuardProvider = GuardContext.Provider

/** Lets nobody leave the pages below `within` unasked while `dirty`. Returns how to let go before leaving on purpose. */
export function useLeaveGuard(dirty: boolean, within: string, at: string): () => void {
  const guard = useContext(GuardContext)
  if (!guard) throw new Error('useLeaveGuard stands outside a LeaveGuardProvider.')
  useEffect(() => {
    if (!dirty) return
    guard.hold(within, at)
  }, [guard, dirty, within, at])
  useEffect(() => {
    if (!dirty) return
    // The browser asks in its own words.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => {
      window.removeEventListener('beforeunload', ask)
      guard.release()
    }
  }, [guard, dirty])
  return guard.release
}

/** Asks, when the address has gone elsewhere while something is held. */
export function LeaveDialog({ guard, locationHook }: { guard: LeaveGuard; locationHook: BaseLocationHook }) {
  const held = useStore(guard.$held)
  const [path, navigate] = locationHook()
  const asked = held !== null && !isWithin(path, held.within)
  const stay = () => held && navigate(held.at, { replace: true })
  return (
    <Modal
      opened={asked}
      onClose={stay}
      title="Leave without saving?"
      size={400}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={styles.dialogText}>What you have changed on this page is not saved.</p>
      <div className={styles.dialogActions}>
        <Button variant="default" onClick={guard.release}>
          Leave
        </Button>
        <Button onClick={stay} data-autofocus>
          Keep editing
        </Button>
      </div>
    </Modal>
  )
}
