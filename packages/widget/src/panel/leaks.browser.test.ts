import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { pageCss, shadow } from '../testing/drawn-widget.js'
import { mountTestWidget } from '../testing/mount-test-widget.js'

beforeEach(() => page.viewport(900, 700))

/** How everything below a root is drawn: every property of every element, and where it stands. */
function look(root: ParentNode): string[] {
  return [...root.querySelectorAll('*')].flatMap((element, index) => {
    const style = getComputedStyle(element)
    const { x, y, width, height } = element.getBoundingClientRect()
    const name = `${index} <${element.localName} ${element.getAttribute('class')}>`
    return [
      `${name} at ${[x, y, width, height].map(Math.round)}`,
      // `auto` reads as 0 where the host is no flex box any more, and means the same.
      ...[...style]
        .filter((property) => !property.startsWith('min-'))
        .map((property) => `${name} ${property}: ${style.getPropertyValue(property)}`),
    ]
  })
}

/** A conversation with everything that fits into it, and the menu open. */
async function mountFull(): Promise<void> {
  const { server, handle } = mountTestWidget({
    open: true,
    theme: 'light',
    server(server) {
      server.startConversation()
      server.visitorSays('Hello **there**')
      server.agentSays('See [our guide](https://northwind.example/) and `this`')
      server.agentSays({ type: 'choices', text: 'Shall we?', choices: [{ id: 'yes', text: 'Yes' }] })
    },
  })
  await expect.poll(() => handle.client.$connection.get().status).toBe('online')
  server.types('agent', true)
  await userEvent.click(page.getByRole('button', { name: 'Options' }))
  await expect.element(page.getByRole('menu')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Yes' })).toBeVisible()
  await expect.element(page.getByText('Asha is typing')).toBeInTheDocument()
  // It would be measured half way.
  for (const animation of shadow().getAnimations()) animation.cancel()
}

it.each([
  ['takes everything back', '* { all: unset !important }'],
  ['hides every box', 'div, button, dialog, form, svg { display: none !important }'],
  ['has large type', 'html, body { font: 40px/3 serif !important }'],
  ['has another root size', 'html { font-size: 40px }'],
  ['dresses its buttons', 'button, textarea { all: unset; background: red !important; padding: 30px !important }'],
  [
    'forces what inherits',
    `* { color: red !important; font: italic 40px/3 serif !important; letter-spacing: 9px !important; text-align: right !important;
      text-transform: uppercase !important; word-spacing: 9px !important; white-space: nowrap !important; visibility: visible !important;
      text-indent: 40px !important; text-shadow: 2px 2px red !important; cursor: wait !important; user-select: none !important;
      list-style: square !important; border-spacing: 9px !important; quotes: none !important }`,
  ],
  [
    'names its things as ours',
    '.panel, .bubble, .root, .header { display: none !important } .sr-only { clip-path: none }',
  ],
  ['moves everything', '@keyframes chatdesk-grow { to { transform: rotate(90deg) } } * { animation: none !important }'],
])('threat 21: is drawn alike on a page that %s', async (_name, css) => {
  await mountFull()
  const before = look(shadow())
  expect(shadow().querySelectorAll('*').length).toBeGreaterThan(60)
  pageCss(css)
  const after = look(shadow())
  expect(after.filter((line, index) => line !== before[index])).toEqual([])
})

it('changes nothing of the page: no rule, no style sheet, no attribute', async () => {
  const own = document.createElement('section')
  own.innerHTML =
    '<dialog open class="panel"><p class="bubble">Text</p></dialog><button part="send">Go</button><textarea></textarea><a href="#x">x</a>'
  document.body.append(own)
  onTestFinished(() => own.remove())
  const state = () => ({
    looks: look(document.body),
    sheets: [document.styleSheets.length, document.adoptedStyleSheets.length],
    head: document.head.innerHTML,
    attributes: [document.documentElement, document.body].map(({ attributes }) =>
      [...attributes].map(({ name, value }) => `${name}=${value}`),
    ),
  })
  const before = state()
  await mountFull()
  expect(state()).toEqual(before)
})
