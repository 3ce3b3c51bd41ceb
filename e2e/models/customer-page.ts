import type { Browser, BrowserContext, Page } from '@playwright/test'
import { WidgetModel } from './widget.js'

/** The page's global function, as a script without types knows it. */
type Commands = Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>

/** A customer's page of any text, on the server's origin, which the demo widget allows. */
export class CustomerPage {
  readonly widget: WidgetModel

  private constructor(
    readonly page: Page,
    private readonly address: string,
  ) {
    this.widget = new WidgetModel(page)
  }

  static async open(of: Browser | BrowserContext, serverUrl: string, body: string): Promise<CustomerPage> {
    const page = await of.newPage()
    const shop = new CustomerPage(page, `${serverUrl}/a-shop`)
    await page.route(shop.address, (route) =>
      route.fulfill({
        contentType: 'text/html; charset=utf-8',
        body: `<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>${body}</html>`,
      }),
    )
    await page.goto(shop.address)
    return shop
  }

  /** Has the page's own script say something; answers with what comes of it. */
  say(command: (chatdesk: Commands) => unknown): Promise<unknown> {
    return this.page.evaluate(`(${command})(window.chatdesk)`)
  }
}
