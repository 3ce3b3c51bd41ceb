import { findHumanRequest } from '../../reference-server/src/assistant/classification/human-request.js'
import { sentimentOf } from '../../reference-server/src/assistant/classification/sentiment.js'
import type { HumanRequestSet, SentimentSet } from './evaluation-data.js'
import { agreement, share } from './metrics.js'

/** How well requests for a person are recognised, by the rules alone. */
export interface HumanRequestFigures {
  asking: number
  recall: number
  others: number
  falsePositives: number
  missed: string[]
  mistaken: string[]
}

/** How well bad moods are recognised. */
export interface SentimentFigures {
  texts: number
  precision: number
  recall: number
  f1: number
}

/** From here on people call a text negative. */
const NEGATIVE_AT = -0.5
const SHOWN = 20

/** Measures a set; `strangers`: further texts that ask for nobody. */
export function measureHumanRequests(set: HumanRequestSet, strangers: readonly string[] = []): HumanRequestFigures {
  const missed = set.asking.filter((text) => findHumanRequest(text) === null)
  const others = [...set.others, ...strangers]
  const mistaken = others.filter((text) => findHumanRequest(text) !== null)
  return {
    asking: set.asking.length,
    recall: share(set.asking.length - missed.length, set.asking.length),
    others: others.length,
    falsePositives: share(mistaken.length, others.length),
    missed: missed.slice(0, SHOWN),
    mistaken: mistaken.slice(0, SHOWN),
  }
}

/** Measures negative against all else. */
export function measureSentiment({ rows }: SentimentSet): SentimentFigures {
  const judged = rows.map(({ text, score }) => {
    const sentiment = sentimentOf(text, 'en')
    return { said: sentiment !== 'unknown' && sentiment.label === 'negative', is: score <= NEGATIVE_AT }
  })
  return { texts: rows.length, ...agreement(judged) }
}
