import type { WidgetSettings } from '@chatdesk/protocol'
import type { Launcher } from '../../launcher/draw-launcher.js'

/** Lucide's message-circle-question-mark, hand and headset (ISC), 24 × 24. The launcher has the first one itself. */
const SHAPES = {
  chat: 'M7.9 20A9 9 0 1 0 4 16.1L2 22Z',
  question: 'M7.9 20A9 9 0 1 0 4 16.1L2 22ZM9 9.5a3 2.5 0 016 0c0 2-2 2-3 3.5M12 17h.01',
  wave: 'M18 11V6a2 2 0 0 0-2-2a2 2 0 0 0-2 2M14 10V4a2 2 0 0 0-2-2a2 2 0 0 0-2 2v2M10 10.5V6a2 2 0 0 0-2-2a2 2 0 0 0-2 2v8M18 8a2 2 0 1 1 4 0v6a8 8 0 0 1-8 8h-2c-2.8 0-4.5-.86-5.99-2.34l-3.6-3.6a2 2 0 0 1 2.83-2.82L7 15',
  headset:
    'M3 11h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-5Zm0 0a9 9 0 1 1 18 0m0 0v5a2 2 0 0 1-2 2h-1a2 2 0 0 1-2-2v-3a2 2 0 0 1 2-2h3ZM21 16v2a4 4 0 0 1-4 4h-5',
}

/** Draws the icon that the widget's owner has chosen for the launcher. One of a later version is the usual one here. */
export function drawBubbleIcon(
  { button }: Launcher,
  { bubbleIcon = 'chat' }: Pick<WidgetSettings, 'bubbleIcon'>,
): void {
  button.querySelector('path')?.setAttribute('d', SHAPES[bubbleIcon] ?? SHAPES.chat)
}
