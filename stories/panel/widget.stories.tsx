import { ChatError } from '@chatdesk/protocol'
import type { Meta, StoryObj } from '@storybook/preact-vite'
import { difficult, ordinary, rich, thousand, waiting } from '../fixtures/conversations.js'
import { drawn, press, scrollUp, shows, write } from '../fixtures/in-widget.js'
import { longerTexts } from '../fixtures/longer-texts.js'
import { asked, asleep } from '../fixtures/settings.js'
import { storyDefaults } from '../fixtures/story-defaults.js'
import type { StoryWidget } from '../fixtures/story-widget.js'

const meta: Meta<typeof StoryWidget> = { ...storyDefaults, title: 'Widget' }

export default meta
type Story = StoryObj<typeof StoryWidget>

const PHONE = { viewport: { value: 'phone' } }
const isRead = shows('[data-delivery="read"]')

export const Launcher: Story = { args: { open: false }, play: shows('[data-part="launcher"]') }

export const LauncherLeft: Story = {
  args: { open: false, position: 'bottom-left' },
  play: shows('[data-part="launcher"]'),
}

export const LauncherUnread: Story = {
  args: {
    open: false,
    before: ordinary,
    after(server) {
      server.agentSays('One more thing: do you have a DIN already?')
      server.agentSays('If not, we file it along.')
    },
  },
  play: shows('.badge:not(:empty)'),
}

export const Empty: Story = { play: shows('.greeting') }

export const Conversation: Story = { args: { before: ordinary }, play: isRead }

export const Phone: Story = { args: { before: ordinary }, globals: PHONE, play: isRead }

export const Expanded: Story = {
  args: { before: ordinary },
  async play() {
    await press('[data-action="expand"]')
    await drawn('[data-expanded="true"]')
  },
}

export const Inline: Story = { args: { before: ordinary, inline: true }, play: isRead }

export const Form: Story = { args: { settings: asked }, play: shows('form select') }

export const FormPhone: Story = { ...Form, globals: PHONE }

export const Away: Story = { args: { settings: asleep }, play: shows('textarea.field-input') }

export const AwayConversation: Story = { args: { settings: asleep, before: waiting }, play: shows('.team-note') }

export const NoAvatars: Story = {
  args: { settings: { showAgentAvatars: false, expectedReply: 'Usually within 5 minutes' }, before: ordinary },
  play: isRead,
}

export const Rich: Story = { args: { before: rich }, play: shows('.card a') }

export const RichPhone: Story = { ...Rich, globals: PHONE }

export const Typing: Story = {
  args: {
    before: ordinary,
    after(server) {
      server.types('agent', true)
    },
  },
  play: shows('.typing'),
}

export const Unread: Story = {
  args: {
    before(server, clock) {
      ordinary(server, clock)
      clock.pass(4)
      server.agentSays('One more thing: do you have a DIN already?')
      server.agentSays('If not, we file it along.')
    },
  },
  play: shows('.new-divider'),
}

export const Resolved: Story = {
  args: {
    before(server, clock) {
      ordinary(server, clock)
      server.changeStatus('resolved')
    },
  },
  play: shows('.change'),
}

export const Failed: Story = {
  args: {
    before: ordinary,
    after(server, { client }) {
      server.refuse('message.send', new ChatError('VALIDATION_FAILED', 'Refused.'))
      client.sendMessage('Here is my PAN, please have a look').catch(() => {})
    },
  },
  play: shows('.failure'),
}

export const FailedTooLong: Story = {
  args: {
    before: ordinary,
    after(server, { client }) {
      server.refuse('message.send', new ChatError('PAYLOAD_TOO_LARGE', 'Refused.'))
      client.sendMessage('Here is my PAN').catch(() => {})
    },
  },
  play: shows('.failure'),
}

export const Offline: Story = {
  args: {
    before: ordinary,
    after(server, { client }) {
      server.setReachable(false)
      client.sendMessage('Are you there?').catch(() => {})
    },
  },
  play: shows('[data-delivery="queued"]'),
}

export const Connecting: Story = { args: { stalled: true }, play: shows('.skeleton') }

export const Refused: Story = {
  args: { before: (server) => server.refuse('session.start', new ChatError('FORBIDDEN_ORIGIN', 'Refused.')) },
  play: shows('.banner[data-status="failed"]'),
}

export const Outdated: Story = {
  args: { before: (server) => server.refuse('session.start', new ChatError('UNSUPPORTED_VERSION', 'Refused.')) },
  play: shows('.banner[data-status="failed"]'),
}

export const LongNames: Story = {
  args: { name: 'Northwind Company Registrations and Associated Services (India) Private Limited', before: difficult },
  play: shows('[data-delivery="sent"]'),
}

export const LongerTexts: Story = {
  args: {
    before: ordinary,
    texts: longerTexts,
    after(server, { client }) {
      server.refuse('message.send', new ChatError('VALIDATION_FAILED', 'Refused.'))
      client.sendMessage('Here is my PAN').then(
        () => {},
        () => server.setReachable(false),
      )
    },
  },
  play: shows('.banner[data-status="waiting"], .banner[data-status="connecting"]'),
}

export const ThousandMessages: Story = { args: { before: thousand }, play: shows('.load-earlier') }

export const FurtherUp: Story = {
  args: { before: thousand },
  async play() {
    await drawn('.load-earlier')
    await scrollUp()
  },
}

export const Draft: Story = {
  args: { before: ordinary },
  async play() {
    await isRead()
    await write('textarea', 'Which documents do you need from me?\nI am in Pune.')
    await drawn('.send[aria-disabled="false"]')
  },
}

export const TooLong: Story = {
  args: { before: ordinary },
  async play() {
    await isRead()
    await write('textarea', 'Too much. '.repeat(501))
    await drawn('.counter[data-over="true"]')
  },
}

export const Menu: Story = {
  args: { before: ordinary },
  async play() {
    await isRead()
    await press('[data-action="menu"]')
    await drawn('[role="menuitem"]')
  },
}

export const Search: Story = {
  args: { before: ordinary },
  async play() {
    await isRead()
    await press('[data-action="menu"]')
    // Below the one that leads to the visitor's conversations.
    await press('[role="menuitem"] + [role="menuitem"]')
    await write('.search input', 'the')
    await drawn('.search mark')
  },
}

export const SearchPhone: Story = { ...Search, globals: PHONE }

export const Emoji: Story = {
  args: { before: ordinary },
  async play() {
    await isRead()
    await press('.tool[aria-haspopup="dialog"]')
    await drawn('.emoji-grid button')
  },
}
