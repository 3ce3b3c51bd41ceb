import { readFileSync } from 'node:fs'
import { expect, test } from '../harness/test.js'
import { DemoSiteModel } from '../models/demo-site.js'

/** What the size gate counts for a chat that is ready, by file name. */
function countedFiles(): string[] {
  const gates = JSON.parse(readFileSync(new URL('../../.size-limit.json', import.meta.url), 'utf8'))
  const { path } = gates.find(({ name }: { name: string }) => name.startsWith('chat ready by WebSocket'))
  return path.map((file: string) => file.split('/').at(-1)).sort()
}

test('a plain conversation needs the files that its size gate counts, and no other', async ({
  page,
  people,
  server,
}) => {
  // The page is never idle: what is only fetched ahead stays away, and must not be missed.
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0
  })
  const fetched = new Set<string>()
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (/^\/widget(\.js$|\/)/.test(pathname)) fetched.add(pathname.split('/').at(-1) as string)
  })

  const site = new DemoSiteModel(page, server.url)
  await site.visit()
  await site.widget.open()
  const agent = await people.agent()
  await site.widget.say('How much do you weigh?')
  await agent.openConversation('How much do you weigh?')
  await agent.answer('Less than the others.')
  await expect(site.widget.message('Less than the others.')).toBeVisible()
  await expect(site.widget.deliveryOfLast()).toBeVisible()
  expect([...fetched].sort()).toEqual(countedFiles())
})

test('what is needed once the network is gone was fetched while it was there', async ({ page, server }) => {
  const site = new DemoSiteModel(page, server.url)
  await site.visit()
  await site.widget.open()
  await site.widget.loseNetwork()
  await site.widget.say('See https://example.com')
  await expect(site.widget.message('See').getByRole('link')).toBeVisible()
})
