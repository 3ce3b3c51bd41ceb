/** The paths of every page that is not the inbox. */
export const PAGES_BESIDE_INBOX = /^\/(tickets|visitors|payments|knowledge|widgets|settings)(\/|$)/
