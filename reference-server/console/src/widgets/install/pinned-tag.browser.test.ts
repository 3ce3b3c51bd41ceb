import { expect, it } from 'vitest'
import { pinnedTag } from './pinned-tag.js'
import { loadPublishedBuild } from './published-build.js'

const DIGEST = `sha384-${'a/+0'.repeat(16)}`
const BUILD = {
  loader: 'widget-0123456789ab.js',
  folder: 'widget/abc/',
  integrity: { 'widget-0123456789ab.js': DIGEST, 'widget/abc/panel.js': DIGEST, 'widget/abc/rich.js': DIGEST },
}
const URL = 'https://host.example/chat'

const answering =
  (answer: unknown, status = 200) =>
  async () =>
    new Response(JSON.stringify(answer), { status })

it('threat 20: names a digest for the loader and, in an import map, for each chunk', () => {
  const page = document.createElement('template')
  page.innerHTML = pinnedTag({ url: URL, widgetKey: 'wk_1' }, BUILD)
  const [map, calls, loader] = page.content.querySelectorAll('script')
  expect(map?.type).toBe('importmap')
  expect(JSON.parse(map?.text ?? '')).toEqual({
    imports: {
      [`${URL}/widget/abc//`]: `${URL}/widget/abc/`,
      [`${URL}/widget/abc///`]: `${URL}/widget/abc/`,
      [`${URL}/widget/abc////`]: `${URL}/widget/abc/`,
    },
    integrity: { [`${URL}/widget/abc/panel.js`]: DIGEST, [`${URL}/widget/abc/rich.js`]: DIGEST },
  })
  expect(calls?.text).toContain("{ widgetKey: 'wk_1' }")
  expect([loader?.src, loader?.integrity, loader?.crossOrigin]).toEqual([
    `${URL}/widget-0123456789ab.js`,
    DIGEST,
    'anonymous',
  ])
})

it('believes a list of digests only', async () => {
  expect(await loadPublishedBuild(URL, answering(BUILD))).toEqual(BUILD)
  for (const answer of [
    null,
    {},
    { ...BUILD, loader: 'another.js' },
    { ...BUILD, integrity: { ...BUILD.integrity, 'widget/abc/panel.js': '"><script>' } },
    { ...BUILD, integrity: { ...BUILD.integrity, 'https://elsewhere.example/panel.js': DIGEST } },
  ])
    await expect(loadPublishedBuild(URL, answering(answer))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await expect(loadPublishedBuild(URL, answering(BUILD, 404))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  const offline = () => Promise.reject(new TypeError('Failed to fetch'))
  await expect(loadPublishedBuild(URL, offline)).rejects.toMatchObject({ code: 'OFFLINE' })
})
