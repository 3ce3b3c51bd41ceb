/** Names of the panel's parts: `data-part` for tests, `part` for a site owner's `::part()` styles. Public. */
export const PARTS = [
  'panel',
  'header',
  'title',
  'subtitle',
  'header-action',
  'avatar',
  'banner',
  'thread',
  'load-earlier',
  'day',
  'new-divider',
  'change',
  'group',
  'bubble',
  'greeting',
  'card',
  'choices',
  'choice',
  'meta',
  'failure',
  'typing',
  'jump',
  'composer',
  'input',
  'counter',
  'send',
  'tool',
  'emoji',
  'menu',
  'search',
  'team-note',
  'form',
  'field',
  'attach',
  'attachment',
  'file',
  'image',
  'teaser',
  'help',
  'home',
  'conversation',
  'new-conversation',
  'rating',
  'helpful',
  'sheet',
  'primary-action',
  'action',
  'offer',
] as const

/** Name of a part. */
export type PartName = (typeof PARTS)[number]

/** Attributes that name an element as a part of the panel. */
export function part(name: PartName): { part: PartName; 'data-part': PartName; class: PartName } {
  return { part: name, 'data-part': name, class: name }
}
