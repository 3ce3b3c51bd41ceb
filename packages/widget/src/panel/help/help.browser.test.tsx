import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { chooseFromMenu } from '../../testing/choose-from-menu.js'
import { shadow, violations } from '../../testing/drawn-widget.js'
import { mountHelpWidget } from '../../testing/help-server.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'

const ENTRIES = [
  { id: 'return', question: 'How do I return it?', answer: 'Pack **all**:\n\n- the box', category: 'Returns' },
  { id: 'money', question: 'When is my money back?', answer: 'In a week.', category: 'Returns' },
  { id: 'parcel', question: 'Where is my parcel?', answer: 'Follow it.', url: 'https://acme.example/parcels' },
]
/** More than are shown at once. */
const MANY = Array.from({ length: 13 }, (_, index) => ({
  ...{ id: `many${index}`, question: `Matter ${index}?`, category: index < 9 ? 'Fees' : 'Visas' },
}))

const help = () => shadow().querySelector<HTMLElement>('[data-part="help"]')
const search = () => page.getByRole('searchbox', { name: 'Search for an answer' })
const composer = () => page.getByRole('textbox', { name: 'Your message' })
const row = (name: string) => page.getByRole('button', { name, exact: true })
const rows = () => [...shadow().querySelectorAll('.help-row > span')].map((each) => each.textContent)
const heading = (name: string) => page.getByRole('heading', { name, exact: true })
const status = () => help()?.querySelector('[role="status"]')?.textContent
const back = () => page.getByRole('button', { name: 'Back', exact: true })

async function open(): Promise<void> {
  await chooseFromMenu('Help')
  await expect.element(search()).toBeVisible()
  await expect.poll(() => rows().length).toBeGreaterThan(0)
}

beforeEach(() => page.viewport(900, 700))

