import { expect, it, onTestFinished, vi } from 'vitest'
import { hostGlobals } from '../../launcher/host-page.js'
import { watchPages } from './watch-pages.js'

const before = location.href

function watch() {
  const pages: string[] = []
  const stop = watchPages(({ url, title }) => pages.push(`${url.replace(/.*#/, '#')} ${title}`))
  onTestFinished(() => {
    stop()
    history.replaceState(null, '', before)
  })
  return { pages, stop }
}

it.each(['with the Navigation API', 'without it'])(
  'sees each page that an app shows, by its own name, %s',
  async (how) => {
    if (how === 'without it') {
      Object.defineProperty(window, 'navigation', { value: undefined, configurable: true })
      onTestFinished(() => void Reflect.deleteProperty(hostGlobals(), 'navigation'))
    }
    const title = document.title
    onTestFinished(() => {
      document.title = title
    })
    const { pages, stop } = watch()
    await expect.poll(() => pages).toHaveLength(1)
    history.pushState(null, '', '#cart')
    document.title = 'Cart'
    await expect.poll(() => pages.at(-1)).toBe('#cart Cart')
    history.replaceState(null, '', '#paid')
    await expect.poll(() => pages.at(-1)).toBe('#paid Cart')
    stop()
    history.pushState(null, '', '#unseen')
    await new Promise((resolve) => setTimeout(resolve))
    expect(pages.join()).not.toContain('#unseen')
  },
)

it('gives `history` back as it was, unless somebody has wrapped it again', () => {
  Object.defineProperty(window, 'navigation', { value: undefined, configurable: true })
  const { pushState, replaceState } = history
  onTestFinished(() => {
    Reflect.deleteProperty(hostGlobals(), 'navigation')
    Object.assign(history, { pushState, replaceState })
  })
  const { stop } = watch()
  expect(history.pushState).not.toBe(pushState)
  const theirs = vi.fn()
  history.replaceState = theirs
  stop()
  expect([history.pushState === pushState, history.replaceState === theirs]).toEqual([true, true])
  history.replaceState = replaceState
})
