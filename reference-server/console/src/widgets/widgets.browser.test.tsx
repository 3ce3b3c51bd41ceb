import { expect, it, vi } from 'vitest'
import { page } from 'vitest/browser'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { sampleWidget } from '../testing/sample-administration.js'
import { sampleId } from '../testing/sample-data.js'

it('lists widgets with their domains and where they were seen', async () => {
  await mountConsole(createFakeConsole({ role: 'agent' }), { path: '/widgets' })
  const row = page.getByRole('row', { name: /Northwind support/ })
  await expect.element(row).toHaveTextContent('northwind.example and 1 more')
  await expect.element(row).toHaveTextContent('1 site 1 refused')
  await expect.element(page.getByRole('row', { name: /Blog/ })).toHaveTextContent('Off')
  await expect.element(page.getByRole('button', { name: 'Create a widget' })).not.toBeInTheDocument()
})

it('does not say of a widget that no site may use that it is on', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  fake.admin.widgets.list = async () => [sampleWidget(1), sampleWidget(2, { name: 'New', allowedOrigins: [] })]
  await mountConsole(fake, { path: '/widgets', width: 360 })
  await expect.element(page.getByRole('row', { name: /^New/ })).toHaveTextContent('No domain yet')
  await expect.element(page.getByRole('row', { name: /^Northwind/ })).toHaveTextContent('On')
})

it('lists them though nobody can say where they were seen', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  fake.admin.widgets.installations = () => Promise.reject(new Error('down'))
  await mountConsole(fake, { path: '/widgets' })
  await expect.element(page.getByRole('row', { name: /Northwind support/ })).toHaveTextContent('–')
})

it('creates one, and goes on in its settings', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  const { location } = await mountConsole(fake, { path: '/widgets' })
  await page.getByRole('button', { name: 'Create a widget' }).click()
  await page.getByLabelText('Name', { exact: true }).fill('Shop')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await expect.element(page.getByRole('heading', { name: 'Shop' })).toBeVisible()
  expect(location.history.at(-1)).toMatch(/^\/widgets\/[^/]+\/appearance$/)
  expect(fake.calls).toEqual(['create widget {"name":"Shop"}'])
})

it('holds a thousand, and finds one', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  fake.admin.widgets.list = async () =>
    Array.from({ length: 1000 }, (_, index) => sampleWidget(index, { name: `Widget ${index}` }))
  await mountConsole(fake, { path: '/widgets' })
  await page.getByLabelText('Find in Widgets').fill('Widget 777')
  await expect.poll(() => page.getByRole('row').elements()).toHaveLength(2)
})

it('has a column of versions only where one is known', async () => {
  const fake = createFakeConsole({ role: 'agent' })
  const path = `/widgets/${sampleId(1001)}/install`
  const { unmount } = await mountConsole(fake, { path })
  await expect.element(page.getByRole('columnheader', { name: 'Version' })).toBeVisible()
  unmount()
  const seen = (await fake.admin.widgets.installations(sampleId(1001))).map((row) => ({ ...row, version: null }))
  fake.admin.widgets.installations = async () => seen
  await mountConsole(fake, { path })
  await expect.element(page.getByRole('columnheader', { name: 'Visits' })).toBeVisible()
  await expect.element(page.getByRole('columnheader', { name: 'Version' })).not.toBeInTheDocument()
})

it('copies the code, and says that it has', async () => {
  const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await mountConsole(createFakeConsole({ role: 'agent' }), { path: `/widgets/${sampleId(1001)}/install` })
  await page.getByRole('button', { name: 'Copy: Script tag' }).click()
  await expect.element(page.getByRole('button', { name: 'Copied: Script tag' })).toBeVisible()
  expect(written.mock.lastCall?.[0]).toContain('https://chat.example/widget.js')
  await expect.element(page.getByRole('button', { name: 'Copy: Script tag' })).toBeVisible()
  written.mockRejectedValue(new Error('not allowed'))
  await page.getByRole('tab', { name: 'npm' }).click()
  await page.getByRole('button', { name: 'Copy: Module' }).click()
  await expect.element(page.getByRole('button', { name: 'Select and copy it by hand: Module' })).toBeVisible()
})
