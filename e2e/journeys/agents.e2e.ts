import type { Page } from '@playwright/test'
import { expect, test } from '../harness/test.js'
import type { ConsoleModel } from '../models/console.js'
import { LostNetwork } from '../models/lost-network.js'

const ASHA = 'agent@demo.test'
const VIKRAM = 'owner@demo.test'

/** Puts a conversation into other hands and back, again and again: each is an event of its log. */
const passAround = (page: Page, conversationId: string, times: number) =>
  page.evaluate(
    async ([id, count]) => {
      const { csrfToken } = await (await fetch('/api/auth/me')).json()
      const headers = { 'content-type': 'application/json', 'x-chatdesk-csrf': csrfToken }
      for (let turn = 0; turn < count; turn += 1) {
        const move = turn % 2 === 0 ? 'release' : 'assign'
        const path = `/api/chat-widget/conversations/${id}/${move}`
        const { ok, status } = await fetch(path, { method: 'POST', headers, body: '{}' })
        if (!ok) throw new Error(`${move} was answered ${status}`)
      }
    },
    [conversationId, times] as const,
  )

const idOf = (desk: ConsoleModel) => /conversations\/([\w-]+)/.exec(desk.page.url())?.[1] as string

test('two agents and three visitors: everybody is shown the log, and nobody answers over a colleague unasked', async ({
  people,
}) => {
  const visitors = await Promise.all([people.visitor(), people.visitor(), people.visitor()])
  const [asha, vikram] = [await people.agent(ASHA), await people.agent(VIKRAM)]
  const desks = [asha, vikram]
  const question = (n: number) => `question of visitor ${n}`
  for (const [n, { widget }] of visitors.entries()) await widget.say(question(n))

  // All at once, each desk in the order of its own.
  const ids: string[] = []
  for (const n of [0, 1, 2]) {
    const desk = desks[n % 2] as ConsoleModel
    await desk.openConversation(n === 0 ? question(n) : `${n} goes on, ${n - 1}`)
    ids.push(idOf(desk))
    await Promise.all([
      desk.answer(`answer to ${n}`),
      ...visitors.map(({ widget }, other) => widget.say(`${other} goes on, ${n}`)),
    ])
  }
  for (const [n, { widget }] of visitors.entries()) {
    await expect(widget.message(`answer to ${n}`)).toHaveCount(1)
    await expect(widget.deliveryOfLast()).toContainText(/Sent|Read/)
    const said = (await widget.texts()).slice(-5)
    for (const desk of desks) {
      await desk.openById(ids[n] as string)
      await expect.poll(() => desk.texts()).toEqual(said)
    }
  }

  // Both look at the third visitor's, and see each other.
  const [, , { widget }] = visitors
  await expect(asha.page.locator('[data-viewers]')).toContainText('Vikram Shah is looking at this, too')
  await expect(vikram.page.locator('[data-viewers]')).toContainText('Asha Rao is looking at this, too')
  // Who writes is seen to for a few seconds: each presses Enter as soon as they see the other.
  await asha.reply.fill('me to')
  await vikram.reply.pressSequentially('I am about to')
  await expect(asha.page.locator('[data-viewers]')).toContainText('Vikram Shah is answering')
  await asha.reply.press('Enter')
  await expect(asha.page.getByText('Vikram Shah is typing an answer. Send yours too?')).toBeVisible()
  await expect(asha.message('me to')).toHaveCount(0)
  await asha.reply.pressSequentially('o')
  await expect(vikram.page.locator('[data-viewers]')).toContainText('Asha Rao is answering')
  await vikram.reply.press('Enter')
  await expect(vikram.page.getByText('Asha Rao is typing an answer. Send yours too?')).toBeVisible()
  await vikram.reply.press('Enter')
  await expect(asha.message('I am about to')).toBeVisible()
  await asha.reply.press('Enter')
  await expect(widget.message('me too')).toHaveCount(1)

  const said = (await widget.texts()).slice(-7)
  expect(said.slice(-2)).toEqual(['I am about to', 'me too'])
  for (const desk of desks) await expect.poll(() => desk.texts()).toEqual(said)
})

test('[C19] [C22] an answer written without a network is not sent over a colleague’s, and survives a reload', async ({
  people,
}) => {
  const { widget } = await people.visitor()
  const [asha, vikram] = [await people.agent(ASHA), await people.agent(VIKRAM)]
  const network = await LostNetwork.of(asha.page)
  await widget.say('who is faster?')
  for (const desk of [asha, vikram]) await desk.openConversation('who is faster?')

  await network.lose()
  await asha.answer('written in the tunnel')
  await vikram.answer('I was faster')
  await network.find()
  const warning = asha.page.getByText('Vikram Shah answered meanwhile. This was not sent.')
  await expect(warning).toBeVisible({ timeout: 45_000 })
  await expect(asha.message('I was faster')).toBeVisible()
  await asha.page.reload()
  await expect(warning).toBeVisible()
  await expect(vikram.message('written in the tunnel')).toHaveCount(0)
  await asha.page.getByRole('button', { name: 'Send anyway' }).click()
  await expect(widget.message('written in the tunnel')).toHaveCount(1)
  const said = ['who is faster?', 'I was faster', 'written in the tunnel']
  expect((await widget.texts()).slice(-3)).toEqual(said)
  for (const desk of [asha, vikram]) await expect.poll(() => desk.texts()).toEqual(said)
})

test('[C22] what a tab has left that was closed is sent by another one, once', async ({ people }) => {
  const { widget } = await people.visitor()
  const asha = await people.agent(ASHA)
  await widget.say('are you still there?')
  const network = await LostNetwork.of(asha.page)
  await asha.openConversation('are you still there?')
  const other = await asha.page.context().newPage()
  await network.lose()
  await asha.answer('my last words here')
  await asha.page.close()
  await network.find()
  await other.goto('about:blank')
  const address = new URL(widget.page.url())
  await other.goto(`${address.origin}/console`)
  await expect(widget.message('my last words here')).toHaveCount(1, { timeout: 45_000 })
})

test('[R4] [I1] a console that slept through hundreds of events catches up in thread, inbox and counts', async ({
  people,
}) => {
  const [first, second] = [await people.visitor(), await people.visitor()]
  const [asha, vikram] = [await people.agent(ASHA), await people.agent(VIKRAM)]
  const network = await LostNetwork.of(asha.page)
  await first.widget.say('before the sleep')
  for (const desk of [asha, vikram]) await desk.openConversation('before the sleep')
  const id = idOf(vikram)

  await network.lose()
  // Not before his eyes: what is measured is who slept, not how fast a page draws.
  await vikram.page.getByRole('link', { name: 'Visitors' }).click()
  await passAround(vikram.page, id, 520)
  await vikram.page.getByRole('link', { name: 'Inbox' }).click()
  await vikram.openById(id)
  await first.widget.say('said in the sleep')
  await second.widget.say('somebody new')
  await vikram.answer('answered in the sleep')
  await network.find()

  await expect(asha.message('answered in the sleep')).toBeVisible({ timeout: 45_000 })
  await expect(asha.row('answered in the sleep')).toHaveCount(1)
  await expect(asha.row('somebody new')).toHaveCount(1)
  const newest = (await vikram.texts()).slice(-2)
  expect(newest).toEqual(['said in the sleep', 'answered in the sleep'])
  expect((await asha.texts()).slice(-2)).toEqual(newest)
  await asha.page.reload()
  const rows = await asha.rows.allInnerTexts()
  await vikram.page.reload()
  await expect.poll(() => vikram.rows.count()).toBe(rows.length)
})
