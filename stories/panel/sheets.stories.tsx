import type { Meta, StoryObj } from '@storybook/preact-vite'
import { ordinary } from '../fixtures/conversations.js'
import { drawn, press, shows, write } from '../fixtures/in-widget.js'
import { storyDefaults } from '../fixtures/story-defaults.js'
import type { StoryWidget } from '../fixtures/story-widget.js'

const meta: Meta<typeof StoryWidget> = {
  ...storyDefaults,
  title: 'Sheets',
  args: { ...storyDefaults.args, before: ordinary },
}

export default meta
type Story = StoryObj<typeof StoryWidget>

/** Opens what the menu offers at a place counted from its end, which no browser's abilities move. */
const fromMenu = (fromEnd: number) => async (): Promise<void> => {
  await shows('[data-delivery="read"]')()
  await press('[data-action="menu"]')
  await press(`[role="menuitem"]:nth-last-child(${fromEnd})`)
  await drawn('.sheet')
}
const openTranscript = fromMenu(3)
const openOwnData = fromMenu(2)

export const Transcript: Story = { play: openTranscript }

export const TranscriptSent: Story = {
  async play() {
    await openTranscript()
    await write('.sheet .field-input', 'asha@example.com')
    await press('.sheet .primary-action')
    await drawn('[role="status"]:not(:empty)#transcript-said')
  },
}

export const TranscriptNoAddress: Story = {
  async play() {
    await openTranscript()
    await write('.sheet .field-input', 'nobody')
    await press('.sheet .primary-action')
    await drawn('.sheet .field-fault')
  },
}

export const OwnData: Story = { play: openOwnData }

export const OwnDataDelete: Story = {
  async play() {
    await openOwnData()
    await press('.sheet [data-danger="true"]')
    await drawn('.question')
  },
}

export const OwnDataGone: Story = {
  async play() {
    await openOwnData()
    await press('.sheet [data-danger="true"]')
    await press('.question [data-danger="true"]')
    await press('.question [data-danger="true"]')
    await drawn('.receipt')
  },
}

export const End: Story = { play: fromMenu(1) }
