import type { CountTexts } from './format-text.js'

/** Texts of the search in a conversation. */
export const searchTexts = {
  searchTitle: 'Search',
  searchLabel: 'Words to look for',
  searchNone: 'Nothing found',
  searchFound: { one: '{count} message found', other: '{count} messages found' } as CountTexts,
  searchBusy: 'Searching earlier messages…',
  searchFailed: 'Earlier messages could not be searched.',
  searchMore: 'Search earlier messages',
  searchPrevious: 'Previous result',
  searchNext: 'Next result',
  searchPlace: 'Result {place} of {count}',
  searchBack: 'Back to the results',
  searchEnd: 'End the search',
}
