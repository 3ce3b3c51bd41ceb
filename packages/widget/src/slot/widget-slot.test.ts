import { createTestClient } from '@chatdesk/core/testing'
import { describe, expect, it, vi } from 'vitest'
import type { MountOptions, WidgetHandle } from '../mount/mount-widget.js'
import { conversationActions, widgetActions } from './actions.js'
import { followEvent, followStore, readStore } from './follow.js'
import { createWidgetSlot } from './widget-slot.js'

const OPTIONS: MountOptions = { url: 'https://chat.example', widgetKey: 'wk_demo' }

/** Widgets that only write down what is done to them. */
function recordingMount() {
  const done: unknown[] = []
  const given: MountOptions[] = []
  const mount = (options: MountOptions): WidgetHandle => {
    const name = given.push(options)
    done.push(`mount ${name}`)
    return {
      client: createTestClient().client,
      open: () => done.push(`open ${name}`),
      close: () => done.push(`close ${name}`),
      toggle: () => done.push(`toggle ${name}`),
      consent: async (granted) => void done.push(`consent ${granted}`),
      run: async (command: string, args: readonly unknown[]) => {
        done.push([command, ...args])
        return undefined as never
      },
      on: (type) => {
        done.push(`on ${type} ${name}`)
        return () => done.push(`off ${type} ${name}`)
      },
      unmount: () => done.push(`unmount ${name}`),
    }
  }
  return { done, given, mount }
}

describe('show', () => {
  it('mounts once, however often an app draws the same', () => {
    const { done, mount } = recordingMount()
    const slot = createWidgetSlot()
    for (let times = 0; times < 3; times++)
      slot.show(mount, {
        ...OPTIONS,
        traits: { name: 'Asha' },
        texts: { send: 'Go' },
        user: () => ({ token: `${times}` }),
      })
    expect(done).toEqual(['mount 1'])
  })

  it('changes the widget where it can be changed', () => {
    const { done, mount } = recordingMount()
    const slot = createWidgetSlot()
    slot.show(mount, { ...OPTIONS, greeting: 'Hello', theme: 'dark' })
    slot.show(mount, { ...OPTIONS, primaryColor: '#be123c', theme: 'dark' })
    expect(done).toEqual(['mount 1', ['update', { greeting: undefined, primaryColor: '#be123c' }]])
  })

  it.each<[string, Partial<MountOptions>]>([
    ['key', { widgetKey: 'wk_other' }],
    ['visitor', { user: { token: 'another' } }],
  ])('puts another widget in its place for another %s', (_name, changes) => {
    const { done, mount } = recordingMount()
    const slot = createWidgetSlot()
    slot.show(mount, { ...OPTIONS, user: { token: 'one' } })
    slot.show(mount, { ...OPTIONS, user: { token: 'one' }, ...changes })
    expect(done).toEqual(['mount 1', 'unmount 1', 'mount 2'])
  })

  it('tells the widget what its visitor has said of consent: what a chat has kept in memory stays with it', () => {
    const { done, mount } = recordingMount()
    const slot = createWidgetSlot()
    for (const consent of ['required', 'granted', 'granted', 'required'] as const)
      slot.show(mount, { ...OPTIONS, consent })
    expect(done).toEqual(['mount 1', 'consent true', 'consent false'])
    slot.show(mount, { ...OPTIONS, consent: 'on-interaction' })
    expect(done.slice(3)).toEqual(['unmount 1', 'mount 2'])
  })

  it('asks the newest function who is signed in', async () => {
    const { given, mount } = recordingMount()
    const slot = createWidgetSlot()
    for (const token of ['first', 'second']) slot.show(mount, { ...OPTIONS, user: () => ({ token }) })
    const { user } = given[0] as MountOptions
    expect(typeof user === 'function' && (await user())).toEqual({ token: 'second' })
  })

  it('gives no function where nobody is signed in', () => {
    const { given, mount } = recordingMount()
    createWidgetSlot().show(mount, OPTIONS)
    expect(given[0]?.user).toBeUndefined()
  })
})

it('lets what is asked before there is a widget wait for it', async () => {
  const { done, mount } = recordingMount()
  const slot = createWidgetSlot()
  const opened = widgetActions(slot).open()
  slot.show(mount, OPTIONS)
  await opened
  expect(done).toEqual(['mount 1', ['open']])
})

it('follows events and stores from widget to widget', () => {
  const { done, mount } = recordingMount()
  const slot = createWidgetSlot()
  const listener = vi.fn()
  const stops = [followEvent(slot, 'open', () => {}), followStore(slot, ({ $unreadCount }) => $unreadCount, listener)]
  expect(readStore(slot, ({ $unreadCount }) => $unreadCount)).toBeUndefined()
  slot.show(mount, OPTIONS)
  expect(listener).toHaveBeenCalledOnce()
  expect(readStore(slot, ({ $unreadCount }) => $unreadCount)).toBe(0)
  slot.show(mount, { ...OPTIONS, widgetKey: 'wk_other' })
  for (const stop of stops) stop()
  slot.hide()
  slot.hide()
  expect(done).toEqual([
    'mount 1',
    'on open 1',
    'unmount 1',
    'mount 2',
    'off open 1',
    'on open 2',
    'off open 2',
    'unmount 2',
  ])
})

it('serves a chat of one’s own without a widget', async () => {
  const { client, server } = createTestClient()
  const slot = createWidgetSlot(client)
  const { start, sendMessage } = conversationActions(slot)
  await start()
  await sendMessage('Hello')
  expect(readStore(slot, ({ $timeline }) => $timeline)).toHaveLength(1)
  expect(server.log().events).not.toEqual([])
})
