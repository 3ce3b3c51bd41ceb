/**
 * The words by which people ask for a person, as data: single words. Folded as `wordsOf` folds: lower case, no accents in Latin letters, no
 * apostrophes. All were written for ChatDesk.
 */

/** To turn to somebody. */
export const CONTACT_VERBS = list(`talk speak chat contact connect reach converse communicate`)
/** Of these the object must be the visitor: *transfer me*, not *transfer money*. */
export const HANDING_VERBS = list(
  `transfer redirect direct forward switch pass put hand route connect link escalate patch`,
)
/** To want one is to ask for one. */
export const WANTING_WORDS = list(`want wanna need get give send bring require prefer request`)

/** Who can only be a person of the team. */
export const TEAM_NOUNS =
  list(`agent operator representative human executive advisor adviser rep csr manager supervisor staff employee
specialist consultant associate teammate personnel`)
/** Who is one if somebody wants to speak with them. */
export const ANYONE_NOUNS =
  list(`someone somebody anyone anybody person people assistant individual guy lady men man woman member team expert ca
support service care helpdesk assistance`)
/** What makes *person* mean: not you, machine. */
export const REAL_WORDS = list(`real live actual human living physical goddamn`)

function list(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/))
}
