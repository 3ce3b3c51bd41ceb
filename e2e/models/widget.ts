import { expect, type Locator, type Page } from '@playwright/test'
import { takeTurn } from '../harness/take-turn.js'

/** The widget on a page, as a visitor meets it. Playwright looks into its shadow root. */
export class WidgetModel {
  readonly launcher: Locator
  readonly badge: Locator
  readonly panel: Locator
  readonly input: Locator
  readonly bubbles: Locator
  readonly typing: Locator
  readonly banner: Locator

  constructor(readonly page: Page) {
    const part = (name: string) => page.locator(`[data-part="${name}"]`)
    this.launcher = part('launcher')
    this.badge = part('badge')
    this.panel = part('panel')
    this.input = part('input')
    this.bubbles = part('bubble')
    this.typing = part('typing')
    this.banner = part('banner')
  }

  async open(): Promise<void> {
    await takeTurn(this.page)
    await this.launcher.click()
    await expect(this.input).toBeFocused()
  }

  /** Closes the panel; the launcher and its badge stay. */
  async minimise(): Promise<void> {
    await this.page.keyboard.press('Escape')
    await expect(this.panel).toBeHidden()
  }

  /** Writes a message and sends it by the key. */
  async say(text: string): Promise<void> {
    await takeTurn(this.page)
    await this.input.fill(text)
    await this.input.press('Enter')
    await expect(this.message(text)).toBeVisible()
  }

  /** Takes the network away, once the panel has fetched what it shows then: before, the line below a message is its time alone. */
  async loseNetwork(): Promise<void> {
    await expect(this.page.locator('[data-part="header-action"][data-action="expand"]')).toBeAttached()
    await this.page.context().setOffline(true)
  }

  message(text: string): Locator {
    return this.bubbles.filter({ hasText: text })
  }

  /** The last delivery state that stands under the visitor's messages. */
  deliveryOfLast(): Locator {
    return this.page.locator('[data-part="group"][data-own="true"] [data-part="meta"]').last()
  }

  /** What has been said, top to bottom, without the greeting. */
  texts(): Promise<string[]> {
    return this.page.locator('[data-part="group"] [data-part="bubble"]').allInnerTexts()
  }
}
