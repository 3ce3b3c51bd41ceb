import type { Page } from '@playwright/test'
import { WidgetModel } from './widget.js'

/** The company's page at `/`, with the widget that it embeds. */
export class DemoSiteModel {
  readonly widget: WidgetModel

  constructor(
    readonly page: Page,
    private readonly serverUrl: string,
  ) {
    this.widget = new WidgetModel(page)
  }

  async visit(): Promise<void> {
    await this.page.goto(`${this.serverUrl}/`)
    await this.widget.launcher.waitFor()
  }
}
