import type { WidgetSettings } from '@chatdesk/protocol'
import { DEFAULT_COLOR, type WidgetOptions } from '../widget-options.js'

/** The page's colour before the server's. Into a style sheet goes nothing but a colour. */
export function brandColor({ primaryColor }: WidgetOptions, settings: WidgetSettings | null | undefined): string {
  const isColor = (value: unknown) => /^#[\da-f]{6}$/i.test(value as string)
  return [primaryColor, settings?.primaryColor].find(isColor) ?? DEFAULT_COLOR
}
