/**
 * Every token that a page may set, without its prefix `--chatdesk-`, and a property of CSS that takes the same values.
 * Public, as `docs/theming.md` says.
 */
export const TOKENS = {
  brand: 'color',
  'brand-hover': 'color',
  'brand-pressed': 'color',
  'on-brand': 'color',
  'on-brand-icon': 'color',
  'brand-tint': 'color',
  'brand-text': 'color',
  ring: 'color',
  surface: 'color',
  'surface-sunken': 'color',
  text: 'color',
  'text-muted': 'color',
  border: 'color',
  'border-strong': 'color',
  danger: 'color',
  'danger-tint': 'color',
  notice: 'color',
  'notice-tint': 'color',
  shadow: 'box-shadow',
  font: 'font-family',
  // Lengths: of all properties this one takes nothing else.
  'font-size': 'outline-offset',
  'line-height': 'outline-offset',
  'font-size-meta': 'outline-offset',
  radius: 'outline-offset',
  'panel-radius': 'outline-offset',
  edge: 'outline-offset',
  duration: 'transition-duration',
} as const

/** Name of a token. */
export type ThemeToken = keyof typeof TOKENS

/** Values of tokens, in CSS. */
export type ThemeTokens = Partial<Record<ThemeToken, string>>
