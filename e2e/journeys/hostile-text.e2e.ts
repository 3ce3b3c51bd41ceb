import { expect, test } from '../harness/test.js'
import { WidgetModel } from '../models/widget.js'

/** What is typed, and what stands there afterwards where cleaning changes it (SPEC X2). */
const HOSTILE: readonly { typed: string; shown?: string }[] = [
  { typed: '<img src=x onerror="window.hacked=1"> and <b>bold</b>' },
  { typed: '<script>window.hacked=1</script>' },
  { typed: '&lt;script&gt; &amp; <!-- comment -->' },
  { typed: '" onmouseover="window.hacked=1' },
  { typed: 'javascript:window.hacked=1' },
  { typed: '{{constructor.constructor("window.hacked=1")()}}' },
  { typed: 'bell\u0007 null\u0000 escape\u001b[31m end', shown: 'bell null escape[31m end' },
  { typed: 'مرحبا \u202Eabc\u202C שלום' },
  { typed: '👩‍👩‍👧‍👦 🇮🇳 e\u0301' },
]

test('[X4] hostile text is shown as it was typed, on both sides, and runs nowhere', async ({ people }) => {
  const { widget, page } = await people.visitor()
  const desk = await people.agent()
  await widget.say('a harmless beginning')
  await desk.openConversation('a harmless beginning')
  for (const { typed, shown = typed } of HOSTILE) {
    await widget.input.fill(typed)
    await widget.input.press('Enter')
    await expect(desk.bubbles.last()).toHaveText(shown)
    await expect(widget.bubbles.last()).toContainText(shown)
    await desk.reply.fill(typed)
    await desk.reply.press('Enter')
    await expect(widget.bubbles.last()).toHaveText(shown)
  }
  for (const each of [page, desk.page]) {
    expect(await each.evaluate(() => 'hacked' in window)).toBe(false)
    expect(await each.locator('[data-part="bubble"] img, [role="log"] img, [role="log"] script').count()).toBe(0)
  }
  for (const bubble of [widget.bubbles, desk.bubbles])
    await expect(bubble.locator('a[href^="javascript:" i]')).toHaveCount(0)
})

/** What an agent may be made to send on: each a mark with something in it that wants to run. */
const HOSTILE_MARKS: readonly string[] = [
  '**<img src=x onerror="window.hacked=1">**',
  '[<svg onload="window.hacked=1">](https://x.example)',
  '[x](javascript:window.hacked=1)',
  '[x](data:text/html,<script>window.hacked=1</script>)',
  '[x](https://x.example"onmouseover="window.hacked=1)',
  '![x](x"onerror="window.hacked=1)',
  '> <iframe srcdoc="<script>window.hacked=1</script>">',
  '- <a href="javascript:window.hacked=1">x</a>',
  '`<script>window.hacked=1</script>`',
  '~~<details open ontoggle="window.hacked=1">~~',
  '[bank.example](https://evil.example)',
]
const ALLOWED = /^(P|STRONG|EM|DEL|CODE|PRE|BLOCKQUOTE|UL|OL|LI|A|BDI|DIV)$/

test('[X5] threats 55 and 56: marks run nothing, on a page that trusts no type', async ({
  server,
  people,
  browser,
}) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const csp = `default-src 'self'; script-src 'self' 'nonce-n'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'`
  await page.route(`${server.url}/trusting-nobody`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'content-security-policy': csp },
      body: `<!doctype html><title>A customer</title><script src="/widget.js"></script>
        <script nonce="n">chatdesk('init', { widgetKey: 'wk_demo' })</script>`,
    }),
  )
  const blocked: string[] = []
  page.on('console', (message) => {
    if (/content security policy|trusted/i.test(message.text()) && !message.text().includes('favicon'))
      blocked.push(message.text())
  })
  await page.goto(`${server.url}/trusting-nobody`)
  const widget = new WidgetModel(page)
  await widget.open()
  await widget.say('trusting nobody')
  const desk = await people.agent()
  await desk.openConversation('trusting nobody')
  for (const typed of HOSTILE_MARKS) {
    const count = await widget.bubbles.count()
    await desk.reply.fill(typed)
    await desk.reply.press('Enter')
    await expect(widget.bubbles).toHaveCount(count + 1)
  }
  await expect(widget.bubbles.last()).toHaveText('bank.example (evil.example)')
  await expect(desk.bubbles.last()).toHaveText('bank.example (evil.example)')
  for (const { bubbles } of [widget, desk]) {
    const drawn = await bubbles.evaluateAll((all) =>
      all.flatMap((bubble) =>
        [...bubble.querySelectorAll('*')].map((element) => [element.tagName, element.getAttributeNames().join(' ')]),
      ),
    )
    for (const [tag = '', attributes = ''] of drawn) {
      expect(tag).toMatch(ALLOWED)
      expect(attributes).not.toMatch(/\bon|srcdoc|style/)
    }
  }
  for (const each of [page, desk.page]) expect(await each.evaluate(() => 'hacked' in window)).toBe(false)
  expect(blocked).toEqual([])
  await context.close()
})

test('[X9] an agent offers answers, and the visitor presses one', async ({ people }) => {
  const { widget, page } = await people.visitor()
  const desk = await people.agent()
  await widget.say('what is there to choose')
  await desk.openConversation('what is there to choose')
  await desk.reply.fill('Shall we **begin**?')
  await desk.page.getByRole('button', { name: 'Offer answers to choose from' }).click()
  await desk.page.getByRole('textbox', { name: 'Answers to choose from' }).fill('Yes, please\nNot now')
  await desk.page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('button', { name: 'Not now' }).click()
  await expect(desk.bubbles.last()).toHaveText('Not now')
  await expect(widget.deliveryOfLast()).toContainText(/Sent|Read/)
  await page.reload()
  await widget.launcher.click()
  await expect(page.getByRole('button', { name: 'Not now' })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('button', { name: 'Yes, please' })).toHaveAttribute('aria-disabled', 'true')
})

test('[X3] a message of spaces is not sent, and a long one is refused before it leaves', async ({ people }) => {
  const { widget } = await people.visitor()
  await widget.input.fill('   \n  ')
  await widget.input.press('Enter')
  await widget.input.fill('x'.repeat(10_000))
  await widget.input.press('Enter')
  await expect(widget.input).toHaveValue(/^x{5000,10000}$/)
  await widget.say('still working')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  expect(await widget.texts()).toEqual(['still working'])
})
