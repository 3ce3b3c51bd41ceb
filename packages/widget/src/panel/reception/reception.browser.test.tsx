import { manualClock, widgetSettings } from '@chatdesk/core/testing'
import type { WidgetSettings } from '@chatdesk/protocol'
import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { shadow, violations } from '../../testing/drawn-widget.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'

const HOUR_MS = 3_600_000
const AWAY = {
  offlineMessage: 'We are asleep.',
  businessHours: { timeZone: 'UTC', week: [], exceptions: [] },
  open: false,
}
const subtitle = () => shadow().querySelector('.subtitle')?.textContent
const note = () => shadow().querySelector('.team-note')?.textContent
const message = () => page.getByRole('textbox', { name: 'Your message' })

type Options = NonNullable<Parameters<typeof mountTestWidget>[0]>

function mountWith(settings: Partial<WidgetSettings>, { server: prepare, ...options }: Options = {}) {
  return mountTestWidget({
    open: true,
    ...options,
    server(server) {
      server.changeWidget(settings)
      prepare?.(server)
    },
  })
}

beforeEach(() => {
  sessionStorage.clear()
  return page.viewport(900, 700)
})

it('says by itself that nobody is there, in the visitor’s language, where its owner has not', async () => {
  mountWith({ ...AWAY, offlineMessage: '' }, { locale: 'de' })
  await expect.poll(note).toContain('Wir sind gerade nicht da.')
})

it('says that a machine answers, for as long as one does, out of hours too', async () => {
  const { server } = mountWith(AWAY, {
    server(server) {
      server.startConversation()
      server.changeStatus('open')
    },
  })
  await expect.poll(subtitle).toBe('Automatic assistant')
  expect(note()).toBeUndefined()
  server.changeStatus('waiting')
  await expect.poll(note).toBe('We are asleep.')
  expect(subtitle()).toBe('Leave a message')
})

describe('W9: the hours of a team', () => {
  it('turn at their moment, with the words of the header, the thread and the composer', async () => {
    const clock = manualClock()
    const at = (hours: number) => new Date(clock.now() + hours * HOUR_MS).toISOString()
    const settings = { ...AWAY, open: true, expectedReply: 'Usually within 5 minutes', nextChangeAt: at(1) }
    const { server } = mountWith(settings, {
      client: {
        clock,
        // What a look at the hours is told when the moment has come; nobody pushes it.
        fetch: async (input, init) =>
          String(input).endsWith('/config')
            ? Response.json({ widget: widgetSettings({ ...settings, open: false, nextChangeAt: at(14) }) })
            : server.fetch(input, init),
      },
      traits: { email: 'asha@example.com' },
      server: (server) => server.startConversation(),
    })
    await expect.poll(subtitle).toBe('Usually within 5 minutes')
    await clock.advance(HOUR_MS - 1)
    expect(subtitle()).toBe('Usually within 5 minutes')
    expect(note()).toBeUndefined()
    await clock.advance(1)
    await expect.poll(subtitle).toMatch(/^Back (today|tomorrow) at /)
    expect(note()).toBe('We are asleep.')
    await expect.element(message()).toHaveAttribute('placeholder', 'Leave a message')
    expect(await violations()).toEqual([])

    await userEvent.fill(message(), 'Hello')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => server.log().events.length).toBe(1)

    server.changeWidget({ open: true, nextChangeAt: null })
    await expect.poll(subtitle).toBe('Usually within 5 minutes')
    expect(note()).toBeUndefined()
    await expect.element(message()).toHaveAttribute('placeholder', 'Write a message…')
  })

  it('are not said of somebody who answers all the same', async () => {
    const { server } = mountWith(
      { ...AWAY, nextChangeAt: null },
      {
        traits: { email: 'asha@example.com' },
        server(server) {
          server.startConversation()
          server.visitorSays('Hello')
        },
      },
    )
    await expect.poll(note).toBe('We are asleep.')
    server.agentSays('I am still here.')
    await expect.poll(note).toBeUndefined()
    expect(subtitle()).not.toBe('Leave a message')
  })

  it('ask for an address where none is known, and send the question as a message', async () => {
    const { server } = mountWith({ ...AWAY, nextChangeAt: null })
    await expect.element(page.getByRole('heading', { name: 'Leave a message' })).toBeVisible()
    expect(note()).toBe('We are asleep.')
    await userEvent.fill(page.getByLabelText('Your name (optional)'), 'Asha')
    await userEvent.fill(message(), 'What is the fee?')
    await userEvent.click(page.getByRole('button', { name: 'Send message' }))
    await expect.element(page.getByText('Please enter an email address')).not.toBeInTheDocument()
    await expect.element(page.getByText('Please fill this in.')).toBeVisible()
    await userEvent.fill(page.getByLabelText('Email address'), 'asha@example.com')
    await userEvent.click(page.getByRole('button', { name: 'Send message' }))
    await expect.element(page.getByRole('log').getByText('What is the fee?')).toBeVisible()
    await expect.poll(() => server.received.map(({ type }) => type)).toContain('message.send')
    const told = server.received.flatMap((frame) => (frame.type === 'visitor.update' ? [frame.facts] : []))
    expect(told).toEqual([{ traits: { name: 'Asha', email: 'asha@example.com' } }])
    expect(await violations()).toEqual([])
  })

  it('give a question back that the page does not let through', async () => {
    const { handle, server } = mountWith({ ...AWAY, nextChangeAt: null })
    await handle.run('use', ['beforeSend', () => false])
    await userEvent.fill(page.getByLabelText('Email address'), 'asha@example.com')
    await userEvent.fill(message(), 'What is the fee?')
    await userEvent.click(page.getByRole('button', { name: 'Send message' }))
    await expect.element(page.getByRole('log')).toBeVisible()
    await expect.element(page.getByRole('textbox')).toHaveValue('What is the fee?')
    expect(server.received.map(({ type }) => type)).not.toContain('message.send')
  })

  it('ask whoever can be reached for nothing', async () => {
    const { server } = mountWith({ ...AWAY, nextChangeAt: null }, { traits: { email: 'asha@example.com' } })
    await expect.poll(() => server.connections).toBe(1)
    await expect.poll(note).toBe('We are asleep.')
    await expect.element(message()).toHaveAttribute('placeholder', 'Leave a message')
    expect(page.getByRole('heading', { name: 'Leave a message' }).query()).toBeNull()
  })

  it('take the form away when the team comes, where it was there for nothing else', async () => {
    const { server } = mountWith({ ...AWAY, nextChangeAt: null })
    await expect.element(page.getByRole('heading', { name: 'Leave a message' })).toBeVisible()
    server.changeWidget({ open: true })
    await expect.element(page.getByRole('log')).toBeVisible()
  })
})

