import { ChatError } from '@chatdesk/protocol'
import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { shadow, violations } from '../../testing/drawn-widget.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'

const field = () => page.getByRole('textbox', { name: 'Words to look for' })
const marks = () => [...shadow().querySelectorAll('mark')].map(({ textContent }) => textContent)
const status = () => shadow().querySelector('.search-status')?.firstChild?.textContent
const current = () => shadow().querySelector('[aria-current="true"] .search-words')?.textContent

beforeEach(() => page.viewport(900, 700))

async function search(options: Parameters<typeof mountTestWidget>[0], words: string) {
  const mounted = mountTestWidget({ open: true, ...options })
  await expect.poll(() => mounted.server.connections).toBe(1)
  await userEvent.click(page.getByRole('button', { name: 'Options' }))
  await userEvent.click(page.getByRole('menuitem', { name: 'Search messages' }))
  await expect.element(page.getByRole('heading', { name: 'Search' })).toBeVisible()
  await expect.poll(() => shadow().activeElement).toBe(field().element())
  await userEvent.keyboard(words)
  return mounted
}

describe('the search in the conversation', () => {
  it('marks what it finds, the newest first, says how much, and goes from one to the next', async () => {
    const server: NonNullable<Parameters<typeof mountTestWidget>[0]>['server'] = (server) => {
      server.startConversation()
      server.visitorSays('What is the fee?')
      server.agentSays('The **fee** is ₹6,999; a late Fée is extra.')
      server.visitorSays('Thanks')
    }
    await search({ server }, 'fee')
    await expect.poll(status).toBe('2 messages found')
    expect(marks()).toEqual(['fee', 'Fée', 'fee'])
    await userEvent.keyboard('{Enter}')
    await expect.poll(current).toBe('The fee is ₹6,999; a late Fée is extra.')
    expect(status()).toBe('Result 1 of 2')
    await userEvent.keyboard('{ArrowDown}')
    await expect.poll(current).toBe('What is the fee?')
    await userEvent.keyboard('{ArrowDown}')
    await expect.poll(status).toBe('Result 1 of 2')
    await userEvent.click(page.getByRole('button', { name: 'Previous result' }))
    await expect.poll(status).toBe('Result 2 of 2')
    await userEvent.fill(field(), 'nowhere')
    await expect.poll(status).toBe('Nothing found')
  })

  it.each([
    ['a conversation', 30, 3],
    ['a long one, of which little is drawn', 400, 9],
  ])('leads to a message of %s, marks it, and back to the results', async (_, count, place) => {
    await search(
      {
        server(server) {
          server.startConversation()
          for (let index = 0; index < count; index++) server.agentSays(index === place ? 'the needle' : `hay ${index}`)
        },
      },
      'needle',
    )
    await expect.poll(marks).toEqual(['needle'])
    await userEvent.keyboard('{Enter}')
    await expect.poll(status).toBe('Result 1 of 1')
    await userEvent.keyboard('{Enter}')
    const found = () => shadow().querySelector<HTMLElement>('.found')
    await expect.poll(() => found()?.textContent).toBe('the needle')
    expect(shadow().activeElement).toBe(found())
    const [thread, message] = [page.getByRole('log').element(), found() as HTMLElement].map((element) =>
      element.getBoundingClientRect(),
    ) as [DOMRect, DOMRect]
    expect(message.top).toBeGreaterThan(thread.top)
    expect(message.bottom).toBeLessThan(thread.bottom)
    expect(await violations()).toEqual([])

    await userEvent.keyboard('{Escape}')
    await expect.poll(current).toBe('the needle')
    await expect.element(field()).toHaveValue('needle')
    await userEvent.click(page.getByRole('button', { name: 'the needle' }))
    await expect.poll(found).toBeTruthy()
    await userEvent.click(page.getByRole('button', { name: 'Back to the results' }))
    await expect.poll(current).toBe('the needle')
    await userEvent.keyboard('{Enter}')
    await expect.poll(found).toBeTruthy()
    await userEvent.click(page.getByRole('button', { name: 'End the search' }))
    await expect.poll(() => shadow().activeElement?.tagName).toBe('TEXTAREA')
    expect(found()).toBeNull()
    expect(shadow().querySelector('.search-back')).toBeNull()
  })

  it('knows one way back at a time, from the search that was the last', async () => {
    const { server } = await search({ server: (server) => server.startConversation() }, 'needle')
    server.agentSays('the needle')
    for (const again of [true, false]) {
      await expect.poll(marks).toEqual(['needle'])
      await userEvent.keyboard('{Enter}{Enter}')
      await expect.element(page.getByRole('button', { name: 'End the search' })).toBeVisible()
      if (!again) continue
      await userEvent.click(page.getByRole('button', { name: 'Options' }))
      await userEvent.click(page.getByRole('menuitem', { name: 'Search messages' }))
      await expect.element(field()).toBeVisible()
      await expect.poll(() => shadow().activeElement).toBe(field().element())
      await userEvent.keyboard('needle')
    }
    await userEvent.click(page.getByRole('button', { name: 'End the search' }))
    await expect.poll(() => shadow().querySelector('.search-back')).toBeNull()
  })

  it('leads back to the conversation, and to the button that led here', async () => {
    await search({ server: (server) => server.startConversation() }, 'x')
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('log')).toBeVisible()
    await expect.poll(() => shadow().activeElement?.getAttribute('aria-label')).toBe('Options')
  })

  it('asks the server for what is not held, as far as it needs', async () => {
    const { server } = await search(
      {
        server(server) {
          server.startConversation()
          server.agentSays('the needle')
          for (let index = 0; index < 120; index++) server.agentSays(`hay ${index}`)
        },
      },
      'needle',
    )
    await expect.poll(marks).toEqual(['needle'])
    const pages = () => server.received.filter(({ type }) => type === 'history.load').length
    expect(pages()).toBe(2)
    await userEvent.fill(field(), 'hay')
    await expect.poll(status).toBe('120 messages found')
    expect(pages()).toBe(2)
  })

  it('says when earlier messages cannot be had, and tries again', async () => {
    const { server } = mountTestWidget({
      open: true,
      server(server) {
        server.startConversation()
        server.agentSays('the needle')
        for (let index = 0; index < 60; index++) server.agentSays(`hay ${index}`)
        server.refuse('history.load', new ChatError('INTERNAL', 'Broken.'))
      },
    })
    await expect.poll(() => server.connections).toBe(1)
    await userEvent.click(page.getByRole('button', { name: 'Options' }))
    await userEvent.keyboard('s{Enter}')
    await expect.poll(() => shadow().activeElement?.tagName).toBe('INPUT')
    await userEvent.fill(field(), 'needle')
    await expect.element(page.getByText('Earlier messages could not be searched.')).toBeVisible()
    await userEvent.click(page.getByRole('button', { name: 'Search earlier messages' }))
    await expect.poll(marks).toEqual(['needle'])
  })

  it.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', async (theme) => {
    await search(
      {
        theme,
        server(server) {
          server.startConversation()
          server.agentSays('One fee')
          server.visitorSays('Another fee')
        },
      },
      'fee',
    )
    await expect.poll(status).toBe('2 messages found')
    await userEvent.keyboard('{Enter}')
    await expect.poll(current).toBe('Another fee')
    expect(await violations()).toEqual([])
  })
})
