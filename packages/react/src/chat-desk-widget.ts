'use client'

import { type MountOptions, mountWidget, type WidgetHandle } from '@chatdesk/widget'
import { createElement, type ReactElement, useEffect, useRef } from 'react'
import { useSlot } from './chat-desk-provider.js'

/** Props of `ChatDeskWidget`: the options of a widget, each of which may change. */
export interface ChatDeskWidgetProps extends Omit<MountOptions, 'target'> {
  /** Told of each widget that is mounted. */
  onReady?: ((handle: WidgetHandle) => void) | undefined
  /** Of the element that an inline panel fills. */
  className?: string | undefined
}

/**
 * Mounts the widget. On a server it draws nothing, or the element that an inline panel will fill. Another key, visitor
 * or mode is another widget; what the eye sees, language and consent change in the one that stands.
 */
export function ChatDeskWidget(props: ChatDeskWidgetProps): ReactElement | null {
  const { onReady, className, ...options } = props
  const slot = useSlot()
  const element = useRef<HTMLDivElement>(null)
  const isInline = options.mode === 'inline'

  // After every drawing: the slot finds out what has changed.
  useEffect(() => {
    const before = slot.widget()
    slot.show(mountWidget, { ...options, target: (isInline && element.current) || undefined })
    const after = slot.widget()
    if (after && after !== before) onReady?.(after)
  })
  useEffect(() => () => slot.hide(), [slot])
  return isInline ? createElement('div', { ref: element, className }) : null
}
