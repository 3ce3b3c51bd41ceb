import type { Page } from '@playwright/test'

/** Before a person acts: of all windows Firefox gives keys and focus to the foremost only, while Chromium acts as if each were it. */
export async function takeTurn(page: Page): Promise<void> {
  if (page.context().browser()?.browserType().name() === 'firefox') await page.bringToFront()
}
