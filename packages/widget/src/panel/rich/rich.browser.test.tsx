import type { MessagePart } from '@chatdesk/protocol'
import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { shadow, violations } from '../../testing/drawn-widget.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'

const choices: MessagePart = {
  type: 'choices',
  text: 'Shall we **begin**?',
  choices: [
    { id: 'yes', text: 'Yes, please' },
    { id: 'no', text: 'Not now' },
  ],
}
const card: MessagePart = {
  type: 'card',
  title: 'Private limited',
  text: 'Ready in *12 days*.',
  imagePath: '/pictures/office.png',
  buttons: [
    { text: 'Read more', url: 'https://northwind.example/guide' },
    { text: 'bank.example', url: 'https://evil.example/' },
    { id: 'book', text: 'Book a call' },
  ],
}

/** A button of the thread: the offer of notifications below it says yes as well. */
const choice = (name: string) => page.getByRole('log').getByRole('button', { name })
const bubble = () => [...shadow().querySelectorAll('[data-part="bubble"]')].at(-1) as HTMLElement
const conversationOf = (...said: (string | MessagePart)[]) =>
  mountTestWidget({
    open: true,
    server(server) {
      server.startConversation()
      for (const words of said) server.agentSays(words)
    },
  })

describe('what the team says', () => {
  it('[X5] is drawn by its marks', async () => {
    conversationOf('**Bold** and `code`\n\n1. PAN\n2. *Aadhaar*\n\n> quoted\n```\nraw\n```')
    await expect
      .poll(() => bubble().innerHTML.replace(/ (dir|start)="[^"]*"/g, ''))
      .toBe(
        '<p><strong>Bold</strong> and <code>code</code></p><ol><li><p>PAN</p></li><li><p><em>Aadhaar</em></p></li></ol>' +
          '<blockquote><p>quoted</p></blockquote><pre><code>raw</code></pre>',
      )
  })

  it('[X4] what the visitor says is not', async () => {
    const { server } = mountTestWidget({ open: true, server: (server) => server.startConversation() })
    server.visitorSays('**not bold**, https://a.example')
    await expect.poll(() => shadow().querySelector('.bubble a')?.textContent).toBe('https://a.example')
    expect(bubble().textContent).toBe('**not bold**, https://a.example')
    expect(shadow().querySelector('strong')).toBeNull()
  })

  it('[X7] is shown in words where its type is not known', async () => {
    conversationOf(
      { type: 'hologram', text: 'In words' } as unknown as MessagePart,
      {
        ...choices,
        choices: 7,
      } as unknown as MessagePart,
    )
    await expect.poll(() => bubble().textContent).toBe('Shall we begin?')
    await expect.element(page.getByText('In words')).toBeVisible()
    expect(shadow().querySelector('.choice')).toBeNull()
  })

  it('[X6] threat 56: a link says where it leads, and tells nobody where it comes from', async () => {
    conversationOf('[bank.example](https://evil.example/a)')
    const link = page.getByRole('link', { name: 'bank.example (evil.example) (opens in a new tab)' })
    await expect.element(link).toHaveTextContent('bank.example (evil.example)')
    await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer nofollow ugc')
  })
})

describe('choices', () => {
  it('[X9] are pressed once, by keyboard as well, and say what they say', async () => {
    const { server } = conversationOf(choices)
    await expect.element(choice('Yes, please')).toBeVisible()
    const first = choice('Yes, please').element() as HTMLElement
    first.focus()
    await userEvent.keyboard('{Enter}{Enter} ')
    await expect.element(choice('Yes, please')).toHaveAttribute('aria-pressed', 'true')
    await expect.element(choice('Not now')).toHaveAttribute('aria-disabled', 'true')
    const other = choice('Not now').element() as HTMLElement
    other.click()
    await expect.element(page.getByText('Sent', { exact: true })).toBeInTheDocument()
    const said = server.received.flatMap((frame) => (frame.type === 'message.send' ? frame.parts : []))
    expect(said).toEqual([{ type: 'text', text: 'Yes, please', choiceId: 'yes' }])
    expect(shadow().activeElement?.textContent).toBe('Yes, please')
  })

  it('[X9] stay as they were used, whoever looks later', async () => {
    mountTestWidget({
      open: true,
      server(server) {
        server.startConversation()
        server.agentSays(choices)
        server.visitorSays({ type: 'text', text: 'Not now', choiceId: 'no' })
      },
    })
    await expect.element(choice('Not now')).toHaveAttribute('aria-pressed', 'true')
    await expect.element(choice('Yes, please')).toHaveAttribute('aria-disabled', 'true')
  })

  it('[X9] are closed by words as well, and not by what the team says', async () => {
    const { server } = conversationOf(choices, 'Take your time.')
    await expect.element(choice('Not now')).toHaveAttribute('aria-disabled', 'false')
    server.visitorSays('Let me think')
    await expect.element(choice('Not now')).toHaveAttribute('aria-disabled', 'true')
    await expect.element(choice('Not now')).toHaveAttribute('aria-pressed', 'false')
  })
})

describe('a card', () => {
  it('threat 64: shows a picture of the server, links and choices', async () => {
    const { server } = conversationOf(card)
    await expect.element(page.getByText('Private limited')).toBeVisible()
    expect(shadow().querySelector('.card img')?.getAttribute('src')).toBe('https://chat.example/pictures/office.png')
    const links = [...shadow().querySelectorAll('a')].map(({ href, textContent }) => [href, textContent])
    expect(links).toEqual([
      ['https://northwind.example/guide', 'Read more'],
      ['https://evil.example/', 'bank.example (evil.example)'],
    ])
    await userEvent.click(choice('Book a call'))
    const sent = { type: 'message.send', parts: [{ type: 'text', text: 'Book a call', choiceId: 'book' }] }
    await expect.poll(() => server.received).toContainEqual(expect.objectContaining(sent))
  })

  it.each([
    { ...card, imagePath: 'https://tracker.example/a.png' },
    { ...card, buttons: [{ text: 'Run', url: 'javascript:window.hacked=1' }] },
  ])('threat 64: takes nothing from strangers, though a server said so: %#', async (hostile) => {
    conversationOf(hostile as MessagePart)
    await expect.element(page.getByText('Private limited')).toBeVisible()
    expect(shadow().querySelector('[src*="tracker"], [href^="javascript" i]')).toBeNull()
  })
})

describe('[X4] threat 55: what looks like markup', () => {
  const SCRIPT = 'window.hacked = true'
  const HOSTILE = [
    `**<img src=x onerror="${SCRIPT}">**`,
    `[<svg onload="${SCRIPT}">](https://x.example)`,
    `[x](https://x.example"onmouseover="${SCRIPT})`,
    `[x](JaVaScRiPt:${SCRIPT})`,
    `[x](data:text/html,<script>${SCRIPT}</script>)`,
    `[x](\u0001javascript:${SCRIPT})`,
    `![x](x"onerror="${SCRIPT})`,
    `\`\`\`html\n<script>${SCRIPT}</script>\n\`\`\``,
    `> <iframe srcdoc="<script>${SCRIPT}</script>">`,
    `- <a href="javascript:${SCRIPT}">x</a>`,
    `<https://x.example/" onclick="${SCRIPT}>`,
    `&#x3c;script&#x3e;${SCRIPT}`,
  ]
  it('is text, in elements of the list', async () => {
    conversationOf(...HOSTILE, { ...card, title: HOSTILE[0] as string, text: HOSTILE[1] as string })
    await expect.poll(() => shadow().querySelectorAll('.bubble').length).toBeGreaterThan(HOSTILE.length)
    await expect.poll(() => shadow().querySelector('.bubble strong')).toBeTruthy()
    const drawn = [...shadow().querySelectorAll('.bubble *')]
    const others = /^(P|STRONG|EM|DEL|CODE|PRE|BLOCKQUOTE|UL|OL|LI|A|BDI|DIV|IMG|BUTTON)$/
    for (const element of drawn) {
      expect(element.tagName).toMatch(others)
      for (const name of element.getAttributeNames()) expect(name).not.toMatch(/^on|^style$|^srcdoc$/)
    }
    expect('hacked' in window).toBe(false)
  })
})

it.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', async (theme) => {
  mountTestWidget({
    theme,
    open: true,
    server(server) {
      server.startConversation()
      server.agentSays('**Bold** `code` https://a.example\n\n- one\n- two\n\n> quoted\n```\nraw\n```')
      server.agentSays(card)
      server.agentSays(choices)
      server.visitorSays({ type: 'text', text: 'Not now', choiceId: 'no' })
      server.agentSays(choices)
    },
  })
  await expect.poll(() => shadow().querySelectorAll('.choice').length).toBe(5)
  expect(await violations()).toEqual([])
})
