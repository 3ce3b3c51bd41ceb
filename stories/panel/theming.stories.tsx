import { TOKENS } from '@chatdesk/widget'
import type { Meta, StoryObj } from '@storybook/preact-vite'
import { rich } from '../fixtures/conversations.js'
import { shows } from '../fixtures/in-widget.js'
import { storyDefaults } from '../fixtures/story-defaults.js'
import { StoryWidget, type StoryWidgetProps } from '../fixtures/story-widget.js'

const meta: Meta<typeof StoryWidget> = {
  ...storyDefaults,
  title: 'Theming',
  args: { ...storyDefaults.args, before: rich },
}

export default meta
type Story = StoryObj<typeof StoryWidget>

const brand = (primaryColor: string): Story => ({ args: { primaryColor }, play: shows('.card a') })

export const Red = brand('#dc2626')
export const Orange = brand('#ea580c')
export const Amber = brand('#f59e0b')
export const Yellow = brand('#fde047')
export const Green = brand('#16a34a')
export const Teal = brand('#0d9488')
export const Sky = brand('#38bdf8')
export const Blue = brand('#1d4ed8')
export const Violet = brand('#7c3aed')
export const Pink = brand('#f9a8d4')
export const Ink = brand('#0f172a')
export const White = brand('#ffffff')

const names = Object.keys(TOKENS) as (keyof typeof TOKENS)[]

/** A control for every token; what is left empty is derived. */
export const Playground: StoryObj<StoryWidgetProps & Partial<Record<keyof typeof TOKENS, string>>> = {
  argTypes: Object.fromEntries(
    names.map((name) => [
      name,
      { control: TOKENS[name] === 'color' ? 'color' : 'text', table: { category: '--chatdesk-…' } },
    ]),
  ),
  render(args) {
    const tokens = Object.fromEntries(names.flatMap((name) => (args[name] ? [[name, args[name]]] : [])))
    return <StoryWidget {...args} tokens={tokens} />
  },
  args: { 'panel-radius': '6px', radius: '8px', font: 'Georgia, serif' },
  play: shows('.card a'),
}
