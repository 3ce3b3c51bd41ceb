import type { TestServer } from '@chatdesk/core/testing'
import type { WidgetHandle } from '@chatdesk/widget'
import type { Meta, StoryObj } from '@storybook/preact-vite'
import { drawn, press, shows } from '../fixtures/in-widget.js'
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

export const Home: Story = { args: { after: home }, play: shows('.conversation') }

export const HomeDark: Story = { args: { after: home, theme: 'dark' }, play: shows('.conversation') }

export const HomePhone: Story = { ...Home, globals: { viewport: { value: 'phone' } } }

export const HomeFirstVisit: Story = { args: { before: () => {}, after: home }, play: shows('.new-conversation') }

export const HomeLoading: Story = { args: { after: home, list: 'stalled' }, play: shows('.home-loading') }

export const HomeFailed: Story = { args: { after: home, list: 'broken' }, play: shows('.home-failed') }

/** The newest has ended too: there is nothing to go on with. */
export const HomeEnded: Story = {
  args: {
    before: (server, clock) => {
      several(server, clock)
      server.changeStatus('resolved')
    },
    after: home,
  },
  play: shows('.conversation'),
}

export const HomeLongNames: Story = {
  args: {
    name: 'Northwind Company Registrations and Associated Services (India) Private Limited',
    greeting: 'Willkommen bei der Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft!',
    after: home,
  },
  play: shows('.conversation'),
}

export const Helpful: Story = { play: shows('.helpful') }

export const Rating: Story = { args: { after: end }, play: shows('.rating') }

export const RatingDark: Story = { args: { after: end, theme: 'dark' }, play: shows('.rating') }

export const RatingChosen: Story = {
  args: { after: end },
  async play() {
    await press('.stars button:nth-child(4)')
    await drawn('.rating .field-input')
  },
}

export const RatingGiven: Story = {
  args: { after: end },
  async play() {
    await RatingChosen.play?.({} as never)
    await press('.rating .primary-action')
    await drawn('.text-action')
  },
}
