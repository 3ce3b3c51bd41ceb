import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../harness/test.js'
import { ConsoleModel } from '../models/console.js'
import { DemoSiteModel } from '../models/demo-site.js'

const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } } as const

/** What axe finds wrong, by rule and place. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${JSON.stringify(target)}`))
}

for (const colorScheme of ['light', 'dark'] as const)
  for (const [size, viewport] of Object.entries(SIZES))
    test(`launcher, panel and console are accessible and look right (${colorScheme}, ${size})`, async ({
      browser,
      server,
    }, testInfo) => {
      const look = async (page: Page, name: string) => {
        const path = `${testInfo.project.outputDir}/screenshots/${name}-${colorScheme}-${size}.png`
        await page.screenshot({ path, animations: 'disabled' })
        expect(await violations(page), name).toEqual([])
      }
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
      const words = `Good morning in ${colorScheme} on a ${size}`
      const site = new DemoSiteModel(await context.newPage(), server.url)
      await site.visit()
      await look(site.page, 'launcher')
      await site.widget.open()
      await look(site.page, 'panel-empty')
      await site.widget.say(words)
      await expect(site.widget.deliveryOfLast()).toContainText('Sent')

      const desk = new ConsoleModel(await context.newPage(), server.url)
      await desk.page.goto(`${server.url}/console`)
      await desk.page.getByLabel('Email').waitFor()
      await look(desk.page, 'sign-in')
      await desk.signIn()
      await desk.row(words).waitFor()
      await look(desk.page, 'inbox')
      await desk.openConversation(words)
      await desk.answer('Good morning! What can I do for you?')
      await look(desk.page, 'conversation')
      await site.page.bringToFront()
      await expect(site.widget.message('What can I do for you?')).toBeVisible()
      await look(site.page, 'panel')
      await context.close()
    })
