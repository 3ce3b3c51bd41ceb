import type { Draft } from '../nodes/hint.js'
import { LONGEST_DRAFT } from '../nodes/hint-codec.js'
import type { RealtimeClock } from './clock.js'

/** A turn of the assistant's in a conversation. */
export interface Speaker {
  organizationId: string
  conversationId: string
  /** As its message will have it. */
  author: { kind: 'assistant'; id: string; name: string }
  /** The last event that the turn rests on. */
  afterSeq: number
}

/** Somebody who writes, and is seen to. */
export interface Speaking {
  /** All that was written by now. */
  say(text: string): void
  /** Nothing more comes. Safe to call twice. */
  end(): void
  /** Another turn of the same author's has begun, and shows itself. */
  drop(): void
}

/** Words that come faster are shown together, in milliseconds. */
const FRAME_MS = 50
/** Signs end by themselves, and whoever comes later has heard none: said again so often, in milliseconds (Y1). */
const REPEAT_MS = 3_000
/** Whatever has become of a turn, it is not shown for longer, in milliseconds (B5). */
const LONGEST_MS = 40_000

/** Begins to show a turn. Each frame has all words, so that none that is lost is missed. */
export function beginSpeaking({
  clock,
  afterSeq,
  tell,
}: {
  clock: RealtimeClock
  afterSeq: number
  tell: (active: boolean, draft?: Draft) => void
}): Speaking {
  const began = clock.now()
  let draft: Draft | undefined
  let told = ''
  let text = ''
  let cancelFrame: (() => void) | undefined
  let cancelRepeat = () => {}
  let ended = false

  const show = () => {
    if (text !== told) draft = { afterSeq, text }
    told = text
    tell(true, draft)
    cancelRepeat()
    cancelRepeat = clock.setTimeout(() => (clock.now() - began < LONGEST_MS ? show() : end()), REPEAT_MS)
  }
  const nextFrame = () => {
    cancelFrame = clock.setTimeout(() => {
      cancelFrame = undefined
      if (text === told) return
      show()
      nextFrame()
    }, FRAME_MS)
  }
  const drop = () => {
    ended = true
    cancelFrame?.()
    cancelRepeat()
  }
  const end = () => {
    if (ended) return
    drop()
    tell(false)
  }

  show()
  return {
    say(words) {
      if (ended) return
      text = words.slice(0, LONGEST_DRAFT)
      if (cancelFrame || text === told) return
      show()
      nextFrame()
    },
    end,
    drop,
  }
}
