import type { Locator, Page } from '@playwright/test'

/** The help of the demo's widget: its pages on the server, or the view of it in a panel. */
export class HelpModel {
  readonly search: Locator
  readonly askUs: Locator

  /** @param within where it stands, if not in a page of its own. */
  constructor(
    readonly page: Page,
    private readonly within: Page | Locator = page,
  ) {
    this.search = within.getByRole('searchbox', { name: 'Search for an answer' })
    this.askUs = within.getByRole('button', { name: 'Ask us' })
  }

  /** Opens its pages. */
  async visit(serverUrl: string): Promise<void> {
    await this.page.goto(`${serverUrl}/help/wk_demo`)
  }

  /** A question of a list. */
  question(name: string): Locator {
    return this.within
      .getByRole('link', { name, exact: true })
      .or(this.within.getByRole('button', { name, exact: true }))
  }

  heading(name: string): Locator {
    return this.within.getByRole('heading', { name, exact: true })
  }
}
