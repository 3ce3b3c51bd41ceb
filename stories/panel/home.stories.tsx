import type { TestServer } from '@chatdesk/core/testing'
import type { WidgetHandle } from '@chatdesk/widget'
import type { Meta, StoryObj } from '@storybook/preact-vite'
import type { StoryClock } from '../fixtures/story-clock.js'
import { StoryWidget } from '../fixtures/story-widget.js'

const meta: Meta<typeof StoryWidget> = {
  title: 'Home and afterwards',
  component: StoryWidget,
  args: {
    theme: 'light',
    primaryColor: '#4f46e5',
    position: 'bottom-right',
    name: 'Northwind Registrations',
    greeting: 'Hi! How can we help you today?',
    open: true,
    before: several,
  },
}

export default meta
type Story = StoryObj<typeof StoryWidget>

/** Three of yesterday: one ended, one with an answer that was not read, and one that the assistant has answered. */
function several(server: TestServer, clock: StoryClock): void {
  const first = { conversationId: server.startConversation().id }
  server.visitorSays('What does a private limited company cost?', first)
  server.agentSays('4,999 in total, with all fees.', first)
  server.changeStatus('resolved', first)
  clock.pass(600)
  const second = { conversationId: server.startConversation().id }
  server.visitorSays('Can I change the name of the company later? It is not quite settled among the founders.', second)
  server.agentSays('You can, with a resolution and a form.', second)
  clock.pass(600)
  const third = server.startConversation()
  server.visitorSays('How long does it take?')
  third.append({
    author: { kind: 'assistant', name: 'Northwind Assistant' },
    parts: [{ type: 'text', text: 'Ten to fifteen working days.' }],
  })
}

const end = (server: TestServer): void => server.changeStatus('resolved')
const home = (_server: TestServer, widget: WidgetHandle): void => void widget.run('open', ['home'])

export const Home: Story = { args: { after: home } }

export const HomeDark: Story = { args: { after: home, theme: 'dark' } }

export const HomePhone: Story = { args: { after: home }, globals: { viewport: { value: 'phone' } } }

export const HomeFirstVisit: Story = { args: { before: () => {}, after: home } }

export const Helpful: Story = {}

export const Rating: Story = { args: { after: end } }

export const RatingDark: Story = { args: { after: end, theme: 'dark' } }
