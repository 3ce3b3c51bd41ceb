import { expect, type Locator, type Page } from '@playwright/test'

/** The console's pages of what a widget can answer, as an admin meets them. */
export class KnowledgeModel {
  constructor(readonly page: Page) {}

  /** The knowledge of the organization's first widget. */
  async open(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'ChatDesk' }).getByRole('link', { name: 'Knowledge' }).click()
    await expect(this.page.getByRole('heading', { name: 'Knowledge', level: 1 })).toBeVisible()
  }

  /** The row of an entry or of an unanswered question. */
  row(question: string): Locator {
    return this.page.getByRole('row').filter({ hasText: question })
  }

  /** Writes an entry that nobody reads yet, and stays on its page. */
  async draft(entry: { question: string; phrasings: readonly string[]; answer: string }): Promise<void> {
    await this.goTo('Entries')
    await this.page.getByRole('link', { name: 'Add an entry' }).click()
    await this.page.getByRole('textbox', { name: 'Question' }).fill(entry.question)
    await this.page.getByRole('textbox', { name: /^Other ways/ }).fill(entry.phrasings.join('\n'))
    await this.answer(entry.answer)
    await this.#press('Save as a draft')
    await expect(this.page.getByText('A draft: no answer uses it')).toBeVisible()
  }

  /** Fills in the answer of the entry that is open. */
  async answer(words: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Answer' }).fill(words)
  }

  /** Adds a question by which the open entry has to be found. */
  async addGolden(question: string): Promise<void> {
    await this.page.getByLabel('Add a golden question').fill(question)
    await this.#press('Add')
    await expect(this.page.getByRole('list', { name: 'Golden questions' })).toContainText(question)
  }

  /** Publishes the open entry, and says what the check said. */
  async publish(): Promise<string> {
    await this.#press('Publish…')
    const dialog = this.page.getByRole('dialog', { name: 'Publish the entry?' })
    const check = dialog.getByText(/golden questions?/).first()
    const words = await check.innerText()
    await dialog.getByRole('button', { name: 'Publish' }).click()
    await expect(dialog).toBeHidden()
    return words
  }

  /** Pastes a table, and says what would come of it; `importIt` does it. */
  async paste(csv: string): Promise<string> {
    await this.goTo('Import')
    await this.page.getByRole('textbox', { name: 'Or paste it here' }).fill(csv)
    await this.#press('See what would change')
    return await this.page.getByRole('heading', { level: 2 }).innerText()
  }

  async importIt(): Promise<void> {
    await this.page.getByRole('button', { name: /^Import \d/ }).click()
    await expect(this.page.getByRole('heading', { name: /^Imported:/ })).toBeVisible()
  }

  /** To another page of the same widget. */
  async goTo(page: 'Entries' | 'Unanswered questions' | 'Golden questions' | 'Import'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Knowledge' }).getByRole('link', { name: page }).click()
  }

  /** Back from an entry to all of them. */
  async goBack(): Promise<void> {
    await this.page.getByRole('link', { name: /^All entries of/ }).click()
  }

  async #press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click()
  }
}
