import { AGENT, type TestServer, VISITOR } from '@chatdesk/core/testing'
import { ChatError } from '@chatdesk/protocol'
import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { chooseFromMenu } from '../../testing/choose-from-menu.js'
import { shadow, violations } from '../../testing/drawn-widget.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'

const rows = () => [...shadow().querySelectorAll('[data-part="conversation"]')]
const row = (words: string) => page.getByRole('button', { name: words })
const composer = () => page.getByRole('textbox', { name: 'Your message' })
const newOne = () => page.getByRole('button', { name: 'New conversation' })
const home = () => shadow().querySelector('[data-part="home"]')

/** A visitor with an ended conversation, and a live one that has been read. */
function twoConversations(server: TestServer): void {
  const first = server.startConversation()
  server.visitorSays('What is the fee?', { conversationId: first.id })
  server.agentSays('It is 4,999.', { conversationId: first.id })
  server.changeStatus('resolved', { conversationId: first.id })
  const second = server.startConversation()
  server.visitorSays('And the stamp duty?', { conversationId: second.id })
  server.reads('visitor', { conversationId: second.id })
}

beforeEach(() => page.viewport(900, 700))

describe('the home of a visitor', () => {
  it('[C11] lists their conversations, the newest first, with last words, unread messages and how they stand', async () => {
    mountTestWidget({ open: true, server: twoConversations })
    await expect.element(page.getByText('And the stamp duty?')).toBeVisible()
    await chooseFromMenu('Conversations')
    await expect.element(page.getByRole('heading', { name: 'Conversations', exact: true })).toBeVisible()
    await expect.poll(() => rows().length).toBe(2)
    expect(rows()[0]?.closest('section')?.getAttribute('aria-label')).toBe('Continue this conversation')
    expect(rows()[0]?.textContent).toContain('You: And the stamp duty?')
    expect(rows()[0]?.textContent).toContain('Waiting')
    expect(rows()[1]?.closest('section')?.getAttribute('aria-label')).toBe('Earlier conversations')
    expect(rows()[1]?.textContent).toContain(AGENT.name)
    expect(rows()[1]?.textContent).toContain('1 new message')
    expect(shadow().activeElement).toBe(home())
  })

  it('[C11] counts what has ended among the earlier ones, however new it is, and begins another first of all', async () => {
    mountTestWidget({
      open: true,
      server: (server) => {
        twoConversations(server)
        server.changeStatus('resolved')
      },
    })
    await expect.element(page.getByText('And the stamp duty?')).toBeVisible()
    await chooseFromMenu('Conversations')
    await expect.poll(() => rows().length).toBe(2)
    expect(rows().map((each) => each.closest('section')?.getAttribute('aria-label'))).toEqual([
      'Earlier conversations',
      'Earlier conversations',
    ])
    expect(newOne().element().classList).toContain('primary-action')
  })

  it('[C10] goes on with an earlier one, and comes back to writing', async () => {
    const { handle } = mountTestWidget({ open: true, server: twoConversations })
    await expect.element(page.getByText('And the stamp duty?')).toBeVisible()
    await chooseFromMenu('Conversations')
    await userEvent.click(row('It is 4,999.'))
    await expect.element(page.getByText('What is the fee?')).toBeVisible()
    await expect.poll(() => shadow().activeElement).toBe(composer().element())
    expect(handle.client.$conversation.get().status).toBe('resolved')
  })

  it('[C9] begins a new one, keeps the old one, and from then on stands first when the panel opens', async () => {
    const { handle, server } = mountTestWidget({
      open: true,
      server: (server) => {
        server.startConversation()
        server.visitorSays('One thing')
      },
    })
    await expect.element(page.getByText('One thing')).toBeVisible()
    await chooseFromMenu('Conversations')
    await userEvent.click(newOne())
    await expect.poll(() => handle.client.$timeline.get()).toEqual([])
    await userEvent.fill(composer(), 'Another thing')
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByText('Another thing')).toBeVisible()
    expect(server.log().events).toHaveLength(1)

    handle.close()
    handle.open()
    await expect.poll(() => rows().length).toBe(2)
    await userEvent.click(page.getByRole('button', { name: 'Back' }))
    await expect.element(composer()).toBeVisible()
  })

  it('does not stand before what is unread, what was begun, or the only conversation', async () => {
    const { handle, server } = mountTestWidget({ server: twoConversations })
    const opensWithComposer = async () => {
      handle.open()
      await expect.element(composer()).toBeVisible()
      await expect.poll(() => shadow().querySelector('[data-action="menu"]')).toBeTruthy()
      expect(home()).toBeNull()
      handle.close()
    }
    await handle.client.start()
    await opensWithComposer()

    sessionStorage.setItem('chatdesk.several.wk_demo', '1')
    server.agentSays('One more question')
    await expect.poll(() => handle.client.$unreadCount.get()).toBe(1)
    handle.open()
    await expect.element(page.getByText('One more question')).toBeVisible()
    await expect.poll(() => handle.client.$unreadCount.get()).toBe(0)
    expect(home()).toBeNull()
    await userEvent.fill(composer(), 'I was about to')
    handle.close()
    await opensWithComposer()
  })

  it('[C12] stays where it is while a message is on its way, and says so', async () => {
    const { handle, server } = mountTestWidget({ open: true, server: twoConversations })
    await expect.element(page.getByText('And the stamp duty?')).toBeVisible()
    const release = server.hold('message.send')
    await userEvent.fill(composer(), 'Wait')
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByText('Wait', { exact: true })).toBeVisible()
    await chooseFromMenu('Conversations')
    await userEvent.click(newOne())
    await expect.element(page.getByText('A message is still being sent. Please try again in a moment.')).toBeVisible()
    release()
    await expect
      .poll(() =>
        handle.client.$timeline.get().every((entry) => entry.type !== 'message' || entry.delivery !== 'sending'),
      )
      .toBe(true)
    await userEvent.click(newOne())
    await expect.element(composer()).toBeVisible()
  })

  it('says that nothing can be begun offline', async () => {
    const { server } = mountTestWidget({ open: true, server: twoConversations })
    await expect.element(page.getByText('And the stamp duty?')).toBeVisible()
    await chooseFromMenu('Conversations')
    await expect.poll(() => rows().length).toBe(2)
    server.setReachable(false)
    await userEvent.click(newOne())
    await expect.element(page.getByText('The chat cannot be reached right now.')).toBeVisible()
  })

  it('says what could not be loaded, and loads it when asked again', async () => {
    let broken = true
    const { server } = mountTestWidget({ server: twoConversations })
    const fetch: typeof globalThis.fetch = async (input, init) =>
      broken && `${input}`.endsWith('/conversations') ? new Response(null, { status: 503 }) : server.fetch(input, init)
    shadow().host.remove()
    mountTestWidget({ open: true, client: { fetch, transports: [server.transport] } })
    await expect.element(page.getByText('And the stamp duty?')).toBeVisible()
    await chooseFromMenu('Conversations')
    await expect.element(page.getByText('Your conversations could not be loaded.')).toBeVisible()
    broken = false
    await userEvent.click(page.getByRole('button', { name: 'Try again' }))
    await expect.poll(() => rows().length).toBe(2)
  })

  it('shows a handful of many, and more when asked', async () => {
    mountTestWidget({
      open: true,
      server: (server) => {
        for (let number = 1; number <= 12; number += 1)
          server.startConversation().append({ author: VISITOR, parts: [{ type: 'text', text: `Question ${number}` }] })
      },
    })
    await expect.element(page.getByText('Question 12')).toBeVisible()
    await chooseFromMenu('Conversations')
    await expect.poll(() => rows().length).toBe(9)
    await userEvent.click(page.getByRole('button', { name: 'Show more' }))
    await expect.poll(() => rows().length).toBe(12)
    expect(page.getByRole('button', { name: 'Show more' }).query()).toBeNull()
  })

  it.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', async (theme) => {
    mountTestWidget({ theme, open: true, server: twoConversations })
    await expect.element(page.getByText('And the stamp duty?')).toBeVisible()
    await chooseFromMenu('Conversations')
    await expect.poll(() => rows().length).toBe(2)
    expect(await violations()).toEqual([])
  })
})

