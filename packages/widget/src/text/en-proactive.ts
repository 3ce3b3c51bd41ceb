/** Texts of what a widget says before its visitor does. */
export const proactiveTexts = {
  teaserClose: 'Dismiss',
}
