import type { TestServer } from '@chatdesk/core/testing'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { chooseFromMenu } from '../../testing/choose-from-menu.js'
import { shadow, violations } from '../../testing/drawn-widget.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'

const button = (name: string) => page.getByRole('button', { name, exact: true })
const focused = () => shadow().activeElement?.textContent

function answered(server: TestServer): void {
  server.startConversation()
  server.visitorSays('Hello')
  server.agentSays('Good day')
}

async function mount(options: Parameters<typeof mountTestWidget>[0] = {}) {
  const mounted = mountTestWidget({ open: true, server: answered, ...options })
  await expect.element(page.getByText('Good day')).toBeVisible()
  return mounted
}

/** What the page has offered to save, by name. */
function savedFiles(): Map<string, Promise<string>> {
  const saved = new Map<string, Promise<string>>()
  const blobs = new Map<string, Blob>()
  const makeUrl = vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    const url = `blob:${blobs.size}`
    blobs.set(url, blob as Blob)
    return url
  })
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.set(this.download, (blobs.get(this.href) as Blob).text())
  })
  onTestFinished(() => {
    makeUrl.mockRestore()
    click.mockRestore()
  })
  return saved
}

beforeEach(() => page.viewport(900, 700))

describe('ending a chat', () => {
  it('[C4] asks first, with the focus on the harmless answer, and ends it', async () => {
    const { handle } = await mount()
    await chooseFromMenu('End chat')
    await expect.element(page.getByRole('heading', { name: 'End this chat?' })).toBeVisible()
    await expect.poll(focused).toBe('Cancel')
    await userEvent.click(button('Cancel'))
    await expect.element(page.getByText('Good day')).toBeVisible()
    expect(handle.client.$conversation.get().status).toBe('assigned')
    await chooseFromMenu('End chat')
    await userEvent.click(button('End chat'))
    await expect.element(page.getByText('The conversation has ended')).toBeVisible()
    await userEvent.click(button('Options'))
    expect(page.getByRole('menuitem', { name: 'End chat' }).query()).toBeNull()
  })

  it('says that it did not work', async () => {
    const { server } = await mount()
    server.setReachable(false)
    await chooseFromMenu('End chat')
    await userEvent.click(button('End chat'))
    await expect.element(page.getByText('The chat could not be ended. Please try again.')).toBeVisible()
  })
})

describe('the transcript', () => {
  it('[C13] is saved as a text', async () => {
    const saved = savedFiles()
    await mount()
    await chooseFromMenu('Transcript')
    await userEvent.click(button('Download as text'))
    await expect.poll(() => saved.get('transcript.txt')).toBeDefined()
    expect(await saved.get('transcript.txt')).toBe('Visitor: Hello\nAsha: Good day')
  })

  it('[C14] is mailed to the address that the page named, or another one', async () => {
    const { server } = await mount({ traits: { email: 'me@example.com' } })
    await chooseFromMenu('Transcript')
    const field = page.getByRole('textbox', { name: 'Email address' })
    await expect.element(field).toHaveValue('me@example.com')
    await userEvent.fill(field, 'not an address')
    await userEvent.click(button('Send by email'))
    await expect.element(page.getByText('Please enter an email address.')).toBeVisible()
    await expect.element(field).toHaveAttribute('aria-invalid', 'true')
    expect(server.asked.mails).toEqual([])
    await userEvent.fill(field, 'you@example.com')
    await userEvent.click(button('Send by email'))
    await expect.element(page.getByText('Sent to you@example.com.')).toBeVisible()
    expect(server.asked.mails).toEqual([{ conversationId: server.log().id, email: 'you@example.com' }])
  })

  it('[C14] is offered by mail by a server that sends mail, and by no other', async () => {
    await mount({
      server(server) {
        server.changeWidget({ transcriptMail: false })
        answered(server)
      },
    })
    await chooseFromMenu('Transcript')
    await expect.element(button('Download as text')).toBeVisible()
    await expect.element(button('Send by email')).not.toBeInTheDocument()
  })

  it('[C14] says why the server sends none', async () => {
    const prepared = mountTestWidget({ server: answered })
    prepared.handle.unmount()
    const { server } = prepared
    const fetch: typeof globalThis.fetch = async (input, init) =>
      `${input}`.endsWith('/transcript')
        ? Response.json({ error: { code: 'FORBIDDEN', message: 'no', field: 'email' } }, { status: 403 })
        : server.fetch(input, init)
    await mount({ client: { transports: [server.transport], fetch }, traits: { email: 'me@example.com' } })
    await chooseFromMenu('Transcript')
    await userEvent.click(button('Send by email'))
    const words = 'This conversation can be sent only to the address that was used first.'
    await expect.element(page.getByText(words)).toBeVisible()
  })
})

describe('the visitor’s own data', () => {
  it('[W7] is taken along', async () => {
    const saved = savedFiles()
    await mount()
    await chooseFromMenu('Your data')
    await userEvent.click(button('Download my data'))
    await expect.poll(() => saved.get('my-data.json')).toBeDefined()
    expect(JSON.parse((await saved.get('my-data.json')) ?? '').conversations).toHaveLength(1)
  })

  it('[W8] is deleted after two questions, and what was removed is said', async () => {
    const { handle, server } = await mount()
    sessionStorage.setItem('chatdesk.draft.wk_demo', 'what I was about to')
    await chooseFromMenu('Your data')
    await userEvent.click(button('Delete my data'))
    await expect.poll(focused).toBe('Cancel')
    await userEvent.click(button('Yes, delete'))
    await expect.element(page.getByText('Are you sure? This cannot be undone.')).toBeVisible()
    await expect.poll(focused).toBe('Cancel')
    await userEvent.click(button('Cancel'))
    await expect.poll(focused).toBe('Download my data')
    expect(server.asked.erasures).toBe(0)
    await userEvent.click(button('Delete my data'))
    await userEvent.click(button('Yes, delete'))
    await userEvent.click(button('Delete for good'))
    await expect.element(page.getByText('1 conversation and everything about you was deleted.')).toBeVisible()
    await expect.element(page.getByText(/^Receipt: /)).toBeVisible()
    expect(server.asked.erasures).toBe(1)
    expect(handle.client.$timeline.get()).toEqual([])
    expect(sessionStorage.getItem('chatdesk.draft.wk_demo')).toBeNull()
  })
})

describe('each of the sheets', () => {
  it.each(['End chat', 'Transcript', 'Your data'])(
    '“%s” gives axe nothing to find, and the focus back',
    async (name) => {
      for (const theme of ['light', 'dark'] as const) {
        const { handle } = await mount({ theme })
        await chooseFromMenu(name)
        await expect.poll(() => shadow().querySelector('[data-part="sheet"]')).toBeTruthy()
        expect(await violations()).toEqual([])
        await userEvent.click(button('Back'))
        await expect.poll(() => shadow().activeElement?.getAttribute('data-action')).toBe('menu')
        handle.unmount()
      }
    },
  )
})

it.each(['Transcript', 'Your data', 'End chat'])('leaves %s on Escape, and not the panel', async (name) => {
  await mount()
  await chooseFromMenu(name)
  await expect.element(page.getByRole('region', { name })).toBeVisible()
  await expect.poll(() => shadow().activeElement?.closest('[data-part="sheet"]')).toBeTruthy()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByText('Good day')).toBeVisible()
  expect(shadow().activeElement?.getAttribute('data-action')).toBe('menu')
})
