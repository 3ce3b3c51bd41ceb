import type { CountTexts } from './format-text.js'

/** Texts of the help: what a widget's visitors may read for themselves. */
export const helpTexts = {
  /** Of the menu and the home too, which come when they come. */
  help: 'Help',
  helpSearch: 'Search for an answer',
  helpLoading: 'Loading the answers…',
  helpFailed: 'The answers could not be loaded.',
  /** Of the extras and the home too. */
  retry: 'Try again',
  helpEmpty: 'There is nothing to read here yet.',
  /** One form in every language: it stands after a figure's name, not within a sentence. */
  helpFound: { other: 'Answers found: {count}' } as CountTexts,
  helpNone: 'We have no answer to that here.',
  helpOther: 'Other questions',
  helpUnclear: 'Is something still unclear?',
  helpAsk: 'Ask us',
}
