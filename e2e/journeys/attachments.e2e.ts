import type { Page } from '@playwright/test'
import { expect, test } from '../harness/test.js'

/** A picture of 600 × 400 pixels, as a phone would send it. */
async function pictureOf(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 600
    canvas.height = 400
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    const gradient = context.createLinearGradient(0, 0, 600, 400)
    gradient.addColorStop(0, '#f2b705')
    gradient.addColorStop(1, '#034f84')
    context.fillStyle = gradient
    context.fillRect(0, 0, 600, 400)
    return canvas.toDataURL('image/png').split(',')[1] ?? ''
  })
  return Buffer.from(base64, 'base64')
}

/** The least that is a PDF, or as large as is wanted. */
function pdfOf(size = 0): Buffer {
  const body = '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n'
  const end = 'trailer<</Root 1 0 R>>\n%%EOF\n'
  return Buffer.from(`${body}%${' '.repeat(size)}\n${end}`)
}

const HOSTILE = '"><img src=x onerror="window.hacked=1">.png'

test('[U5] [U7] a visitor sends a picture and a PDF, and the agent answers with a file', async ({ people }) => {
  const { widget, page } = await people.visitor()
  const desk = await people.agent()
  await expect(page.getByRole('button', { name: 'Attach files' })).toBeVisible()
  await page.locator('chatdesk-widget input[type=file]').setInputFiles([
    { name: HOSTILE, mimeType: 'image/png', buffer: await pictureOf(page) },
    { name: 'certificate.pdf', mimeType: 'application/pdf', buffer: pdfOf() },
  ])
  await widget.input.fill('Is this what you need?')
  await widget.input.press('Enter')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  // Names are cleaned by the server, and text in both.
  const image = widget.panel.locator('[data-part="image"] img')
  await expect(image).toHaveJSProperty('naturalWidth', 600)
  await expect(widget.panel.locator('[data-part="file"]')).toContainText('certificate.pdf')

  await desk.openConversation('Is this what you need?')
  await expect(desk.log.locator('button img')).toHaveJSProperty('naturalWidth', 600)
  // The browser closes the tab of what it saves.
  const [linked] = await Promise.all([
    desk.page.waitForResponse(/\/conversations\/[^/]+\/files\//),
    desk.page.waitForEvent('popup'),
    desk.log.getByRole('button', { name: /^Download certificate\.pdf/ }).click(),
  ])
  const { path } = (await linked.json()) as { path: string }
  const saved = await desk.page.request.get(new URL(path, desk.page.url()).href)
  expect(saved.headers()['content-disposition']).toMatch(/^attachment; filename="certificate\.pdf"/)
  const opened = page.waitForEvent('popup')
  await widget.panel.locator('[data-part="image"]').click()
  await expect((await opened).locator('img')).toHaveJSProperty('naturalWidth', 600)

  await desk.page
    .locator('input[type=file]')
    .setInputFiles({ name: 'invoice.pdf', mimeType: 'application/pdf', buffer: pdfOf() })
  await desk.reply.press('Enter')
  await expect(widget.panel.locator('[data-own="false"] [data-part="file"]')).toContainText('invoice.pdf')
  for (const each of [page, desk.page]) expect(await each.evaluate(() => 'hacked' in window)).toBe(false)
})

test('an upload goes on where it was when the network comes back, and is sent then', async ({ people }) => {
  const { widget, page } = await people.visitor()
  await expect(page.getByRole('button', { name: 'Attach files' })).toBeVisible()
  const offsets: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'PUT') offsets.push(new URL(request.url()).searchParams.get('offset') ?? '')
  })
  let chunks = 0
  await page.route('**/api/widget/upload/*', async (route) => {
    if (route.request().method() !== 'PUT' || ++chunks !== 2) return route.continue()
    // In the midst of it, and for whatever follows.
    await page.context().setOffline(true)
    return route.abort()
  })
  await page
    .locator('chatdesk-widget input[type=file]')
    .setInputFiles({ name: 'long.pdf', mimeType: 'application/pdf', buffer: pdfOf(1024 * 1024) })
  await widget.input.fill('A long one')
  await widget.input.press('Enter')
  await expect(widget.panel.locator('[data-part="attachment"]')).toContainText('Goes on when the connection is back')
  expect(await widget.texts()).toEqual([])
  await page.context().setOffline(false)
  await expect(widget.message('A long one')).toContainText('long.pdf')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  expect(offsets.filter((offset) => offset === '0')).toHaveLength(1)
})

test('[U3] a file of a kind that is not taken says why, and what is chosen is not kept over a reload', async ({
  people,
}) => {
  const { widget, page } = await people.visitor()
  await expect(page.getByRole('button', { name: 'Attach files' })).toBeVisible()
  const picker = page.locator('chatdesk-widget input[type=file]')
  await picker.setInputFiles([
    { name: 'setup.exe', mimeType: '', buffer: Buffer.from('MZ') },
    { name: 'page.png', mimeType: 'image/png', buffer: Buffer.from('<script>window.hacked=1</script>') },
  ])
  const chips = widget.panel.locator('[data-part="attachment"]')
  await expect(chips.nth(0)).toContainText('Files of this kind are not accepted.')
  await expect(chips.nth(1)).toContainText('Files of this kind are not accepted.')
  await page.reload()
  await widget.launcher.waitFor()
  await widget.open()
  await expect(widget.panel).toContainText('The files that you had chosen left with the last page.')
  await expect(chips).toHaveCount(0)
})
