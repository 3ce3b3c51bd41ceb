import type { Page } from '@playwright/test'
import { expect, test } from '../harness/test.js'
import { ConsoleModel } from '../models/console.js'

/** Every address that the page has asked for, those of its frames included. */
function requestsOf(page: Page): string[] {
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(new URL(request.url()).pathname))
  return addresses
}

test('the preview draws the real widget as it is typed, and can open no session', async ({ browser, server }) => {
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 } })
  const desk = new ConsoleModel(await context.newPage(), server.url)
  const { page } = desk
  await desk.signIn('admin@demo.test')
  const refused: string[] = []
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text())
  })
  await page.getByRole('link', { name: 'Widgets' }).click()
  await page.getByRole('table', { name: 'Widgets' }).getByRole('link').first().click()
  const asked = requestsOf(page)

  const frame = page.frameLocator('iframe[title="Preview of the widget"]')
  const panel = frame.locator('[data-part="panel"]')
  await expect(panel).toBeVisible()
  await page.getByLabel('Greeting').fill('Good morning from the preview')
  await page.getByRole('textbox', { name: 'Name' }).fill('The night shift')
  await expect(panel).toContainText('Good morning from the preview')
  await expect(panel).toContainText('The night shift')
  await page.getByLabel('Brand colour').fill('#be123c')
  await expect(frame.locator('[data-part="launcher"]')).toHaveCSS('background-color', 'rgb(190, 18, 60)')

  // A visitor's first touch would begin a session; here nothing takes it.
  await panel.locator('textarea').click({ force: true })
  await frame.locator('[data-part="launcher"]').click()
  await expect(panel).toBeHidden()
  await frame.locator('[data-part="launcher"]').click()
  await expect(panel).toBeVisible()
  expect(asked.filter((path) => path.startsWith('/api/widget/'))).toEqual([])
  expect(refused).toEqual([])

  // A page without an origin: it reads nothing that is the console's.
  const inFrame = page.frames().find((candidate) => candidate.url().includes('/console/preview/'))
  expect(await inFrame?.evaluate(() => window.origin)).toBe('null')
  await expect(inFrame?.evaluate(() => window.parent.document.title)).rejects.toThrow(/cross-origin/)

  // What is not saved is not lost by a link.
  await page.getByRole('link', { name: 'Inbox' }).click()
  await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible()
  await page.getByRole('button', { name: 'Keep editing' }).click()
  await expect(page.getByLabel('Greeting')).toHaveValue('Good morning from the preview')
  await context.close()
})

test('the preview shows what a first visitor is asked, also where tabs share a visitor', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 } })
  const desk = new ConsoleModel(await context.newPage(), server.url)
  const { page } = desk
  await desk.signIn('admin@demo.test')
  await page.getByRole('link', { name: 'Widgets' }).click()
  await page.getByRole('table', { name: 'Widgets' }).getByRole('link').first().click()
  const preview = page.locator('iframe[title="Preview of the widget"]')
  const panel = preview.contentFrame().locator('[data-part="panel"]')
  await expect(panel).toBeVisible()
  await preview.evaluate((frame: HTMLIFrameElement) => {
    const preChatForm = { fields: [{ id: 'town', label: 'Your town', type: 'text', required: true }], consent: null }
    const settings = { key: 'wk_demo', name: 'Northwind', greeting: '', primaryColor: '#2255aa', tabs: 'shared' }
    frame.contentWindow?.postMessage({ ...settings, preChatForm }, '*')
  })
  await expect(panel.getByLabel('Your town')).toBeVisible()
  await context.close()
})
