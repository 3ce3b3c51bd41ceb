import { keep, recall } from '../../launcher/browser-tab-memory.js'
import { keepVisitor, recallVisitor } from '../../launcher/browser-visitor-memory.js'
import { mayStore, type WidgetOptions } from '../../widget-options.js'
import type { RuleMemory } from './due-rule.js'

/** Where it stands that a rule has spoken in this tab. */
const SPOKE = 'chatdesk.spoke.'
/** Whether this tab began with a visitor who had been here before: `yes` or `no`. */
const RETURNING = 'chatdesk.returning.'
/** When which rule spoke, and was sent away. That there is one at all says that its visitor was here. */
const RULES = 'chatdesk.rules.'

/** What is remembered of rules: in the browser where that is allowed, else for as long as the page stands. */
export class BrowserRuleMemory {
  private memory: Pick<RuleMemory, 'shown' | 'dismissed'>
  private spoke: boolean
  /** The visitor has been here before this tab. */
  readonly returning: boolean

  /** @param notesVisits some rule asks whether they come back; else that they were here is kept nowhere. */
  constructor(
    private readonly options: WidgetOptions,
    notesVisits: boolean,
  ) {
    const stored = recallVisitor(options, RULES)
    this.memory = parse(stored)
    this.spoke = recall(options, SPOKE) !== ''
    // Who has chatted before is known by the visitor token.
    const wasHere = stored || (mayStore(options) && document.cookie.includes(`chatdesk_${options.widgetKey}=`))
    this.returning = (recall(options, RETURNING) || (wasHere ? 'yes' : 'no')) === 'yes'
    if (!notesVisits) return
    keep(options, RETURNING, this.returning ? 'yes' : 'no')
    this.write()
  }

  /** As of now: another tab may have spoken meanwhile. */
  read(): RuleMemory {
    const { shown, dismissed } = parse(recallVisitor(this.options, RULES))
    this.memory = {
      shown: { ...this.memory.shown, ...shown },
      dismissed: { ...this.memory.dismissed, ...dismissed },
    }
    return { ...this.memory, spoke: this.spoke }
  }

  note(what: 'shown' | 'dismissed', ruleId: string, now: number): void {
    const memory = this.read()
    this.memory = { ...this.memory, [what]: { ...memory[what], [ruleId]: now } }
    this.spoke = true
    keep(this.options, SPOKE, '1')
    this.write()
  }

  private write(): void {
    keepVisitor(this.options, RULES, JSON.stringify(this.memory))
  }
}

/** Whatever is no memory of ours is none. */
function parse(stored: string): Pick<RuleMemory, 'shown' | 'dismissed'> {
  try {
    const { shown, dismissed } = JSON.parse(stored || '{}')
    return { shown: { ...shown }, dismissed: { ...dismissed } }
  } catch {
    return { shown: {}, dismissed: {} }
  }
}
