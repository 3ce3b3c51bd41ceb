import { type Browser, test as base, type Page } from '@playwright/test'
import { ConsoleModel } from '../models/console.js'
import { DemoSiteModel } from '../models/demo-site.js'
import { ChatServer } from './chat-server.js'

/** People around one server: each a browser of their own. */
export interface People {
  /** A visitor on the demo site, with the panel open. */
  visitor(): Promise<DemoSiteModel>
  /** An agent, or whose e-mail is given, signed in. */
  agent(email?: string): Promise<ConsoleModel>
}

/** Opens pages against a server, each in a context that shares nothing. */
export function peopleOf(browser: Browser, server: ChatServer): People & { leave(): Promise<void> } {
  const pages: Page[] = []
  const page = async () => {
    const context = await browser.newContext()
    const opened = await context.newPage()
    pages.push(opened)
    return opened
  }
  return {
    async visitor() {
      const site = new DemoSiteModel(await page(), server.url)
      await site.visit()
      await site.widget.open()
      return site
    },
    async agent(email) {
      const desk = new ConsoleModel(await page(), server.url)
      await desk.signIn(email)
      return desk
    },
    async leave() {
      await Promise.all(pages.map((opened) => opened.context().close()))
    },
  }
}

/** `server`: a demo server for all tests of a worker · `people`: who meets there in this test. */
export const test = base.extend<{ people: People }, { server: ChatServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
    async ({}, use) => {
      const server = await ChatServer.launch()
      await use(server)
      await server.dispose()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  people: async ({ browser, server }, use) => {
    const people = peopleOf(browser, server)
    await use(people)
    await people.leave()
  },
})

export { expect } from '@playwright/test'
