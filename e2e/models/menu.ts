import type { Page } from '@playwright/test'

/** Chooses from the menu in the panel's header. */
export async function chooseFromMenu(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Options' }).click()
  await page.getByRole('menuitem', { name }).click()
}
