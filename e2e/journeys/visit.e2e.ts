import { expect, test } from '../harness/test.js'
import { ConsoleModel } from '../models/console.js'

const REASON = 'They asked for help with their opening hours'

test('a super admin visits an organization for a reason, is told so all the time, and leaves', async ({
  browser,
  server,
}) => {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
  const desk = new ConsoleModel(page, server.url)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const banner = page.getByRole('region', { name: 'Visit' })
  await desk.signIn('admin@demo.test')
  await page.goto(`${server.url}/console/#/settings/organizations`)
  await button('Add an organization').click()
  await page.getByLabel('Name', { exact: true }).fill('Contoso Dental')
  await button('Add').click()
  await expect(banner).toBeHidden()

  await button('Visit Contoso Dental').click()
  await page.getByLabel('Reason').fill(REASON)
  await button('Visit').click()
  await expect(banner).toContainText('You are visiting Contoso Dental.')
  await expect(banner).toContainText(REASON)
  // The server remembers, not this page.
  await page.reload()
  await expect(banner).toContainText(REASON)

  await page.goto(`${server.url}/console/#/settings/organization`)
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Contoso Dental')
  // Nobody leaves a token behind in an organization that is not theirs.
  await page.goto(`${server.url}/console/#/settings/api-tokens`)
  await expect(page.getByText('No tokens yet')).toBeVisible()
  await expect(button('Make a token')).toBeHidden()
  await page.goto(`${server.url}/console/#/settings/audit`)
  await expect(page.getByRole('table', { name: 'Audit trail' })).toContainText(`Reason: ${REASON}`)
  await page.goto(`${server.url}/console/#/settings/organizations`)
  await expect(page.getByRole('row', { name: /^Demo/ })).toContainText('Yours')
  await expect(page.getByRole('row', { name: /^Contoso Dental/ })).toContainText('Visiting')

  await banner.getByRole('button', { name: 'Leave' }).click()
  await expect(banner).toBeHidden()
  await expect(page.getByRole('heading', { name: 'All organizations' })).toBeVisible()
  await page.goto(`${server.url}/console/#/settings/organization`)
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Demo')
  await page.goto(`${server.url}/console/#/settings/audit`)
  await expect(page.getByRole('table', { name: 'Audit trail' })).toContainText('Contoso Dental')
})
