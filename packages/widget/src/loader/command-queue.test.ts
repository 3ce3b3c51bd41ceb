import { describe, expect, it, vi } from 'vitest'
import { createCommandQueue } from './command-queue.js'

/** @param does what a command does beside being noted, by its name. */
function setUp(does: Record<string, (...args: unknown[]) => unknown> = {}) {
  const calls: unknown[][] = []
  const report = vi.fn()
  const push = createCommandQueue((name, args) => {
    calls.push([name, ...args])
    return does[name]?.(...args)
  }, report)
  return { calls, names: () => calls.map(([name]) => name), report, push }
}

/** What a snippet pushes. */
function asArguments(..._args: unknown[]): IArguments {
  // biome-ignore lint/complexity/noArguments: the seed's snippet pushes exactly this
  return arguments
}

describe('createCommandQueue', () => {
  it('[L1] takes array-likes, because snippets push `arguments`', async () => {
    const { calls, push } = setUp()
    push(asArguments('init', { widgetKey: 'wk_1' }))
    await push({ length: 1, 0: 'open' })
    expect(calls).toEqual([['init', { widgetKey: 'wk_1' }], ['open']])
  })

  it('[L3] keeps what comes before init and replays it in the order of the calls', async () => {
    const { names, push } = setUp()
    push(['open'])
    push(['close'])
    await Promise.resolve()
    expect(names()).toEqual([])
    push(['init'])
    await push(['toggle'])
    expect(names()).toEqual(['init', 'open', 'close', 'toggle'])
  })

  it('[L3] waits on when init fails', async () => {
    let broken = true
    const { names, push, report } = setUp({
      init() {
        if (broken) throw new Error('no key')
      },
    })
    const opened = push(['open'])
    push(['init'])
    await Promise.resolve()
    expect(names()).toEqual(['init'])
    expect(report).toHaveBeenCalledOnce()
    broken = false
    push(['init'])
    await opened
    expect(names()).toEqual(['init', 'init', 'open'])
    expect(report).toHaveBeenCalledOnce()
  })

  it('[L3] gives a command from inside another its turn behind those that wait', async () => {
    let inner: unknown
    const setup = setUp({
      open() {
        inner = setup.push(['toggle'])
      },
    })
    setup.push(['open'])
    setup.push(['close'])
    setup.push(['init'])
    await setup.push(['expand'])
    await inner
    expect(setup.names()).toEqual(['init', 'open', 'close', 'expand', 'toggle'])
  })

  it('[L4] lets pages listen before init, and answers them', () => {
    const off = () => {}
    const { calls, push } = setUp({ on: () => off })
    expect(push(['on', 'ready', off])).toBe(off)
    expect(calls).toEqual([['on', 'ready', off]])
  })

  it('answers with what comes of a command', async () => {
    const { push } = setUp({ sendMessage: async (text) => ({ text }) })
    const early = push(['sendMessage', 'first'])
    push(['init'])
    expect(await early).toEqual({ text: 'first' })
    expect(await push(['sendMessage', 'second'])).toEqual({ text: 'second' })
  })

  it('[L5] reports a throwing command by its name, tells its caller, and goes on', async () => {
    const error = new Error('broken')
    const { names, push, report } = setUp({
      open() {
        throw error
      },
    })
    const opened = push(['open']) as Promise<unknown>
    const closed = push(['close'])
    push(['init'])
    await expect(opened).rejects.toBe(error)
    await closed
    expect(names()).toEqual(['init', 'open', 'close'])
    expect(report).toHaveBeenCalledExactlyOnceWith('"open" failed', error)
  })

  it('[L6] drops what waits on destroy; a later init starts afresh', async () => {
    const { names, push } = setUp()
    push(['open'])
    push(['destroy'])
    push(['close'])
    push(['init'])
    push(['toggle'])
    push(['destroy'])
    push(['expand'])
    await Promise.resolve()
    push(['init'])
    await push(['hide'])
    expect(names()).toEqual(['destroy', 'init', 'destroy', 'init', 'expand', 'hide'])
  })
})
