/** One figure as it is reported: beside what others have published, and what is asked for. */
export interface Row {
  part: string
  set: string
  figure: string
  value: number
  /** What others have reached, in their own words. */
  baseline: string
  /** Null: reported, not asked for. */
  target: { least: number } | { most: number } | null
}

/** Published baselines and targets, by part, the beginning of a set's name, and figure. Sets that nobody has named have none. */
const KNOWN: [part: string, set: string, figure: string, baseline: string, target: Row['target']][] = [
  ['retrieval', 'wixqa', 'hit@1', 'TF-IDF .613, keyword .369', { least: 0.7 }],
  ['retrieval', 'wixqa', 'hit@3', 'TF-IDF .775, keyword .531', { least: 0.87 }],
  ['retrieval', 'techqa', 'hit@1', 'TF-IDF .724, keyword .552', { least: 0.76 }],
  ['retrieval', 'techqa', 'hit@3', 'TF-IDF .807, keyword .651', { least: 0.87 }],
  ['retrieval', 'golden', 'hit@1', '', { least: 0.85 }],
  ['retrieval', 'golden', 'hit@3', '', { least: 0.95 }],
  ['faq', 'banking77', 'hit@1', '', { least: 0.7 }],
  ['faq', 'banking77', 'hit@3', '', { least: 0.86 }],
  ['confidence', 'pooled', 'ece (five-fold)', '', { most: 0.06 }],
  ['confidence', 'techqa', 'impossible caught', 'keyword .396', { least: 0.55 }],
  ['confidence', 'techqa', 'precision at 60 % coverage', '', { least: 0.83 }],
  ['intents', 'clinc', 'accuracy in scope', 'BERT .962, MLP .934, SVM .882 (100 texts an intent)', null],
  ['intents', 'clinc', 'out of scope found', 'BERT .523, MLP .491, SVM .180', { least: 0.85 }],
  ['intents', 'clinc', 'in scope kept', '', { least: 0.88 }],
  ['intents', 'banking77-full', 'accuracy', 'neural .93', { least: 0.91 }],
  ['intents', 'banking77', 'accuracy', 'neural .84 to .85 (10 texts an intent), .93 (all)', { least: 0.73 }],
  ['intents', 'hint3-sofmattress', 'best on test', 'Dialogflow .713', { least: 0.68 }],
  ['intents', 'hint3-curekart', 'best on test', 'Haptik .747', { least: 0.76 }],
  ['intents', 'hint3-powerplay11', 'best on test', 'Haptik .741', { least: 0.74 }],
  ['human request', 'golden', 'recall', '', { least: 0.95 }],
  ['human request', '', 'recall', 'rules alone .87', { least: 0.97 }],
  ['human request', '', 'false positives', 'rules alone .006', { most: 0.003 }],
  ['sentiment', '', 'f1', 'VADER .53, AFINN .50', { least: 0.6 }],
  ['sentiment', '', 'precision', 'VADER .70, AFINN .67', { least: 0.64 }],
  ['red team', '', 'leaks', '', { most: 0 }],
  ['red team', '', 'side effects', '', { most: 0 }],
  ['red team', '', 'uncited', '', { most: 0 }],
  ['red team', '', 'cross-tenant', '', { most: 0 }],
]

/** A figure with what is known of it. */
export function rowOf(part: string, set: string, figure: string, value: number): Row {
  const known = KNOWN.find((one) => one[0] === part && set.toLowerCase().startsWith(one[1]) && one[2] === figure)
  return { part, set, figure, value, baseline: known?.[3] ?? '', target: known?.[4] ?? null }
}

/** Whether a figure is what is asked for; null: nothing is. */
export function isMet({ value, target }: Row): boolean | null {
  if (target === null) return null
  return 'least' in target ? value >= target.least : value <= target.most
}
