import { ChatError } from '@chatdesk/protocol'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { page } from 'vitest/browser'
import { mountTestWidget } from '../testing/mount-test-widget.js'
import { checkFiles } from './diagnose/browser-checks.js'
import type { Diagnosis } from './diagnose/diagnosis.js'

type Mounted = ReturnType<typeof mountTestWidget>

/** How the server answers who asks for the widget's settings. */
let status: number
beforeEach(() => {
  status = 200
  vi.spyOn(console, 'info').mockImplementation(() => {})
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => {
    if (status === 0) throw new TypeError('Failed to fetch')
    return new Response('{}', { status })
  })
})
afterEach(() => void vi.restoreAllMocks())

async function diagnosed({ handle }: Mounted): Promise<string[]> {
  const { ok, findings } = (await handle.run('diagnose', [])) as Diagnosis
  const faults = findings.filter((finding) => !finding.ok)
  expect(ok).toBe(faults.length === 0)
  return faults.map(({ check, says }) => `${check}: ${says}`)
}

function pageCss(css: string): void {
  const style = document.createElement('style')
  style.textContent = css
  document.head.append(style)
  onTestFinished(() => style.remove())
}

it('finds nothing where nothing is wrong, closed and open', async () => {
  const mounted = mountTestWidget()
  expect(await diagnosed(mounted)).toEqual([])
  mounted.handle.open()
  await expect.poll(() => mounted.handle.client.$connection.get().status).toBe('online')
  expect(await diagnosed(mounted)).toEqual([])
})

it.each([
  [404, 'settings: the server at https://chat.example knows no widget wk_demo'],
  [403, 'settings: the widget wk_demo is switched off'],
  [502, 'settings: the server at https://chat.example answered 502'],
  [0, 'settings: https://chat.example cannot be reached'],
])('says what the server answers: %s', async (answer, says) => {
  status = answer
  expect(await diagnosed(mountTestWidget())).toEqual([expect.stringContaining(says)])
})

it('says why the server refuses to talk', async () => {
  const error = new ChatError('FORBIDDEN_ORIGIN', 'This page may not use it.')
  const mounted = mountTestWidget({ open: true, server: (server) => server.refuse('session.start', error) })
  await expect.poll(() => mounted.handle.client.$connection.get().status).toBe('failed')
  expect(await diagnosed(mounted)).toEqual([expect.stringMatching(/^connection: failed: FORBIDDEN_ORIGIN/)])
})

it.each([
  ['chatdesk-widget { display: none !important }', 'visible: chatdesk-widget has display: none'],
  ['html { opacity: 0 }', 'visible: html has opacity: 0'],
])('says which style of the page hides it: %s', async (css, says) => {
  pageCss(css)
  expect(await diagnosed(mountTestWidget())).toEqual([says])
})

it('threat 18: names what lies over it', async () => {
  await page.viewport(900, 700)
  const cover = document.createElement('div')
  cover.id = 'cover'
  cover.className = 'modal'
  pageCss('#cover { position: fixed; inset: 0; z-index: 2147483647 }')
  document.body.append(cover)
  onTestFinished(() => cover.remove())
  expect(await diagnosed(mountTestWidget())).toEqual(['visible: div#cover.modal lies over it'])
})

it('says that the browser keeps nothing', async () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('refused', 'SecurityError')
  })
  expect(await diagnosed(mountTestWidget())).toEqual([expect.stringMatching(/^storage: the browser refuses/)])
})

it('threat 20: says that a part was refused', async () => {
  const refused = async () => {
    throw new TypeError('Failed to fetch dynamically imported module: https://chat.example/widget/abc/panel-extras.js')
  }
  expect(await checkFiles(refused)).toMatchObject({ ok: false, says: expect.stringContaining('panel-extras.js') })
})

it('threat 83: asks nobody, and touches nothing, before consent', async () => {
  const { handle } = mountTestWidget({ consent: 'required' })
  const { findings } = (await handle.run('diagnose', [])) as Diagnosis
  expect(findings.map(({ check }) => check)).toEqual(['files', 'connection', 'policy', 'visible'])
  expect(globalThis.fetch).not.toHaveBeenCalled()
})
