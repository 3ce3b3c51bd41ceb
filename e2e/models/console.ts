import { expect, type Locator, type Page } from '@playwright/test'
import { takeTurn } from '../harness/take-turn.js'

/** The agents' console, as an agent meets it. */
export class ConsoleModel {
  readonly rows: Locator
  readonly log: Locator
  readonly bubbles: Locator
  readonly reply: Locator
  readonly presence: Locator

  constructor(
    readonly page: Page,
    private readonly serverUrl: string,
  ) {
    this.rows = page.getByRole('region', { name: 'Conversations' }).getByRole('listitem')
    this.log = page.getByRole('log', { name: 'Messages' })
    this.bubbles = this.log.locator('article div[dir="auto"]')
    this.presence = page.locator('[data-presence]')
    this.reply = page.getByRole('textbox', { name: /^Reply to/ })
  }

  async signIn(email = 'agent@demo.test', password = 'chatdesk-demo'): Promise<void> {
    await this.page.goto(`${this.serverUrl}/console`)
    await this.page.getByLabel('Email').fill(email)
    await this.page.getByRole('textbox', { name: 'Password' }).fill(password)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
    await expect(this.page.getByRole('heading', { name: 'Inbox', level: 2 })).toBeVisible()
  }

  /** The row whose last words are these. */
  row(words: string): Locator {
    return this.rows.filter({ hasText: words })
  }

  /** What has become of a payment in a conversation that is open. */
  payment(purpose: string): Locator {
    return this.page.getByRole('article', { name: `Payment: ${purpose}` })
  }

  async openRow(words: string): Promise<void> {
    await takeTurn(this.page)
    await this.row(words).getByRole('link').click()
  }

  async openConversation(words: string): Promise<void> {
    await this.openRow(words)
    await expect(this.message(words)).toBeVisible()
  }

  /** Where the last words may be anybody's. */
  async openById(conversationId: string): Promise<void> {
    await takeTurn(this.page)
    await this.rows.locator(`a[href$="${conversationId}"]`).click()
  }

  async answer(text: string): Promise<void> {
    await this.send(text)
    await expect(this.message(text)).toBeVisible()
  }

  /** Writes a reply and sends it, whatever becomes of it. Its end is typed: what is filled in, React in Firefox takes for its own. */
  async send(text: string): Promise<void> {
    await takeTurn(this.page)
    await this.reply.fill(text.slice(0, -1))
    await this.reply.pressSequentially(text.slice(-1))
    await expect(this.page.getByRole('button', { name: 'Send', exact: true })).toHaveAttribute('aria-disabled', 'false')
    await this.reply.press('Enter')
  }

  message(text: string): Locator {
    return this.bubbles.filter({ hasText: text })
  }

  /** What has been said, top to bottom. */
  texts(): Promise<string[]> {
    return this.bubbles.allInnerTexts()
  }
}
