/** What a sentence of an answer rests on. */
export interface Citation {
  docId: string
  chunkId: string
  title: string
  url: string | null
  /** Words of the chunk, as they stand there. */
  quote: string
}

/** A passage that was retrieved for this turn: only such may be cited. */
export interface Passage {
  docId: string
  chunkId: string
  title: string
  url: string | null
  text: string
  /** `account`: an item of what the visitor's site has signed (B18), which proves itself and nothing else. Absent: an entry. */
  of?: 'account' | undefined
}

/** What is said to a visitor, with what it rests on. `suggestions`: no answer, but where one may stand. */
export type Reply =
  | { kind: 'answer'; text: string; citations: Citation[] }
  | { kind: 'suggestions'; articles: { docId: string; title: string; url: string | null }[] }
  | { kind: 'nothing' }
