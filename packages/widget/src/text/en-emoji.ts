import type { CountTexts } from './format-text.js'

/** Texts of the emoji picker. */
export const emojiTexts = {
  emojiSearch: 'Search emoji',
  emojiNone: 'No emoji found',
  emojiFound: { one: '{count} emoji', other: '{count} emoji' } as CountTexts,
  emojiRecent: 'Recently used',
  emojiFaces: 'Faces',
  emojiPeople: 'Gestures and people',
  emojiNature: 'Animals and nature',
  emojiFood: 'Food and drink',
  emojiActivities: 'Activities and travel',
  emojiThings: 'Things',
  emojiSigns: 'Signs',
}
