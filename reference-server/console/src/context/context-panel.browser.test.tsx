import { expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { axeViolations } from '../testing/axe-violations.js'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { minutesAgo, sampleId, sampleRow } from '../testing/sample-data.js'

const PATH = `/conversations/${sampleId(1)}`
const details = () => page.getByRole('complementary', { name: 'Details' })
const section = (name: string) => details().getByRole('region', { name })

it('says with what the visitor came, from where, and what they did, the latest first', async () => {
  await mountConsole(createFakeConsole(), { path: PATH, width: 1600 })
  await expect
    .element(section('Device and place'))
    .toHaveTextContent(
      'DeviceComputerBrowserChrome 150, Windows 11PlacePune, IndiaLanguageEnglishCame bysearch.example',
    )
  const deeds = section('Pages and events').getByRole('listitem')
  await expect.element(deeds.first()).toHaveTextContent(/^plan_chosenplan: Large · seats: 20/)
  await expect.element(deeds.last()).toHaveTextContent(/^Northwind/)
  expect(await axeViolations()).toEqual([])
})

it('[S16] says what the site has signed of the account, apart from what nobody has proved', async () => {
  const fake = createFakeConsole()
  const { visitor } = fake.admin.conversations
  const account = { plan: 'pro', seats: 5, trial: false, note: '' }
  fake.admin.conversations.visitor = async (id) => ({ ...(await visitor(id)), account })
  await mountConsole(fake, { path: PATH, width: 1600 })
  await expect
    .element(section('From your site, signed'))
    .toHaveTextContent('From your site, signedplanproseats5trialNo')
  await expect.element(section('About the visitor')).not.toHaveTextContent('seats')
  expect(await axeViolations()).toEqual([])
})

it('[S16] says nothing of an account where no site has signed one', async () => {
  await mountConsole(createFakeConsole(), { path: PATH, width: 1600 })
  await expect.element(section('About the visitor')).toBeVisible()
  await expect.element(section('From your site, signed')).not.toBeInTheDocument()
})

it('shows the latest five deeds, and all when asked', async () => {
  const fake = createFakeConsole()
  const { visitor } = fake.admin.conversations
  const events = Array.from({ length: 12 }, (_, index) => ({ at: minutesAgo(20 - index), name: `deed ${index}` }))
  fake.admin.conversations.visitor = async (id) => ({ ...(await visitor(id)), events })
  await mountConsole(fake, { path: PATH, width: 1600 })
  const deeds = section('Pages and events').getByRole('listitem')
  await expect.element(deeds.first()).toHaveTextContent(/^deed 11/)
  expect(deeds.elements()).toHaveLength(5)
  await section('Pages and events').getByRole('button', { name: 'Show all 12' }).click()
  await expect.poll(() => deeds.elements().length).toBe(12)
})

it('leads to earlier conversations of the visitor, page by page', async () => {
  const fake = createFakeConsole()
  const asked: (string | undefined)[] = []
  fake.admin.conversations.earlier = async (_id, cursor) => {
    asked.push(cursor)
    return cursor === undefined
      ? { conversations: [sampleRow(41, { status: 'resolved' })], nextCursor: 'next' }
      : { conversations: [sampleRow(42)], nextCursor: null }
  }
  await mountConsole(fake, { path: PATH, width: 1600 })
  const earlier = section('Earlier conversations')
  await earlier.getByRole('button', { name: 'Show more' }).click()
  await expect.element(earlier.getByRole('link').nth(1)).toHaveAttribute('href', `/conversations/${sampleId(42)}`)
  await expect.element(earlier.getByRole('button')).not.toBeInTheDocument()
  expect(asked).toEqual([undefined, 'next'])
})

it.each([
  ['jwt', 'Signed in on the site, which vouches for them by a token.'],
  ['hmac', 'Signed in on the site, which vouches for them by a signature.'],
  [undefined, 'Nobody has proved who this is.'],
] as const)('says in words what proves them: %s', async (proof, words) => {
  const fake = createFakeConsole()
  const visitor = { id: sampleId(501), name: 'Anaya', identified: proof !== undefined, ...(proof ? { proof } : {}) }
  fake.client.$inbox.set([sampleRow(1, { visitor })])
  await mountConsole(fake, { path: PATH, width: 1600 })
  await expect.element(details()).toHaveTextContent(words)
})

it('threat 56: a page that the visitor names is no link that runs anything', async () => {
  const fake = createFakeConsole()
  const { visitor } = fake.admin.conversations
  fake.admin.conversations.visitor = async (id) => ({
    ...(await visitor(id)),
    referrer: 'javascript:window.pwned=1',
    events: [{ at: minutesAgo(1), name: null, page: { url: 'javascript:window.pwned=1', title: '<b>x</b>' } }],
  })
  const { place } = await mountConsole(fake, { path: PATH, width: 1600 })
  await expect.element(section('Pages and events')).toHaveTextContent('<b>x</b>')
  expect(place.querySelectorAll('[href^="javascript:"]')).toHaveLength(0)
})

it('go away when the window is made narrow, and come back when it is wide again', async () => {
  await mountConsole(createFakeConsole(), { path: `/conversations/${sampleId(1)}`, width: 1400 })
  await expect.element(details()).toBeVisible()
  await page.viewport(768, 800)
  await expect.element(details()).not.toBeInTheDocument()
  await expect.element(page.getByRole('log')).toBeVisible()
  await page.viewport(1400, 800)
  await expect.element(details()).toBeVisible()
})