describe('W19: the help', () => {
  it('shows questions by category, an answer with its marks and source, and leads back to where one was', async () => {
    mountHelpWidget(ENTRIES)
    await open()
    expect(shadow().activeElement).toBe(help())
    await expect.element(heading('Returns')).toBeVisible()
    await expect.element(heading('Other questions')).toBeVisible()
    expect(rows()).toEqual(['How do I return it?', 'When is my money back?', 'Where is my parcel?'])
    await userEvent.click(row('How do I return it?'))
    await expect.element(heading('How do I return it?')).toBeVisible()
    await expect.poll(() => help()?.querySelector('strong')?.textContent).toBe('all')
    expect(help()?.querySelector('li')?.textContent).toBe('the box')
    expect(shadow().activeElement?.classList).toContain('help-answer')
    await userEvent.click(back())
    await expect.poll(() => shadow().activeElement?.textContent).toBe('How do I return it?')
    await userEvent.click(row('Where is my parcel?'))
    const link = page.getByRole('link', { name: /acme\.example/ })
    await expect.element(link).toHaveAttribute('href', 'https://acme.example/parcels')
    await userEvent.keyboard('{Escape}')
    await userEvent.click(back())
    await expect.element(composer()).toBeVisible()
    expect(help()).toBeNull()
  })

  it('shows categories first where there is much, and the keyboard gets everywhere', async () => {
    mountHelpWidget(MANY)
    await open()
    expect(rows()).toEqual(['Fees', 'Visas'])
    await userEvent.keyboard('{Tab}{Tab}{Tab}{Enter}')
    await expect.element(heading('Visas')).toBeVisible()
    expect(rows()).toEqual(['Matter 9?', 'Matter 10?', 'Matter 11?', 'Matter 12?'])
    await userEvent.keyboard('{Tab}{Enter}')
    await expect.element(heading('Matter 9?')).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => shadow().activeElement?.textContent).toBe('Matter 9?')
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => shadow().activeElement?.textContent).toBe('Visas4')
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  })

  it('searches once the visitor pauses, forgets what is no longer asked, and says what it found', async () => {
    const widget = mountHelpWidget(ENTRIES)
    await open()
    await userEvent.click(search())
    await userEvent.keyboard('p')
    await userEvent.keyboard('arcel')
    await expect.poll(status).toBe('Answers found: 1')
    expect(rows()).toEqual(['Where is my parcel?'])
    expect(widget.asked).toEqual(['', 'parcel'])

    let release = () => {}
    widget.hold = new Promise<void>((resolve) => (release = resolve))
    await userEvent.fill(search(), 'return')
    await expect.poll(() => widget.asked.at(-1)).toBe('return')
    await userEvent.fill(search(), 'money')
    expect(widget.dropped).toContain('return')
    await expect.poll(() => widget.asked.at(-1)).toBe('money')
    release()
    await expect.poll(rows).toEqual(['When is my money back?'])
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => rows().length).toBe(3)
    expect(status()).toBe('')
    expect(shadow().activeElement).toBe(search().element())
  })

  it('comes back from an answer to what was found', async () => {
    mountHelpWidget(ENTRIES)
    await open()
    await userEvent.fill(search(), 'parcel')
    await expect.poll(rows).toEqual(['Where is my parcel?'])
    await userEvent.click(row('Where is my parcel?'))
    await expect.element(heading('Where is my parcel?')).toBeVisible()
    await userEvent.click(back())
    await expect.element(search()).toHaveValue('parcel')
    expect(rows()).toEqual(['Where is my parcel?'])
  })

  it('says when it finds nothing, and takes the question to the team', async () => {
    mountHelpWidget(ENTRIES)
    await open()
    await userEvent.fill(search(), 'Do you have zeppelins?')
    await expect.poll(status).toBe('We have no answer to that here.')
    await userEvent.click(row('Ask us'))
    await expect.element(composer()).toHaveValue('Do you have zeppelins?')
    await expect.poll(() => shadow().activeElement).toBe(composer().element())
  })

  it('takes the question of an answer along, but not in the place of what was begun', async () => {
    mountHelpWidget(ENTRIES)
    await open()
    await userEvent.click(row('Where is my parcel?'))
    await userEvent.click(row('Ask us'))
    await expect.element(composer()).toHaveValue('Where is my parcel?')
    await open()
    await userEvent.click(row('When is my money back?'))
    await userEvent.click(row('Ask us'))
    await expect.element(composer()).toHaveValue('Where is my parcel?')
  })

  it('says when it cannot be had, offers a way on, and can be tried again', async () => {
    const widget = mountHelpWidget(ENTRIES)
    widget.fails = true
    await chooseFromMenu('Help')
    await expect.poll(status).toBe('The answers could not be loaded.')
    await expect.element(row('Ask us')).toBeVisible()
    widget.fails = false
    await userEvent.click(row('Try again'))
    await expect.poll(() => rows().length).toBe(3)
    widget.fails = true
    await userEvent.fill(search(), 'parcel')
    await expect.poll(status).toBe('The answers could not be loaded.')
    widget.fails = false
    await userEvent.click(row('Try again'))
    await expect.poll(rows).toEqual(['Where is my parcel?'])
    expect(widget.asked.at(-1)).toBe('parcel')
  })

  it('says so where the last entry was just taken away', async () => {
    mountHelpWidget([])
    await chooseFromMenu('Help')
    await expect.element(page.getByText('There is nothing to read here yet.')).toBeVisible()
    await userEvent.click(row('Ask us'))
    await expect.element(composer()).toHaveValue('')
  })

  it('is offered in the menu and the home where there is something to read, and nowhere else', async () => {
    const { handle } = mountHelpWidget(ENTRIES)
    await handle.run('open', ['home'])
    await userEvent.click(row('Help'))
    await expect.element(search()).toBeVisible()
    handle.unmount()
    const other = mountTestWidget({ open: true })
    await other.handle.run('open', ['home'])
    await expect.element(row('New conversation')).toBeVisible()
    await expect.element(row('Help')).not.toBeInTheDocument()
    await userEvent.click(page.getByRole('button', { name: 'Options' }))
    await expect.element(page.getByRole('menuitem', { name: 'Search messages' })).toBeVisible()
    await expect.element(page.getByRole('menuitem', { name: 'Help' })).not.toBeInTheDocument()
  })

  it('opens by command, with nothing of the panel opened before', async () => {
    const { handle } = mountHelpWidget(ENTRIES, { open: false })
    await handle.run('open', ['help'])
    await expect.element(search()).toBeVisible()
    await expect.poll(() => rows().length).toBe(3)
    await expect.element(heading('Help')).toBeVisible()
  })

  it('threats 55 and 56: draws answers as messages are drawn', async () => {
    const answer = '<img src=x onerror=hacked=1> [x](javascript:hacked=1) **<script>hacked=1</script>**'
    mountHelpWidget([{ question: '<b>q</b>', answer, url: 'javascript:hacked=1' }])
    await open()
    await userEvent.click(row('<b>q</b>'))
    await expect.poll(() => help()?.querySelector('strong')?.textContent).toBe('<script>hacked=1</script>')
    expect(help()?.querySelectorAll('img, script, a, b')).toHaveLength(0)
    expect('hacked' in window).toBe(false)
  })

  it.each(['light', 'dark'] as const)('has no violations in %s, in any of its states', async (theme) => {
    const widget = mountHelpWidget([...ENTRIES, ...MANY], { theme })
    await open()
    expect(await violations()).toEqual([])
    await userEvent.click(page.getByRole('button', { name: 'Returns' }))
    await expect.element(heading('Returns')).toBeVisible()
    expect(await violations()).toEqual([])
    await userEvent.click(row('How do I return it?'))
    await expect.poll(() => help()?.querySelector('strong')).toBeTruthy()
    expect(await violations()).toEqual([])
    await userEvent.click(back())
    await userEvent.click(back())
    await userEvent.fill(search(), 'zeppelin')
    await expect.poll(status).toBe('We have no answer to that here.')
    expect(await violations()).toEqual([])
    widget.fails = true
    await userEvent.fill(search(), 'parcel')
    await expect.poll(status).toBe('The answers could not be loaded.')
    expect(await violations()).toEqual([])
  })

  it('stands from right to left where its language does, and stays within a small page', async () => {
    await page.viewport(360, 640)
    mountHelpWidget([{ question: 'x'.repeat(300), answer: 'y'.repeat(300) }, ...ENTRIES], { locale: 'ar' })
    await userEvent.click(page.getByRole('button', { name: 'الخيارات' }))
    await userEvent.click(page.getByRole('menuitem', { name: 'المساعدة' }))
    await expect.poll(() => rows().length).toBe(4)
    const fits = () => (help()?.scrollWidth ?? 1) <= (help()?.clientWidth ?? 0)
    expect(fits()).toBe(true)
    const icon = shadow().querySelector('.help-row .icon')?.getBoundingClientRect().left ?? 0
    const words = shadow().querySelector('.help-row > span')?.getBoundingClientRect().left ?? 0
    expect(icon).toBeLessThan(words)
    await userEvent.click(page.getByRole('button', { name: 'x'.repeat(300) }))
    await expect.element(heading('x'.repeat(300))).toBeVisible()
    expect(fits()).toBe(true)
  })
})