describe('the queue', () => {
  it('[L6] says where a visitor stands, and for how long, until somebody answers', async () => {
    const clock = manualClock()
    let queue: object | null = { position: 3, waitSeconds: 290 }
    const { server } = mountWith(
      {},
      {
        client: {
          clock,
          fetch: async (input, init) =>
            String(input).endsWith('/queue') ? Response.json({ queue }) : server.fetch(input, init),
        },
        server(server) {
          server.startConversation()
          server.visitorSays('Hello')
        },
      },
    )
    await expect.poll(subtitle).toBe('You are number 3 in the queue, about 5 min')
    queue = { position: 2, waitSeconds: null }
    await clock.advance(10_000)
    await expect.poll(subtitle).toBe('You are number 2 in the queue')
    expect(await violations()).toEqual([])
    server.agentSays('Here I am')
    await expect.poll(subtitle).not.toContain('queue')
  })
})

describe('what a widget leaves out', () => {
  const withAgent: Options = {
    server(server) {
      server.startConversation()
      server.agentSays('Here I am')
    },
  }

  it('shows no pictures and no initials where the owner hides who answers', async () => {
    mountWith({ showAgentAvatars: false }, withAgent)
    await expect.element(page.getByRole('log').getByText('Here I am')).toBeVisible()
    await expect.poll(() => shadow().querySelectorAll('.avatar')).toHaveLength(0)
  })

  it('does not say that somebody writes where the owner hides it', async () => {
    const { server } = mountWith({ showTypingIndicator: false }, withAgent)
    await expect.element(page.getByRole('log').getByText('Here I am')).toBeVisible()
    server.types('agent', true)
    server.agentSays('There')
    await expect.element(page.getByText('There')).toBeVisible()
    expect(shadow().querySelector('.typing')).toBeNull()
    server.changeWidget({ showTypingIndicator: true })
    server.types('agent', true)
    await expect.poll(() => shadow().querySelector('.typing')).not.toBeNull()
  })

  it('has the icon on its launcher that the owner has chosen, also when they choose again', async () => {
    const shape = () => shadow().querySelector('[part="launcher"] path')?.getAttribute('d')
    const { server } = mountWith({ bubbleIcon: 'headset' })
    await expect.poll(shape).toMatch(/^M3 11h3/)
    server.changeWidget({ bubbleIcon: 'chat' })
    await expect.poll(shape).toMatch(/^M7.9 20/)
  })
})
