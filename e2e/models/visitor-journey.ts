import { expect, type Locator, type Page } from '@playwright/test'
import type { WidgetModel } from './widget.js'

/** Presses of Tab after which something is out of reach. */
const FAR = 40

/** What a visitor does with the keyboard and nothing else. */
export class VisitorJourney {
  private readonly page: Page

  constructor(readonly widget: WidgetModel) {
    this.page = widget.page
  }

  /** Walks on until the focus is there. */
  private async walkTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await target.waitFor()
    const isFocused = () =>
      target.evaluate((element) => (element.getRootNode() as ShadowRoot).activeElement === element)
    for (let presses = 0; presses < FAR && !(await isFocused()); presses++) await this.page.keyboard.press(key)
    await expect(target).toBeFocused()
  }

  private button(name: string): Locator {
    return this.widget.panel.getByRole('button', { name, exact: true })
  }

  async open(): Promise<void> {
    await this.walkTo(this.widget.launcher)
    await this.page.keyboard.press('Enter')
    await expect(this.widget.input).toBeFocused()
  }

  async write(words: string): Promise<void> {
    await this.page.keyboard.type(words)
    await this.page.keyboard.press('Enter')
    await expect(this.widget.deliveryOfLast()).toContainText('Sent')
    await expect(this.widget.input).toBeFocused()
  }

  /** Writes what the server refuses, and presses what stands under it then. */
  async failAndPress(words: string, button: 'Try again' | 'Delete'): Promise<void> {
    await this.page.keyboard.type(words)
    await this.page.keyboard.press('Enter')
    await this.walkTo(this.button(button), 'Shift+Tab')
    await this.page.keyboard.press('Enter')
    await expect(this.button(button)).toHaveCount(0)
    // What was pressed is gone; who writes goes on writing.
    await expect(this.widget.input).toBeFocused()
  }

  async chooseEmoji(name: string): Promise<void> {
    await this.walkTo(this.button('Emoji'))
    await this.page.keyboard.press('Enter')
    await expect(this.page.getByRole('textbox', { name: 'Search emoji' })).toBeFocused()
    await this.page.keyboard.type(name)
    await this.page.keyboard.press('Enter')
    await expect(this.widget.input).toBeFocused()
    await expect(this.widget.input).not.toHaveValue('')
  }

  async attach(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.walkTo(this.button('Attach files'))
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), this.page.keyboard.press('Enter')])
    await chooser.setFiles(file)
    await this.walkTo(this.widget.input)
    await this.page.keyboard.press('Enter')
    await expect(this.widget.panel.locator('[data-part="file"]')).toContainText(file.name)
    await expect(this.widget.deliveryOfLast()).toContainText(/Sent|Read/)
  }

  async expand(): Promise<void> {
    await this.walkTo(this.button('Make the chat larger'), 'Shift+Tab')
    await this.page.keyboard.press('Enter')
    await expect(this.widget.panel).toHaveAttribute('data-expanded', 'true')
    await expect(this.button('Make the chat smaller')).toBeFocused()
  }

  async readHistory(): Promise<void> {
    const log = this.page.getByRole('log')
    await this.walkTo(log)
    await this.page.keyboard.press('Home')
    await expect.poll(() => log.evaluate((element) => element.scrollTop)).toBe(0)
  }

  async search(word: string): Promise<void> {
    await this.walkTo(this.button('Options'), 'Shift+Tab')
    await this.page.keyboard.press('Enter')
    await expect(this.page.getByRole('menuitem', { name: 'Search messages' })).toBeVisible()
    const item = this.page.getByRole('menuitem', { name: 'Search messages' })
    const isFocused = () => item.evaluate((element) => (element.getRootNode() as ShadowRoot).activeElement === element)
    for (let presses = 0; presses < FAR && !(await isFocused()); presses++) await this.page.keyboard.press('ArrowDown')
    await this.page.keyboard.press('Enter')
    await expect(this.page.getByRole('textbox', { name: 'Words to look for' })).toBeFocused()
    await this.page.keyboard.type(word)
    await expect(this.widget.panel.locator('mark').first()).toHaveText(word)
    // To the result, to its message, and back.
    await this.page.keyboard.press('Enter')
    await this.page.keyboard.press('Enter')
    await expect(this.widget.bubbles.filter({ hasText: word }).and(this.page.locator('.found'))).toBeFocused()
    await this.page.keyboard.press('Escape')
    await expect(this.widget.panel.locator('mark').first()).toHaveText(word)
    await this.page.keyboard.press('Escape')
    await expect(this.button('Options')).toBeFocused()
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape')
    await expect(this.widget.panel).toBeHidden()
    await expect(this.widget.launcher).toBeFocused()
  }
}
