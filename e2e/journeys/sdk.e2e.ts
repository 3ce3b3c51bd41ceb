import type { ConversationVisitor } from '@chatdesk/protocol'
import type { ChatServer } from '../harness/chat-server.js'
import { expect, test } from '../harness/test.js'
import type { ConsoleModel } from '../models/console.js'
import { CustomerPage } from '../models/customer-page.js'

/** The plain form of the first integration guide. */
const plain = ({ url }: ChatServer, options: object = {}) => `
<script src="${url}/widget.js"></script>
<script>
  chatdesk('init', ${JSON.stringify({ widgetKey: 'wk_demo', ...options })});
</script>`

/** What an agent reads of whoever has said this. */
async function visitorOf(desk: ConsoleModel, { url }: ChatServer, said: string): Promise<ConversationVisitor> {
  await desk.openConversation(said)
  const [id] = /[\da-f]{8}-[\da-f-]{27}/.exec(desk.page.url()) ?? []
  return (await desk.page.request.get(`${url}/api/chat-widget/conversations/${id}/visitor`)).json()
}

/** Widgets' tests share one demo: each says something that is its own. */
const words = (what: string) => `${what} ${Math.random().toString(36).slice(2)}`

test('W1 W3: the first guide’s snippet, as it stands there but for address and key', async ({
  browser,
  people,
  server,
}) => {
  const desk = await people.agent()
  const { home } = await (await desk.page.request.get(`${server.url}/api/auth/me`)).json()
  const { page, widget } = await CustomerPage.open(
    browser,
    server.url,
    `
<script>
  (function(w,d,s,o,f,js,fjs){
    w['ChatDesk']=o;w[o]=w[o]||function(){(w[o].q=w[o].q||[]).push(arguments)};
    js=d.createElement(s),fjs=d.getElementsByTagName(s)[0];
    js.id=o;js.src=f;js.async=1;fjs.parentNode.insertBefore(js,fjs);
  }(window,document,'script','chatdesk','${server.url}/widget.js'));
  
  chatdesk('init', {
    organizationId: '${home.id}', // Unique org ID
    departmentId: 'optional-department-id', // Optional: specific department
    position: 'bottom-right', // Widget position
    primaryColor: '#3B82F6', // Brand color
    greeting: 'Hi! How can we help you today?'
  });
</script>`,
  )
  await expect(widget.launcher).toHaveCSS('background-color', 'rgb(59, 130, 246)')
  await widget.open()
  await expect(page.getByText('Hi! How can we help you today?')).toBeVisible()
  await widget.say(words('by the organization'))
  await expect(widget.deliveryOfLast()).toContainText('Sent')
})

test('W2 W3 I5: the first guide’s advanced configuration: each option is seen by the visitor, or read by the agent', async ({
  browser,
  people,
  server,
}) => {
  const { page, widget } = await CustomerPage.open(
    browser,
    server.url,
    `
<script src="${server.url}/widget.js"></script>
<script>
  chatdesk('init', {
    widgetKey: 'wk_demo',
    departmentId: 'dept_sales',
    position: 'bottom-left',
    primaryColor: '#10B981',
    greeting: 'Welcome to Acme Corp! How can we help?',
    autoOpen: true,
    autoOpenDelay: 1,
    userData: {
      name: 'John Doe',
      email: 'john@example.com',
      customField1: 'Premium Customer'
    }
  });
</script>`,
  )
  await expect(widget.launcher).toHaveCSS('background-color', 'rgb(16, 185, 129)')
  expect((await widget.launcher.boundingBox())?.x).toBe(20)
  await expect(page.getByText('Welcome to Acme Corp! How can we help?')).toBeVisible()
  const desk = await people.agent()
  const said = words('from John')
  await widget.say(said)
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  await expect
    .poll(async () => (await visitorOf(desk, server, said)).traits)
    .toEqual({ name: 'John Doe', email: 'john@example.com', custom: { customField1: 'Premium Customer' } })
})

test('W4: the first guide’s calls, as they stand there', async ({ browser, people, server }) => {
  const { page, widget } = await CustomerPage.open(
    browser,
    server.url,
    `${plain(server)}
<script>
// Open widget programmatically
chatdesk('open');

// Close widget
chatdesk('close');

// Send event
chatdesk('track', 'viewed_pricing_page');

// Update user data
chatdesk('identify', {
  name: 'John Doe',
  email: 'john@example.com'
});

// Listen to events
chatdesk('on', 'message', function(message) {
  console.log('New message:', message);
});
</script>`,
  )
  const heard: string[] = []
  page.on('console', (line) => heard.push(line.text()))
  await expect(widget.panel).toBeHidden()
  await widget.open()
  const desk = await people.agent()
  const said = words('from the guide')
  await widget.say(said)
  await expect.poll(() => heard.filter((line) => line.startsWith('New message:'))).toHaveLength(1)
  await expect
    .poll(async () => {
      const { traits, events } = await visitorOf(desk, server, said)
      return [traits?.name, traits?.email, events.map(({ name, page: seen }) => name ?? seen?.title)]
    })
    .toEqual(['John Doe', 'john@example.com', expect.arrayContaining(['viewed_pricing_page', 'Shop'])])
})

test('W4: what was called before the script came runs in the order of the calls', async ({ browser, server }) => {
  const shop = await CustomerPage.open(
    browser,
    server.url,
    `
<script>
  window.told = []
  window.chatdesk = function () { (chatdesk.q = chatdesk.q || []).push(arguments) }
  chatdesk('on', '*', ({ type }) => told.push(type))
  chatdesk('init', { widgetKey: 'wk_demo' })
  chatdesk('open')
  chatdesk('prefill', 'never mind')
  chatdesk('prefill', 'I need help with ')
  chatdesk('setLocale', 'de')
  chatdesk('setTheme', 'dark')
  chatdesk('sendMessage', 'queued before')
</script>
<script async src="${server.url}/widget.js"></script>`,
  )
  await expect(shop.widget.message('queued before')).toBeVisible()
  await expect(shop.widget.input).toHaveValue('I need help with ')
  await expect(shop.page.locator('chatdesk-widget')).toHaveAttribute('lang', 'de')
  await expect(shop.page.locator('chatdesk-widget')).toHaveCSS('color-scheme', 'dark')
  const told = () => shop.page.evaluate(() => (window as unknown as { told: string[] }).told)
  await expect.poll(told).toContain('message:sent')
  const order = ['ready', 'open', 'message:sending', 'message:sent']
  expect((await told()).filter((type) => order.includes(type))).toEqual(order)
})

test('W4: logout begins a new visitor, shutdown takes the widget out of sight until init', async ({
  browser,
  server,
}) => {
  const shop = await CustomerPage.open(browser, server.url, plain(server))
  const { widget } = shop
  await widget.open()
  await widget.say('mine alone')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  const before = await shop.say((chatdesk) => chatdesk.get?.('visitorId'))
  await shop.say((chatdesk) => chatdesk.logout?.())
  await expect(widget.message('mine alone')).toBeHidden()
  await widget.say('somebody else')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  expect(await shop.say((chatdesk) => chatdesk.get?.('visitorId'))).not.toBe(before)
  await shop.say((chatdesk) => chatdesk.shutdown?.())
  await expect(widget.launcher).toBeHidden()
  expect(await shop.say((chatdesk) => chatdesk.get?.('connection'))).toBe('idle')
  await shop.say((chatdesk) => chatdesk.init?.({ widgetKey: 'wk_demo' }))
  await widget.open()
  await expect(widget.message('somebody else')).toBeHidden()
  await widget.say('and a third one')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
})
