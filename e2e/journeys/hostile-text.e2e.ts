import { expect, test } from '../harness/test.js'

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
