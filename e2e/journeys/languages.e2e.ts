import type { Browser } from '@playwright/test'
import { expect, test } from '../harness/test.js'
import { DemoSiteModel } from '../models/demo-site.js'

const SPOKEN = [
  {
    locale: 'ar-EG',
    dir: 'rtl',
    placeholder: 'اكتب رسالة…',
    question: 'مرحبًا، هل أنتم مفتوحون اليوم؟',
    answer: 'نعم، حتى السادسة.',
    read: 'تمت القراءة',
    unread: 'فتح الدردشة، رسالة واحدة غير مقروءة',
    badge: '١',
  },
  {
    locale: 'hi-IN',
    dir: 'ltr',
    placeholder: 'संदेश लिखें…',
    question: 'नमस्ते, क्या आप आज खुले हैं?',
    answer: 'जी हाँ, छह बजे तक।',
    read: 'पढ़ा गया',
    unread: 'चैट खोलें, 1 अपठित संदेश',
    badge: '1',
  },
] as const

for (const { locale, dir, placeholder, question, answer, read, unread, badge } of SPOKEN)
  test(`W15: a visitor with a browser in ${locale} is spoken to in it, and reads the answer`, async ({
    browser,
    server,
    people,
  }) => {
    const site = await siteIn(browser, locale, server.url)
    const { widget } = site
    await widget.open()
    await expect(widget.input).toHaveAttribute('placeholder', placeholder)
    expect(await widget.panel.evaluate((panel) => getComputedStyle(panel).direction)).toBe(dir)

    await widget.say(question)
    const desk = await people.agent()
    await desk.openConversation(question)
    await expect(widget.deliveryOfLast()).toContainText(read)
    await widget.minimise()
    await desk.answer(answer)
    await expect(widget.badge).toHaveText(badge)
    await expect(widget.launcher).toHaveAccessibleName(unread)
    await widget.open()
    await expect(widget.message(answer)).toBeVisible()
    await site.page.context().close()
  })

/** The demo site, in a browser of this language. */
async function siteIn(browser: Browser, locale: string, url: string): Promise<DemoSiteModel> {
  const context = await browser.newContext({ locale })
  const site = new DemoSiteModel(await context.newPage(), url)
  await site.visit()
  return site
}
