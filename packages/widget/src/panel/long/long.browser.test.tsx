import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { shadow, violations } from '../../testing/drawn-widget.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'

const COUNT = 400
const thread = () => page.getByRole('log').element() as HTMLElement
const bubbles = () => [...thread().querySelectorAll<HTMLElement>('[data-part="bubble"]')]
const words = () => bubbles().map(({ textContent }) => textContent)
const elements = () => thread().querySelectorAll('*').length
const distance = () => Math.round(thread().scrollHeight - thread().scrollTop - thread().clientHeight)
const jump = () => page.getByRole('button', { name: /new message|Jump to the newest/ })
const pages = (server: ReturnType<typeof mountTestWidget>['server']) =>
  server.received.filter(({ type }) => type === 'history.load').length

/** The uppermost message in view, and how far it stands below the edge. */
function reading(): { words: string; top: number } {
  const { top } = thread().getBoundingClientRect()
  const bubble = bubbles().find((element) => element.getBoundingClientRect().top >= top)
  if (!bubble) throw new Error('Nothing is in view.')
  return { words: bubble.textContent, top: Math.round(bubble.getBoundingClientRect().top - top) }
}

/** Where a message that is drawn stands now. */
function topOf(words: string): number | undefined {
  const bubble = bubbles().find(({ textContent }) => textContent === words)
  return bubble && Math.round(bubble.getBoundingClientRect().top - thread().getBoundingClientRect().top)
}

/** Scrolls by the wheel, as a hand does, until this holds. */
async function scrollUntil(done: () => boolean, by: number): Promise<void> {
  await expect
    .poll(
      () => {
        if (!done()) thread().scrollTop += by
        return done()
      },
      { timeout: 20_000 },
    )
    .toBe(true)
}

/** A conversation whose reader has gone back by as many pages. */
async function openLong(pagesBack: number) {
  const mounted = mountTestWidget({
    open: true,
    server(server) {
      server.startConversation()
      for (let index = 0; index < COUNT; index++) {
        const text = `Message ${index}${index % 7 ? '' : `, which is longer, ${'and longer '.repeat(index % 30)}`}.`
        if (index % 3) server.agentSays(text)
        else server.visitorSays(text)
      }
    },
  })
  await expect.poll(() => words().at(-1)).toBe(`Message ${COUNT - 1}, which is longer, ${'and longer '.repeat(9)}.`)
  await expect.poll(distance).toBeLessThan(2)
  await expect.element(page.getByRole('button', { name: 'Load earlier messages' })).toBeInTheDocument()
  for (let asked = 1; asked <= pagesBack; asked++) await scrollUntil(() => pages(mounted.server) >= asked, -400)
  if (pagesBack > 1) await expect.poll(() => shadow().querySelector('.long')).not.toBeNull()
  return mounted
}

beforeEach(() => page.viewport(900, 800))

