import { ChatError, type ConversationRating } from '@chatdesk/protocol'
import { saveFile } from '../../launcher/host-page.js'
import { startAnew } from '../start-anew.js'
import { visitorActionsOf } from '../visitor-actions-of.js'
import type { CommandContext, Commanding } from './command-table.js'
import { displayedTimeline } from './displayed-timeline.js'
import { writeIntoComposer } from './write-into-composer.js'

/** Of each client, the last command that led to another conversation. */
const moved = new WeakMap<object, Promise<unknown>>()

/** What is said in the conversation that a command leads to is there before the next one leads on. */
function lead<T>(client: object, move: () => Promise<T>): Promise<T> {
  const mine = (moved.get(client) ?? Promise.resolve()).then(move, move)
  moved.set(client, mine)
  return mine
}

/** What is said in a conversation, and what becomes of it. */
export function conversationCommands({
  panel,
  actions,
}: CommandContext): Commanding<
  'newConversation' | 'prefill' | 'sendMessage' | 'showMessage' | 'endConversation' | 'rate' | 'markRead' | 'transcript'
> {
  const { client } = panel

  /** The conversation that is shown; there has to be one. */
  function conversationId(): string {
    const { id } = client.$conversation.get()
    if (id === null) throw new ChatError('NOT_FOUND', 'there is no conversation yet')
    return id
  }
  function prefill(text: string): void {
    panel.update({ view: null })
    writeIntoComposer(panel, text)
  }

  return {
    newConversation({ text, send = true, department } = {}) {
      panel.begin()
      panel.show()
      panel.update({ view: null })
      return lead(client, async () => {
        await startAnew(panel)
        if (department !== undefined) await actions.updateVisitor({ departmentId: department })
        if (text === undefined) return
        if (send) await client.sendMessage(text)
        else prefill(text)
      })
    },
    prefill: (given) => prefill(typeof given === 'string' ? given : given.text),
    async sendMessage(content, { conversationId } = {}) {
      panel.begin()
      const send = () => client.sendMessage(content)
      const { id, clientMessageId, seq } = await (conversationId === undefined
        ? send()
        : lead(client, async () => {
            await (await visitorActionsOf(panel)).openConversation(conversationId)
            return send()
          }))
      return { id, clientId: clientMessageId as string, seq }
    },
    showMessage(text, { as = 'system', name } = {}) {
      displayedTimeline(panel).add(text, { kind: as, ...(name === undefined ? {} : { name }) })
    },
    endConversation: () => client.end(),
    async rate(score, comment) {
      const rating = { score, ...(comment === undefined ? {} : { comment }) } as ConversationRating
      await actions.rate(conversationId(), rating)
      panel.events.emit('conversation:rated', rating)
    },
    markRead: () => client.markRead(),
    async transcript(wishes = {}) {
      const id = conversationId()
      if (wishes.to === 'email') return actions.mailTranscript(id, wishes.email, panel.locale)
      const { format = 'txt' } = wishes
      saveFile(await actions.transcript(id, format, panel.locale), `conversation.${format}`)
    },
  }
}
