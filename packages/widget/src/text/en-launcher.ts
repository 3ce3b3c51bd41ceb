/** Texts of the launcher: the loader carries no more than it shows. */
export const launcherTexts = {
  openChat: 'Open chat',
  loadFailed: 'The chat did not load. Press to try again.',
}
