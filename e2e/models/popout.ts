import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { chooseFromMenu } from './menu.js'
import { WidgetModel } from './widget.js'

/** A window in which the widget stands alone. */
export class PopoutModel {
  readonly widget: WidgetModel

  private constructor(readonly page: Page) {
    this.widget = new WidgetModel(page)
  }

  /** Has a visitor open it by the menu of a page. */
  static async openFrom({ page, panel }: WidgetModel): Promise<PopoutModel> {
    const opened = page.waitForEvent('popup')
    await chooseFromMenu(page, 'Open in a window')
    const popout = new PopoutModel(await opened)
    await expect(popout.widget.panel).toBeVisible()
    await expect(panel).toBeHidden()
    return popout
  }

  /** The address that its requests and its agents are told. */
  address(): Promise<string> {
    return this.page.evaluate(() => location.href)
  }

  /** Of the window and of the panel in it. */
  async colors(): Promise<string[]> {
    const colorOf = (element: Element) => getComputedStyle(element).backgroundColor
    const colors = [this.page.locator('html'), this.widget.panel].map((place) => place.evaluate(colorOf))
    return [...new Set(await Promise.all(colors))]
  }

  /** What axe finds wrong, by rule and place. */
  async violations(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page }).analyze()
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html}`))
  }
}
