import type { TestServer } from '@chatdesk/core/testing'
import type { Author } from '@chatdesk/protocol'
import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { shadow, violations } from '../../testing/drawn-widget.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'

const ASSISTANT: Author = { kind: 'assistant', name: 'Helper' }
const star = (name: string) => page.getByRole('button', { name, exact: true })
const rating = () => page.getByRole('region', { name: 'How was this conversation?' })
const send = () => page.getByRole('button', { name: 'Send rating' })

function ended(server: TestServer): void {
  server.startConversation()
  server.visitorSays('Hello')
  server.agentSays('Hello, and goodbye')
  server.changeStatus('resolved')
}

beforeEach(() => page.viewport(900, 900))

describe('the rating of a conversation', () => {
  it('[J1] comes with its end, is sent once with the comment, says thanks, and can be changed', async () => {
    const { server } = mountTestWidget({
      open: true,
      server: (server) => {
        server.startConversation()
        server.visitorSays('Hello')
      },
    })
    await expect.element(page.getByText('Hello', { exact: true })).toBeVisible()
    expect(rating().query()).toBeNull()
    server.changeStatus('resolved')
    await expect.element(rating()).toBeVisible()
    await userEvent.click(star('Good'))
    await expect.element(star('Good')).toHaveAttribute('aria-pressed', 'true')
    await userEvent.fill(page.getByRole('textbox', { name: 'Anything to add? (optional)' }), 'Quick!')
    const { id } = server.log()
    expect(server.asked.ratings.size).toBe(0)
    await userEvent.dblClick(send())
    await expect.element(page.getByText('Thank you for your rating!')).toBeVisible()
    expect(server.asked.ratings.get(id)).toEqual({ score: 4, comment: 'Quick!' })

    await userEvent.click(page.getByRole('button', { name: 'Change rating' }))
    await userEvent.click(star('Poor'))
    await userEvent.click(send())
    await expect.poll(() => server.asked.ratings.get(id)?.score).toBe(2)
  })

  it('[J1] knows after a reload what was said', async () => {
    const { handle, server } = mountTestWidget({ open: true, server: ended })
    await userEvent.click(star('Very good'))
    await userEvent.click(send())
    await expect.element(page.getByText('Thank you for your rating!')).toBeVisible()
    handle.unmount()
    mountTestWidget({ open: true, client: { transports: [server.transport], fetch: server.fetch } })
    await expect.element(page.getByRole('img', { name: 'Very good' })).toBeVisible()
  })

  it('says that it was not sent, or that it cannot be changed any more', async () => {
    let status = 503
    const prepared = mountTestWidget({ server: ended })
    prepared.handle.unmount()
    const { server } = prepared
    const fetch: typeof globalThis.fetch = async (input, init) =>
      init?.method === 'PUT'
        ? Response.json({ error: { code: status === 403 ? 'FORBIDDEN' : 'UNAVAILABLE', message: 'no' } }, { status })
        : server.fetch(input, init)
    mountTestWidget({ open: true, client: { transports: [server.transport], fetch } })
    await userEvent.click(star('Fair'))
    await userEvent.click(send())
    await expect.element(page.getByText('Your rating could not be sent. Please try again.')).toBeVisible()
    status = 403
    await userEvent.click(send())
    await expect.element(page.getByText('This rating can no longer be changed.')).toBeVisible()
  })

  it('[C9] leads to a new conversation, and goes where the conversation goes on', async () => {
    const { handle, server } = mountTestWidget({ open: true, server: ended })
    await expect.element(rating()).toBeVisible()
    await userEvent.fill(page.getByRole('textbox', { name: 'Your message' }), 'One more thing')
    await userEvent.keyboard('{Enter}')
    await expect.element(rating()).not.toBeInTheDocument()
    server.changeStatus('resolved')
    await expect.element(rating()).toBeVisible()
    expect(shadow().querySelectorAll('[data-part="rating"]')).toHaveLength(1)
    await userEvent.click(page.getByRole('button', { name: 'Start a new conversation' }))
    await expect.poll(() => handle.client.$timeline.get()).toEqual([])
    await expect.poll(() => shadow().activeElement?.tagName).toBe('TEXTAREA')
    handle.close()
    handle.open()
    await expect.poll(() => shadow().querySelectorAll('[data-part="conversation"]').length).toBe(2)
  })

  it.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', async (theme) => {
    mountTestWidget({ theme, open: true, server: ended })
    await userEvent.click(star('Good'))
    await expect.element(send()).toBeVisible()
    expect(await violations()).toEqual([])
    await userEvent.click(send())
    await expect.element(page.getByText('Thank you for your rating!')).toBeVisible()
    expect(await violations()).toEqual([])
  })
})

describe('whether an answer has helped', () => {
  const answered = (server: TestServer) => {
    const log = server.startConversation()
    server.visitorSays('What is the fee?')
    log.append({ author: ASSISTANT, parts: [{ type: 'text', text: 'It is 4,999.' }] })
    server.agentSays('Exactly')
  }

  it('[J2] is asked of the assistant’s messages alone, and the last word counts', async () => {
    const { server } = mountTestWidget({ open: true, server: answered })
    const yes = page.getByRole('button', { name: 'Helpful', exact: true })
    await expect.element(yes).toBeVisible()
    expect(shadow().querySelectorAll('[data-part="helpful"]')).toHaveLength(1)
    await userEvent.click(yes)
    await expect.element(page.getByText('Thank you!')).toBeVisible()
    const key = `${server.log().id} 2`
    expect(server.asked.messageRatings.get(key)).toBe(true)
    await userEvent.click(page.getByRole('button', { name: 'Not helpful' }))
    await expect.poll(() => server.asked.messageRatings.get(key)).toBe(false)
    await expect.element(yes).toHaveAttribute('aria-pressed', 'false')
    expect(await violations()).toEqual([])
  })
})
