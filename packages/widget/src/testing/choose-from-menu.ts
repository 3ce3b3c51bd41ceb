import { page, userEvent } from 'vitest/browser'

/** Opens the header menu and chooses from it. */
export async function chooseFromMenu(name: string): Promise<void> {
  await userEvent.click(page.getByRole('button', { name: 'Options' }))
  await userEvent.click(page.getByRole('menuitem', { name }))
}
