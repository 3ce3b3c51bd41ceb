import type { Meta, StoryObj } from '@storybook/preact-vite'
import { drawn } from '../fixtures/in-widget.js'
import { storyDefaults } from '../fixtures/story-defaults.js'
import { choose } from '../fixtures/story-files.js'
import type { StoryWidget } from '../fixtures/story-widget.js'

const meta: Meta<typeof StoryWidget> = {
  ...storyDefaults,
  title: 'Files',
  args: { ...storyDefaults.args, settings: { attachments: { kinds: ['image', 'pdf', 'video'], maxBytes: 5_000_000 } } },
}

export default meta
type Story = StoryObj<typeof StoryWidget>

const FILE_ID = '01890000-0000-7000-8000-000000000900'

export const Chosen: Story = {
  async play() {
    choose(
      await drawn<HTMLInputElement>('input[type="file"]'),
      ['The front of our shop in Koregaon Park, seen from the other side of the street.png', 'image/png', 240_000],
      ['certificate.pdf', 'application/pdf', 30_000],
      ['walk-through.mp4', 'video/mp4', 900_000],
      ['nothing.png', 'image/png', 0],
      ['everything.mp4', 'video/mp4', 6_000_000],
    )
    await drawn('.attachment:nth-child(5)[data-failed="true"]')
    await drawn('.attachment:nth-child(2)[data-failed="true"]')
    await drawn('.attachment:nth-child(3) .file-progress')
  },
}

export const Sent: Story = {
  args: {
    before(server) {
      const file = { type: 'file' as const, fileId: FILE_ID }
      server.startConversation()
      server.visitorSays({ ...file, text: 'pan.pdf', name: 'pan.pdf', mediaType: 'application/pdf', sizeBytes: 81_920 })
      const picture = { mediaType: 'image/png', sizeBytes: 240_000, width: 400, height: 300 }
      server.agentSays({ ...file, ...picture, text: 'office.png', name: 'office.png' })
      server.agentSays({
        ...file,
        text: 'offer.pdf',
        name: 'Our offer for the registration of Acme Trading Private Limited, with all fees.pdf',
        mediaType: 'application/pdf',
        sizeBytes: 1_400_000,
      })
    },
  },
  async play() {
    await drawn('.image')
    await drawn('.file')
  },
}

export const DropZone: Story = {
  async play() {
    await drawn('.attach')
    const panel = await drawn('[data-part="panel"]')
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['x'], 'x.png', { type: 'image/png' }))
    panel.dispatchEvent(new DragEvent('dragenter', { dataTransfer, bubbles: true, cancelable: true, composed: true }))
    await drawn('.drop-zone')
  },
}