describe('a long conversation', () => {
  it('W22: draws what is in view, in the order of the conversation, wherever one scrolls', async () => {
    const { server } = await openLong(3)
    const order = () => words().map((text) => Number(/\d+/.exec(text)?.[0]))
    for (const by of [-900, 700, -1500, 300, -5000]) {
      thread().scrollTop += by
      await expect.poll(() => reading().top).toBeLessThan(400)
      expect(order()).toEqual(order().sort((a, b) => a - b))
      expect(elements()).toBeLessThanOrEqual(150)
    }
    await scrollUntil(() => words().includes('Message 1.'), -2000)
    expect(pages(server)).toBeGreaterThan(5)
    expect(elements()).toBeLessThanOrEqual(150)
    expect(await violations()).toEqual([])
  })

  it('W22: keeps what is read in its place when earlier messages come', async () => {
    const { server } = await openLong(2)
    for (let page = 3; page < 6; page++) {
      const release = server.hold('history.load')
      await scrollUntil(() => pages(server) >= page, -400)
      // Not at the very edge, where there is nothing above to keep it from.
      thread().scrollTop = 60
      await expect.poll(() => thread().scrollTop).toBe(60)
      const before = reading()
      release()
      await expect.poll(() => thread().scrollTop).toBeGreaterThan(500)
      await expect.poll(() => Math.abs((topOf(before.words) ?? 1e6) - before.top)).toBeLessThan(2)
    }
  })

  it('W22: keeps it when the rows that are not in view go', async () => {
    const { server } = await openLong(1)
    const release = server.hold('history.load')
    await scrollUntil(() => pages(server) === 2, -400)
    thread().scrollTop = 60
    await expect.poll(() => thread().scrollTop).toBe(60)
    const before = reading()
    release()
    await expect.poll(() => shadow().querySelector('.long')).not.toBeNull()
    await expect.poll(() => Math.abs((topOf(before.words) ?? 1e6) - before.top)).toBeLessThan(2)
    await expect.element(jump()).toBeVisible()
  })

  it('W22: keeps it when messages arrive, and when something above grows', async () => {
    const { server } = await openLong(3)
    await scrollUntil(() => thread().scrollTop > 2000, 500)
    const before = reading()
    for (let index = 0; index < 5; index++) server.agentSays(`News ${index}`)
    await expect.element(page.getByRole('button', { name: '5 new messages' })).toBeVisible()
    expect(reading()).toEqual(before)

    const above = [...thread().querySelectorAll<HTMLElement>('.long-row')].find(
      (row) => row.getBoundingClientRect().bottom < thread().getBoundingClientRect().top,
    )
    ;(above as HTMLElement).style.paddingBottom = '116px'
    expect(reading()).not.toEqual(before)
    await expect.poll(reading).toEqual(before)
  })

  it('W22: leads to the newest in one press, and stays there', async () => {
    const { server } = await openLong(3)
    server.agentSays('Something new')
    await userEvent.click(jump())
    await expect.poll(distance).toBeLessThan(2)
    await expect.poll(() => words().at(-1)).toBe('Something new')
    await expect.element(page.getByText('Something new')).toBeInViewport()
    server.agentSays('And more')
    await expect.poll(() => words().at(-1)).toBe('And more')
    await expect.poll(distance).toBeLessThan(2)
    expect(elements()).toBeLessThanOrEqual(150)
  })

  it('keeps the focus on what is scrolled away, and says aloud only what is new', async () => {
    const { server } = await openLong(2)
    server.agentSays('Read https://example.com/terms first')
    await userEvent.click(jump())
    const link = page.getByRole('link')
    await expect.element(link).toBeInViewport()
    ;(link.element() as HTMLElement).focus()
    await scrollUntil(() => distance() > 3000, -500)
    await expect.poll(() => shadow().activeElement).toBe(link.element())

    const loud = () =>
      [...thread().querySelectorAll('.long-row:not([aria-live="off"])')].map(({ textContent }) => textContent)
    await expect.poll(loud).toEqual([expect.stringContaining('terms')])
    server.agentSays('The newest')
    await expect.poll(loud).toEqual([expect.stringContaining('The newest')])
  })

  it('is found again as it was after the panel was closed, and after a search', async () => {
    const { server } = await openLong(2)
    const release = server.hold('history.load')
    await scrollUntil(() => pages(server) === 3, -400)
    thread().scrollTop = 60
    await expect.poll(() => thread().scrollTop).toBe(60)
    const before = reading()
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('log')).not.toBeInTheDocument()
    // It comes while nobody looks.
    release()
    await expect.poll(() => (shadow().querySelector('.long-row') as HTMLElement).dataset.index).not.toBe('0')
    await userEvent.click(page.getByRole('button', { name: 'Open chat' }))
    await expect.element(page.getByRole('log')).toBeVisible()
    // By heights that were measured before, to a row: nobody saw it move.
    await expect.poll(() => Math.abs((topOf(before.words) ?? 1e6) - before.top)).toBeLessThan(100)

    await userEvent.click(page.getByRole('button', { name: 'Options' }))
    await userEvent.click(page.getByRole('menuitem', { name: 'Search messages' }))
    await userEvent.fill(page.getByRole('textbox', { name: 'Words to look for' }), 'Message 333')
    await expect.poll(() => shadow().querySelector('.search-results')?.textContent).toContain('Message 333')
    await userEvent.keyboard('{Escape}')
    await expect.poll(distance).toBeLessThan(2)
    await expect.element(page.getByText(`Message ${COUNT - 1}`)).toBeInViewport()
  })

  it('throws no error into the page', async () => {
    const errors: string[] = []
    const note = ({ message }: ErrorEvent) => errors.push(message)
    window.addEventListener('error', note)
    onTestFinished(() => window.removeEventListener('error', note))
    const { server } = await openLong(3)
    await scrollUntil(() => distance() > 4000, -700)
    const row = shadow().querySelector('.long-row') as HTMLElement
    const before = (shadow().querySelector('.long') as HTMLElement).style.height
    row.style.paddingBottom = '116px'
    await expect.poll(() => (shadow().querySelector('.long') as HTMLElement).style.height).not.toBe(before)
    server.agentSays('Something new')
    await userEvent.click(jump())
    await expect.poll(distance).toBeLessThan(2)
    expect(errors).toEqual([])
  })
})
