import type { Meta, StoryObj } from '@storybook/preact-vite'
import { waitFor } from 'storybook/test'
import { ordinary, waiting } from '../fixtures/conversations.js'
import { drawn, press, shows, widgetRoot, write } from '../fixtures/in-widget.js'
import { asked, backTomorrow } from '../fixtures/settings.js'
import { storyDefaults } from '../fixtures/story-defaults.js'
import type { StoryWidget } from '../fixtures/story-widget.js'

const meta: Meta<typeof StoryWidget> = { ...storyDefaults, title: 'Reception' }

export default meta
type Story = StoryObj<typeof StoryWidget>

const says = (message: string): Story => ({
  args: { open: false, settings: { proactiveRules: [{ id: 'hello', when: { secondsOnPage: 0 }, message }] } },
  async play() {
    await drawn('.teaser')
  },
})

export const Teaser = says('Questions about the fees? We are here.')

export const TeaserLeft: Story = { ...Teaser, args: { ...Teaser.args, position: 'bottom-left' } }

export const TeaserLong = says(
  'You have been reading about private limited companies for a while.\n\nWe can tell you in five minutes what it would cost in your state, which documents are needed and how long it takes. Would you like that?',
)

export const TeaserPressed: Story = {
  ...Teaser,
  async play() {
    await press('.teaser-words')
    await drawn('.greeting')
  },
}

export const FormFaults: Story = {
  args: { settings: asked },
  async play() {
    await write('[type="email"]', 'nobody')
    await press('.form [type="submit"]')
    await drawn('.field-fault')
  },
}

export const BackTomorrow: Story = { args: { settings: backTomorrow }, play: shows('textarea.field-input') }

export const BackTomorrowConversation: Story = {
  args: { settings: backTomorrow, before: waiting },
  play: shows('.team-note'),
}

export const Offer: Story = {
  args: { before: ordinary },
  async play() {
    await drawn('.tool')
    // Who offers it comes after the panel: until then nothing is offered.
    await waitFor(
      async () => {
        await write('.input', 'Good, I shall think about it.')
        await press('.send')
        if (!widgetRoot().querySelector('.offer')) throw new Error('Nothing is offered yet.')
      },
      { timeout: 10_000, interval: 400 },
    )
  },
}
