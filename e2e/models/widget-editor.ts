import { expect, type Page } from '@playwright/test'

/** The console's page of one widget, as its owner meets it. */
export class WidgetEditorModel {
  constructor(readonly page: Page) {}

  /** The organization's first widget. */
  async open(): Promise<void> {
    await this.page.getByRole('link', { name: 'Widgets' }).click()
    await this.page.getByRole('table', { name: 'Widgets' }).getByRole('link').first().click()
    await expect(this.page.getByRole('navigation', { name: 'Sections' })).toBeVisible()
  }

  /** The code for a page that runs the server's present build and no other, of the organization's first widget. */
  async pinnedCode(): Promise<string> {
    await this.open()
    await this.page.getByRole('link', { name: 'Install' }).click()
    await this.page.getByRole('tab', { name: 'Fixed version' }).click()
    return await this.page.getByRole('region', { name: 'Script tag with digests' }).innerText()
  }

  /** Puts a site on the list, and saves. */
  async allow(origin: string): Promise<void> {
    await this.#goTo('Domains')
    await this.page.getByLabel('Address of a site').fill(origin)
    await this.page.getByRole('button', { name: 'Add', exact: true }).click()
    await this.#save()
  }

  /** Changes how it looks, and saves. */
  async change(look: { name?: string; greeting?: string; color?: string; position?: 'Left' | 'Right' }): Promise<void> {
    const { page } = this
    await this.#goTo('Appearance')
    if (look.name) await page.getByRole('textbox', { name: 'Name' }).fill(look.name)
    if (look.greeting) await page.getByLabel('Greeting').fill(look.greeting)
    if (look.color) await page.getByLabel('Brand colour').fill(look.color)
    if (look.position) await page.getByText(look.position, { exact: true }).click()
    await this.#save()
  }

  /** Adds what the widget says by itself, each with the fields of its card by their labels; and saves. */
  async addRules(
    rules: readonly { message: string; fields: Readonly<Record<string, string | true>> }[],
  ): Promise<void> {
    await this.#goTo('Proactive messages')
    for (const [index, { message, fields }] of rules.entries()) {
      await this.page.getByRole('button', { name: 'Add a message' }).click()
      const card = this.page.getByRole('list', { name: 'Proactive messages' }).getByRole('listitem').nth(index)
      await card.getByLabel(`Message ${index + 1}`, { exact: true }).fill(message)
      await card.getByLabel('After seconds').fill('')
      for (const [label, value] of Object.entries(fields)) {
        const field = card.getByLabel(label)
        if (value === true) await field.check()
        else if (label.startsWith('Who')) await field.selectOption(value)
        else await field.fill(value)
      }
    }
    await this.#save()
  }

  /** Asks visitors the usual questions and one with choices, for their consent, and saves. */
  async ask(question: string, choices: readonly string[], consent: string): Promise<void> {
    const { page } = this
    await this.#goTo('Form')
    await page.getByRole('switch', { name: 'Ask before the chat' }).check()
    await page.getByRole('button', { name: 'Add a question' }).click()
    await page.getByLabel('Question', { exact: true }).last().fill(question)
    await page.getByLabel('Answer', { exact: true }).last().selectOption('Choice from a list')
    await page.getByLabel('Choices').fill(choices.join('\n'))
    await page.getByRole('switch', { name: 'Ask for consent' }).check()
    await page.getByLabel('What visitors agree to').fill(consent)
    await this.#save()
  }

  /** Sets what no page of the console is asked for here, as its own pages do it. */
  async set(settings: object): Promise<void> {
    const status = await this.page.evaluate(async (body) => {
      const path = /widgets\/([^/]+)/.exec(window.location.href)?.[1]
      const { csrfToken } = await (await fetch('/api/auth/me')).json()
      const headers = { 'content-type': 'application/json', 'x-chatdesk-csrf': csrfToken }
      return (await fetch(`/api/chat-widget/widgets/${path}`, { method: 'PATCH', headers, body })).status
    }, JSON.stringify({ settings }))
    expect(status).toBe(200)
  }

  /** Lets the assistant answer before the team does, and saves. */
  async letAssistantAnswer(): Promise<void> {
    await this.#goTo('Assistant')
    await this.page.getByRole('switch', { name: 'Let the assistant answer first' }).check()
    await this.#save()
  }

  async switchOff(): Promise<void> {
    await this.#goTo('Danger zone')
    await this.page.getByRole('button', { name: 'Switch the widget off' }).click()
    await this.page.getByRole('button', { name: 'Switch off', exact: true }).click()
    await expect(this.page.getByRole('button', { name: 'Switch the widget on' })).toBeVisible()
  }

  async #goTo(section: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: section }).click()
  }

  async #save(): Promise<void> {
    const saved = this.page.waitForResponse((response) => response.request().method() === 'PATCH')
    await this.page.getByRole('button', { name: 'Save', exact: true }).click()
    expect((await saved).status()).toBe(200)
  }
}
