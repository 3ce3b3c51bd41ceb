import { expect, it, vi } from 'vitest'
import { type SeenVisit, type WatchedPage, watchVisit } from './watch-visit.js'

function testPage() {
  const listeners = { exit: () => {}, second: () => {} }
  const state = { url: '/home', percent: 0, now: 0, ...listeners }
  const page: WatchedPage = {
    address: () => state.url,
    scrolled: () => state.percent,
    onExit(listener) {
      state.exit = listener
      return () => {
        state.exit = () => {}
      }
    },
    onSecond(listener) {
      state.second = listener
      return () => {
        state.second = () => {}
      }
    },
  }
  const tell = vi.fn<(visit: SeenVisit) => boolean>(() => false)
  const watch = watchVisit(page, () => state.now, tell)
  return { state, tell, watch, last: () => tell.mock.lastCall?.[0] }
}

it('counts the seconds on a page, and how far down one has been, anew on the next one', () => {
  const { state, last } = testPage()
  expect(last()).toMatchObject({ url: '/home', seconds: 0, scrolled: 0 })
  Object.assign(state, { now: 5_000, percent: 60 })
  state.second()
  Object.assign(state, { now: 6_000, percent: 10 })
  state.second()
  expect(last()).toMatchObject({ url: '/home', seconds: 6, scrolled: 60 })
  // A route of an app: nothing is loaded.
  Object.assign(state, { now: 9_000, percent: 0, url: '/pricing' })
  state.second()
  expect(last()).toMatchObject({ url: '/pricing', seconds: 0, scrolled: 0 })
  state.now = 11_000
  state.second()
  expect(last()).toMatchObject({ seconds: 2 })
})

it('says that the pointer leaves only as it does', () => {
  const { state, last } = testPage()
  state.exit()
  expect(last()).toMatchObject({ exiting: true })
  state.second()
  expect(last()).toMatchObject({ exiting: false })
})

it('knows what was tracked, at once and on later pages', () => {
  const { state, watch, last } = testPage()
  watch.track('cart:filled')
  expect([...(last()?.events ?? [])]).toEqual(['cart:filled'])
  state.url = '/checkout'
  state.second()
  expect([...(last()?.events ?? [])]).toEqual(['cart:filled'])
})

it.each([
  ['it is stopped', ({ watch }: ReturnType<typeof testPage>) => watch.stop()],
  [
    'there is no need any longer',
    ({ state, tell }: ReturnType<typeof testPage>) => {
      tell.mockReturnValueOnce(true)
      state.second()
    },
  ],
])('looks no more once %s', (_, end) => {
  const test = testPage()
  const { state, tell } = test
  end(test)
  tell.mockClear()
  state.exit()
  state.second()
  expect(tell).not.toHaveBeenCalled()
})
