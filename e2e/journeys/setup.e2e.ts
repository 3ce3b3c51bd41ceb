import { ChatServer } from '../harness/chat-server.js'
import { startHostSite } from '../harness/host-site.js'
import { expect, test } from '../harness/test.js'
import { createTestDatabase } from '../harness/test-database.js'
import { WidgetModel } from '../models/widget.js'

const PASSWORD = 'four words and a dot'

test('from an empty database to a chat on a site of one’s own', async ({ browser }) => {
  const server = await ChatServer.launch({ CHATDESK_DEMO: '0', DATABASE_URL: await createTestDatabase() })
  const code = /console\/setup with the code (\S+?),/.exec(server.log)?.[1] ?? ''
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  // Nobody is a member yet: the sign-in leads on.
  await page.goto(`${server.url}/console`)
  await page.getByLabel('Code').fill(code)
  await page.getByLabel('Organization').fill('Northwind')
  await page.getByLabel('Your name').fill('Priya Raman')
  await page.getByLabel('Email').fill('priya@northwind.example')
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await button('Go on').click()

  await expect(page.getByRole('heading', { name: 'Who answers?' })).toBeVisible()
  await button('Go on').click()
  await expect(page.getByRole('heading', { name: 'What do you want to know first?' })).toBeVisible()
  // Whoever leaves in the middle goes on there.
  await page.goto(`${server.url}/console/setup`)
  await expect(page.getByRole('heading', { name: 'What do you want to know first?' })).toBeVisible()
  await button('Skip').click()

  await page.getByLabel('Email addresses').fill('jonas@northwind.example')
  await button('Invite them').click()
  const link = (await page.locator('code', { hasText: '/console/invite#' }).textContent()) ?? ''
  await button('Go on').click()

  const html = (script: string) =>
    `<!doctype html><html lang="en"><title>Northwind</title><h1>Our shop</h1>${script}</html>`
  const pages = { script: '' }
  const site = await startHostSite(() => html(pages.script))
  await page.getByLabel('Address of a site').fill(site.origin)
  await button('Add').click()
  await button('Save and show the code').click()
  pages.script = (await page.getByRole('region', { name: 'Script tag' }).textContent()) ?? ''
  expect(pages.script).toContain(`${server.url}/widget.js`)
  await button('Open the inbox').click()

  const visitor = await browser.newPage()
  await visitor.goto(site.origin)
  const widget = new WidgetModel(visitor)
  await widget.launcher.click()
  // The team has departments, and a visitor chooses one of them.
  await visitor.getByLabel('Who would you like to talk to?').selectOption({ index: 1 })
  await visitor.getByRole('button', { name: 'Start the chat' }).click()
  await widget.say('hello from our own shop')
  await expect(page.getByRole('region', { name: 'Conversations' }).getByRole('listitem')).toContainText('our own shop')

  // The agent who was invited answers.
  const agent = await (await browser.newContext()).newPage()
  await agent.goto(link)
  await agent.getByLabel('Your name').fill('Jonas Weber')
  await agent.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await agent.getByRole('button', { name: 'Join' }).click()
  await agent.getByRole('region', { name: 'Conversations' }).getByRole('link').first().click()
  await agent.getByRole('textbox', { name: /^Reply to/ }).fill('Good morning!')
  await agent.keyboard.press('Enter')
  await expect(widget.message('Good morning!')).toBeVisible()
  expect(agent.url()).not.toContain(link.split('#')[1])

  await site.close()
  await server.dispose()
})
