import { addKnowledge } from '../harness/add-knowledge.js'
import { ChatServer } from '../harness/chat-server.js'
import { watchPolicy } from '../harness/policy-violations.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { corpusMessages } from '../harness/xss-corpus.js'
import { HelpModel } from '../models/help.js'
import { chooseFromMenu } from '../models/menu.js'
import { WidgetModel } from '../models/widget.js'

const HOURS = 'What are your hours?'

test('W19: a visitor reads in the panel what is known, finds an answer, and asks what there is none to', async ({
  people,
}) => {
  const { widget, page } = await people.visitor()
  await chooseFromMenu(page, 'Help')
  const help = new HelpModel(page, widget.panel)
  await expect(help.heading('Contact')).toBeVisible()
  await help.question(HOURS).click()
  await expect(help.heading(HOURS)).toBeVisible()
  await expect(widget.panel.getByText('You can write at any time.')).toBeVisible()
  await widget.panel.getByRole('button', { name: 'Back', exact: true }).click()
  await help.search.fill('book a meeting')
  await expect(help.question('How do I book an appointment?')).toBeVisible()
  await expect(help.question(HOURS)).toHaveCount(0)
  await help.search.fill('xylophone')
  await expect(widget.panel.getByText('We have no answer to that here.')).toBeVisible()
  await help.askUs.click()
  await expect(widget.input).toHaveValue('xylophone')
  await widget.input.press('Enter')
  await expect(widget.message('xylophone')).toBeVisible()
})

test('W19: the help page is read and searched without a script', { tag: '@firefox' }, async ({ server, browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  const help = new HelpModel(page)
  await help.visit(server.url)
  await help.question(HOURS).click()
  await expect(help.heading(HOURS)).toBeVisible()
  await expect(page.getByText('You can write at any time.')).toBeVisible()
  await expect(help.askUs).toBeHidden()
  await page.getByRole('link', { name: 'All questions' }).click()
  await help.search.fill('price')
  await help.search.press('Enter')
  await expect(help.question('What does it cost?')).toBeVisible()
  await expect(help.question(HOURS)).toHaveCount(0)
  await expect(help.search).toHaveValue('price')
  await context.close()
})

test('W19: the help page takes a question into the chat, and its policy never has to step in', {
  tag: '@firefox',
}, async ({ server, browser }) => {
  const page = await browser.newPage()
  const refused = await watchPolicy(page)
  const help = new HelpModel(page)
  await help.visit(server.url)
  await help.question(HOURS).click()
  await help.askUs.click()
  const widget = new WidgetModel(page)
  await expect(widget.input).toHaveValue(HOURS)
  await widget.input.press('Enter')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  expect(refused()).toEqual([])
  await page.close()
})

test('threats 55, 56 and 64: what stands in answers runs nothing and fetches nothing, in panel and page', {
  tag: '@firefox',
}, async ({ browser }) => {
  // Of its own: others read the demo's.
  const server = await ChatServer.launch()
  const hostile = corpusMessages().map((answer, index) => ({
    question: `Hostile ${index} <img src=x onerror=hacked=1>`,
    answer,
  }))
  const ids = await addKnowledge(server.url, hostile)
  const people = peopleOf(browser, server)
  const { widget, page: shop } = await people.visitor()
  const page = await browser.newPage()
  const elsewhere: string[] = []
  for (const each of [page, shop]) {
    each.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) elsewhere.push(request.url())
    })
    each.on('dialog', (dialog) => {
      elsewhere.push(dialog.message())
      void dialog.dismiss()
    })
  }
  const refused = await watchPolicy(page)
  const pages = ['', ...ids.map((id) => `/${id}`), `?q=${encodeURIComponent('<img src=x onerror=hacked=1>')}`]
  for (const path of pages) {
    await page.goto(`${server.url}/help/wk_demo${path}`)
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  }
  expect(refused()).toEqual([])

  await chooseFromMenu(shop, 'Help')
  const help = new HelpModel(shop, widget.panel)
  for (const { question } of hostile) {
    await help.question(question).click()
    await expect(help.heading(question)).toBeVisible()
    await widget.panel.getByRole('button', { name: 'Back', exact: true }).click()
  }
  expect(await shop.evaluate(() => 'hacked' in window)).toBe(false)
  expect(elsewhere).toEqual([])
  await page.close()
  await people.leave()
  await server.dispose()
})