describe('the command open', () => {
  it('opens with all conversations, the live one, a new one or an earlier one', async () => {
    const { handle, server } = mountTestWidget({ server: twoConversations })
    const earlier = server.startConversation().id
    server.visitorSays('The third', { conversationId: earlier })
    await handle.run('open', ['home'])
    await expect.poll(() => rows().length).toBe(3)
    expect(shadow().querySelector('.home-hello')).not.toBeNull()
    await handle.run('open', ['messages'])
    await expect.poll(() => shadow().querySelector('.home-hello')).toBeNull()
    const sections = () => rows().map((row) => row.closest('section')?.getAttribute('aria-label'))
    await expect.poll(sections).toEqual(['Conversations', 'Conversations', 'Conversations'])
    expect(await violations()).toEqual([])
    const first = rows.length && (await handle.client.$conversation.get().id)
    await handle.run('open', ['new'])
    await expect.poll(() => handle.client.$conversation.get().id).not.toBe(first)
    await handle.run('open', [{ conversation: earlier }])
    expect(handle.client.$conversation.get().id).toBe(earlier)
    expect(shadow().activeElement).toBe(composer().element())
  })

  it('opens with the list where several conversations would lead home', async () => {
    sessionStorage.setItem('chatdesk.several.wk_demo', '1')
    const { handle } = mountTestWidget({ server: twoConversations })
    await handle.client.start()
    handle.open()
    // The home's own way is gone already, and comes first.
    await expect.poll(() => shadow().querySelector('.home-hello')).toBeTruthy()
    handle.close()
    await handle.run('open', ['messages'])
    await expect.poll(() => rows().length).toBe(2)
    expect(shadow().querySelector('.home-hello')).toBeNull()
  })

  it('shows all of them before the texts of the extras have come', async () => {
    const { handle } = mountTestWidget({ server: twoConversations, texts: { unread: undefined as never } })
    await handle.run('open', ['home'])
    await expect.poll(() => rows().length).toBe(2)
    expect(rows()[1]?.textContent).toContain('1')
  })

  it('rejects a target that there is none, and opens all the same', async () => {
    const { handle } = mountTestWidget()
    for (const target of ['cellar', null, {}, 7])
      await expect(handle.run('open', [target as 'home'])).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
    await expect.element(composer()).toBeVisible()
    const refusal = handle.run('open', [{ conversation: 'somebody-else’s' }])
    await expect(refusal).rejects.toSatisfy((error) => ChatError.isInstance(error))
  })
})
