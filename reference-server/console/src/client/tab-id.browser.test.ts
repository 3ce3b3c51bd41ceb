import { expect, it } from 'vitest'
import { claimTabId } from './tab-id.js'

function storage(kept: string | null = null) {
  const written: string[] = []
  return {
    written,
    getItem: () => written.at(-1) ?? kept,
    setItem: (_key: string, value: string) => void written.push(value),
  }
}

it('gives a duplicated tab a name of its own', async () => {
  const original = storage()
  const first = await claimTabId({ storage: original, locks: navigator.locks })
  expect(original.written).toEqual([first])
  // A duplicate begins with a copy of the session storage while the original still lives.
  const second = await claimTabId({ storage: storage(first), locks: navigator.locks })
  expect(second).not.toBe(first)
  expect(second).toMatch(/^[0-9a-f]{24}$/)
})

it('keeps the name of a tab that was reloaded', async () => {
  const kept = `reloaded-${Math.random()}`
  expect(await claimTabId({ storage: storage(kept), locks: navigator.locks })).toBe(kept)
})

it('keeps the name of a tab whose earlier page lets go of it only after the reloaded one has asked', async () => {
  const kept = `reloading-${Math.random()}`
  let letGo = () => {}
  const left = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await new Promise<void>((held) => {
    void navigator.locks.request(`chatdesk.tab.${kept}`, () => {
      held()
      return left
    })
  })
  const claimed = claimTabId({ storage: storage(kept), locks: navigator.locks })
  await navigator.locks.query()
  letGo()
  expect(await claimed).toBe(kept)
})

it('does without locks that refuse', async () => {
  const locks = { request: () => Promise.reject(new DOMException('Denied', 'SecurityError')) } as unknown as LockManager
  expect(await claimTabId({ storage: storage(), locks })).toMatch(/^[0-9a-f]{24}$/)
})

it('does without locks and without storage', async () => {
  const refuse = () => {
    throw new DOMException('Denied', 'SecurityError')
  }
  expect(await claimTabId({ storage: storage('kept'), locks: undefined })).toBe('kept')
  expect(await claimTabId({ storage: { getItem: refuse, setItem: refuse }, locks: undefined })).toMatch(
    /^[0-9a-f]{24}$/,
  )
})
