import { wordsOf } from '../language/words.js'
import type { Intent } from './intents.js'

/** Whether one answer can be enough. */
export type Complexity = 'simple' | 'complex'

/** What somebody says of themselves is no matter of its own. */
const NO_MATTER = new Set(['greeting', 'thanks', 'acknowledgement', 'complaint'])
const MOST_WORDS = 60
const MOST_QUESTIONS = 3

/** Complex is what has two matters or more, many questions, or is long. */
export function complexityOf(text: string, intents: readonly Intent[]): Complexity {
  const matters = intents.filter(({ id, p }) => !NO_MATTER.has(id) && p >= 0.6).length
  const questions = text.match(/\?+/g)?.length ?? 0
  return matters >= 2 || questions >= MOST_QUESTIONS || wordsOf(text).length > MOST_WORDS ? 'complex' : 'simple'
}
