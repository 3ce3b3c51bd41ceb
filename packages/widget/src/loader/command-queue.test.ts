import { describe, expect, it, vi } from 'vitest'
import { createCommandQueue, type LoaderCommands } from './command-queue.js'

function setUp(overrides: Partial<LoaderCommands> = {}) {
  const calls: unknown[][] = []
  const record =
    (name: string) =>
    (...args: unknown[]) =>
      void calls.push([name, ...args])
  const commands: LoaderCommands = {
    init: record('init'),
    open: record('open'),
    close: record('close'),
    toggle: record('toggle'),
    consent: record('consent'),
    on: record('on'),
    off: record('off'),
    destroy: record('destroy'),
    ...overrides,
  }
  const report = vi.fn()
  return { calls, report, push: createCommandQueue(commands, report) }
}

/** What a snippet pushes. */
function asArguments(..._args: unknown[]): IArguments {
  // biome-ignore lint/complexity/noArguments: the seed's snippet pushes exactly this
  return arguments
}

describe('createCommandQueue', () => {
  it('[L1] takes array-likes, because snippets push `arguments`', () => {
    const { calls, push } = setUp()
    push(asArguments('init', { widgetKey: 'wk_1' }))
    push({ length: 1, 0: 'open' })
    expect(calls).toEqual([['init', { widgetKey: 'wk_1' }], ['open']])
  })

  it('[L3] keeps what comes before init and replays it in the order of the calls', () => {
    const { calls, push } = setUp()
    push(['on', 'ready'])
    push(['open'])
    push(['close'])
    expect(calls).toEqual([])
    push(['init'])
    push(['toggle'])
    expect(calls.map(([name]) => name)).toEqual(['init', 'on', 'open', 'close', 'toggle'])
  })

  it('[L3] waits on when init fails', () => {
    let broken = true
    const { calls, push, report } = setUp({
      init() {
        if (broken) throw new Error('no key')
      },
    })
    push(['open'])
    push(['init'])
    expect(calls).toEqual([])
    broken = false
    push(['init'])
    expect(calls).toEqual([['open']])
    expect(report).toHaveBeenCalledOnce()
  })

  it('[L3] gives a command from inside another its turn behind those that wait', () => {
    const setup = setUp({
      open() {
        setup.calls.push(['open'])
        setup.push(['toggle'])
      },
    })
    setup.push(['open'])
    setup.push(['close'])
    setup.push(['init'])
    expect(setup.calls.map(([name]) => name)).toEqual(['init', 'open', 'close', 'toggle'])
  })

  it('[L5] reports a throwing command by its name and goes on', () => {
    const error = new Error('broken')
    const { calls, push, report } = setUp({
      open() {
        throw error
      },
    })
    for (const name of ['open', 'close', 'init']) push([name])
    expect(calls.map(([name]) => name)).toEqual(['init', 'close'])
    expect(report).toHaveBeenCalledExactlyOnceWith('"open" failed', error)
  })

  it('reports an unknown command once and goes on', () => {
    const { calls, push, report } = setUp()
    for (const name of ['init', 'track', 'track', 'open']) push([name])
    expect(calls.map(([name]) => name)).toEqual(['init', 'open'])
    expect(report).toHaveBeenCalledExactlyOnceWith('no command "track"')
  })

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('knows no command %s', (name) => {
    const { push, report } = setUp()
    push(['init'])
    push([name])
    expect(report).toHaveBeenCalledWith(`no command "${name}"`)
  })

  it('[L6] empties the queue on destroy; a later init starts afresh', () => {
    const setup = setUp({
      destroy() {
        setup.calls.push(['destroy'])
      },
    })
    for (const name of ['init', 'destroy', 'open']) setup.push([name])
    expect(setup.calls.map(([name]) => name)).toEqual(['init', 'destroy'])
    setup.push(['init'])
    expect(setup.calls.map(([name]) => name)).toEqual(['init', 'destroy', 'init', 'open'])
  })
})
