import { ChatError } from '@chatdesk/protocol'
import type { Meta, StoryObj } from '@storybook/preact-vite'
import { difficult, ordinary, rich, thousand } from '../fixtures/conversations.js'
import { StoryWidget } from '../fixtures/story-widget.js'

const meta: Meta<typeof StoryWidget> = {
  title: 'Widget',
  component: StoryWidget,
  args: {
    theme: 'light',
    primaryColor: '#4f46e5',
    position: 'bottom-right',
    name: 'Northwind Registrations',
    greeting: 'Hi! How can we help you today?',
    open: true,
  },
  argTypes: {
    theme: { control: 'inline-radio', options: ['light', 'dark'] },
    position: { control: 'inline-radio', options: ['bottom-right', 'bottom-left'] },
    primaryColor: { control: 'color' },
    before: { table: { disable: true } },
    after: { table: { disable: true } },
  },
}

export default meta
type Story = StoryObj<typeof StoryWidget>

export const Launcher: Story = { args: { open: false } }

export const LauncherLeft: Story = { args: { open: false, position: 'bottom-left' } }

export const LauncherUnread: Story = {
  args: {
    open: false,
    before: ordinary,
    after(server) {
      server.agentSays('One more thing: do you have a DIN already?')
      server.agentSays('If not, we file it along.')
    },
  },
}

export const Empty: Story = {}

export const Conversation: Story = { args: { before: ordinary } }

export const ConversationDark: Story = { args: { before: ordinary, theme: 'dark' } }

export const Phone: Story = {
  args: { before: ordinary },
  globals: { viewport: { value: 'phone' } },
}

export const PhoneDark: Story = { ...Phone, args: { before: ordinary, theme: 'dark' } }

export const Rich: Story = { args: { before: rich } }

export const RichDark: Story = { args: { before: rich, theme: 'dark' } }

export const RichPhone: Story = { ...Phone, args: { before: rich } }

export const Typing: Story = {
  args: {
    before: ordinary,
    after(server) {
      server.types('agent', true)
    },
  },
}

export const Unread: Story = {
  args: {
    before(server, clock) {
      ordinary(server, clock)
      clock.pass(4)
      server.agentSays('One more thing: do you have a DIN already?')
    },
  },
}

export const Resolved: Story = {
  args: {
    before(server, clock) {
      ordinary(server, clock)
      server.changeStatus('resolved')
    },
  },
}

export const Failed: Story = {
  args: {
    before: ordinary,
    after(server, { client }) {
      server.refuse('message.send', new ChatError('VALIDATION_FAILED', 'Refused.'))
      client.sendMessage('Here is my PAN, please have a look').catch(() => {})
    },
  },
}

export const FailedDark: Story = { args: { ...Failed.args, theme: 'dark' } }

export const Offline: Story = {
  args: {
    before: ordinary,
    after(server, { client }) {
      server.setReachable(false)
      client.sendMessage('Are you there?').catch(() => {})
    },
  },
}

export const Connecting: Story = { args: { stalled: true } }

export const Refused: Story = {
  args: { before: (server) => server.refuse('session.start', new ChatError('FORBIDDEN_ORIGIN', 'Refused.')) },
}

export const LongNames: Story = {
  args: { name: 'Northwind Company Registrations and Associated Services (India) Private Limited', before: difficult },
}

export const ThousandMessages: Story = { args: { before: thousand } }

export const PaleBrand: Story = { args: { before: ordinary, primaryColor: '#fde047' } }

export const DarkBrand: Story = { args: { before: ordinary, primaryColor: '#0f172a', theme: 'dark' } }
