/** Texts of messages that are more than plain words. */
export const richTexts = {
  externalLink: '{link} (opens in a new tab)',
  choices: 'Answers to choose from',
}
