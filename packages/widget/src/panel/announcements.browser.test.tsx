import { ChatError } from '@chatdesk/protocol'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { drawn, shadow } from '../testing/drawn-widget.js'
import { mountTestWidget } from '../testing/mount-test-widget.js'

beforeEach(() => page.viewport(900, 700))

const REGION = '[role="log"], [role="status"], [role="alert"]'

/** What of a node is read out: not what is hidden from screen readers. */
function words(node: Node): string {
  if (node instanceof Element && (node.ariaHidden === 'true' || node.localName === 'svg')) return ''
  return node.hasChildNodes() ? [...node.childNodes].map(words).filter(Boolean).join(' ') : `${node.textContent}`
}

/** What a screen reader says by itself: that which comes into a live region which stood before. */
function listen(): string[] {
  const heard: string[] = []
  const observer = new MutationObserver((records) => {
    for (const { target, addedNodes, type } of records) {
      const place = target instanceof Element ? target : target.parentElement
      const region = place?.closest(REGION)
      const silent =
        !region || region.ariaLive === 'off' || region.ariaBusy === 'true' || place?.closest('[aria-hidden="true"]')
      if (silent || !(region as HTMLElement).checkVisibility()) continue
      heard.push(...(type === 'childList' ? [...addedNodes] : [target]).map(words).filter(Boolean))
    }
  })
  observer.observe(shadow(), { subtree: true, childList: true, characterData: true })
  onTestFinished(() => observer.disconnect())
  return heard
}
const times = (heard: readonly string[], text: string) => heard.filter((said) => said.includes(text)).length

it('says each new message once, also while what draws it better is on its way', async () => {
  const { server, handle } = mountTestWidget({ open: true, server: (server) => server.startConversation() })
  const heard = listen()
  await expect.poll(() => handle.client.$conversation.get().synced).toBe(true)
  server.agentSays('The first **answer**')
  await expect.poll(() => shadow().querySelector('.bubble strong')?.textContent).toBe('answer')
  server.agentSays('The second answer')
  await expect.element(page.getByText('The second answer')).toBeVisible()
  await userEvent.fill(page.getByRole('textbox'), 'My question')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('Sent', { exact: true })).toBeInTheDocument()
  server.reads('team')
  await expect.element(page.getByText('Read', { exact: true })).toBeInTheDocument()
  expect(['The first', 'The second answer', 'My question'].map((text) => times(heard, text))).toEqual([1, 1, 1])
})

it('says nothing of what was said before: not on a reload, and not when older messages are fetched', async () => {
  const { server } = mountTestWidget({
    open: true,
    server(server) {
      server.startConversation()
      for (let number = 0; number < 90; number++) server.agentSays(`Message ${number}.`)
      server.reads('visitor')
    },
  })
  const heard = listen()
  await expect.element(page.getByText('Message 89.')).toBeVisible()
  const earlier = page.getByRole('button', { name: 'Load earlier messages' })
  await expect.element(earlier).toBeInTheDocument()
  earlier.element().dispatchEvent(new MouseEvent('click', { bubbles: true }))
  await expect.poll(() => shadow().textContent).toContain('Message 0.')
  expect(heard.filter((said) => said.includes('Message'))).toEqual([])
  server.agentSays('And today?')
  await expect.element(page.getByText('And today?')).toBeVisible()
  expect(times(heard, 'And today?')).toBe(1)
})

it('says that somebody types, that the connection is gone, and why a message was not sent, once each', async () => {
  const { server, handle } = mountTestWidget({ open: true, server: (server) => server.startConversation() })
  const heard = listen()
  await expect.poll(() => handle.client.$connection.get().status).toBe('online')
  server.agentSays('I am **here**')
  await expect.poll(() => shadow().querySelector('.bubble strong')).toBeTruthy()
  server.types('agent', true)
  await expect.element(page.getByText('Asha is typing')).toBeInTheDocument()
  server.refuse('message.send', new ChatError('VALIDATION_FAILED', 'No.'))
  await userEvent.fill(page.getByRole('textbox'), 'Hello')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText(/Not sent\./)).toBeVisible()
  server.setReachable(false)
  await expect.poll(() => shadow().querySelector('[data-part="banner"]')?.textContent).toContain('No connection')
  // It tries again meanwhile, in vain.
  const attempt = () => (handle.client.$connection.get() as { attempt?: number }).attempt
  await expect.poll(attempt, { timeout: 10_000 }).toBeGreaterThan(2)
  expect(['Asha is typing', 'Not sent', 'No connection'].map((text) => times(heard, text))).toEqual([1, 1, 1])
})

it('moves nothing for whoever wants less movement', async () => {
  const sheets = () => shadow().adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules])
  mountTestWidget({ open: true })
  await expect.poll(() => shadow().querySelector('[data-action="menu"]')).toBeTruthy()
  const reduced = sheets().filter((rule) => rule instanceof CSSMediaRule && /reduced-motion\)/.test(rule.conditionText))
  expect(reduced.map(({ cssText }) => cssText).join('')).toMatch(/\.panel \{[^}]*none/)
  // Whatever else moves asks first.
  const moving = sheets().filter((rule) => rule instanceof CSSStyleRule && /transition: [^;]*[1-9]/.test(rule.cssText))
  expect(moving.map((rule) => (rule as CSSStyleRule).selectorText)).toEqual([])
  expect(drawn('panel')).toBeTruthy()
})
