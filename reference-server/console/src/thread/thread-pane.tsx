import type { AgentConversation } from '@chatdesk/core/agent'
import { useStore } from '@nanostores/react'
import { CreditCard, PanelRight, Sparkles, Ticket } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { Dialog } from '../admin/dialog.js'
import { mayWrite, useConsole } from '../client/console-services.js'
import { useCommands } from '../commands/command-store.js'
import { ContextPanel } from '../context/context-panel.js'
import { useDetailsShown } from '../context/use-details-shown.js'
import { SummarySection } from '../copilot/summary-section.js'
import { useSummary } from '../copilot/use-summary.js'
import { RequestPayment } from '../payments/conversation/request-payment.js'
import { useConversationPayments } from '../payments/conversation/use-conversation-payments.js'
import { useShortcut } from '../shell/shortcuts.js'
import { TicketForm } from '../tickets/ticket-form.js'
import { EndDialog } from './end-dialog.js'
import { MessageList } from './message-list.js'
import { useNotes } from './notes/use-notes.js'
import styles from './thread.module.css'
import { ThreadHeader } from './thread-header.js'
import { TakenDialog } from './work/taken-dialog.js'
import { useConversationWork } from './work/use-conversation-work.js'
import { WorkLine } from './work/work-line.js'
import { WriteBox } from './write-box.js'

/** One conversation, watched as long as it stands here. */
export function ThreadPane({ conversationId }: { conversationId: string }) {
  const { client } = useConsole()
  const [conversation, setConversation] = useState<AgentConversation | null>(null)
  useEffect(() => {
    const opened = client.openConversation(conversationId)
    setConversation(opened)
    return () => opened.close()
  }, [client, conversationId])

  return conversation && <ThreadOrNone conversation={conversation} />
}

function ThreadOrNone({ conversation }: { conversation: AgentConversation }) {
  const { synced } = useStore(conversation.$conversation)
  if (!useStore(conversation.$missing)) return <Thread conversation={conversation} />
  return (
    <div className={styles.placeholder} role="alert">
      <strong>{synced ? 'This conversation was removed' : 'This conversation cannot be shown'}</strong>
      <p>{synced ? 'Its visitor has had it deleted.' : 'It no longer exists, or it belongs to somebody else.'}</p>
      <Link href="/">Back to the inbox</Link>
    </div>
  )
}

function Thread({ conversation }: { conversation: AgentConversation }) {
  const { current } = useConsole()
  const work = useConversationWork(conversation)
  const { row } = work
  const notes = useNotes(conversation.conversationId, row)
  const summary = useSummary(conversation.conversationId)
  const { status } = useStore(conversation.$conversation)
  const timeline = useStore(conversation.$timeline)
  const [detailsShown, toggleDetails] = useDetailsShown()
  const payments = useConversationPayments(conversation.conversationId, timeline)
  /** By what account, while it is asked for. */
  const [requesting, setRequesting] = useState<'test' | 'live' | null>(null)
  const request = payments.askedBy && (() => setRequesting(payments.askedBy))
  const [ending, setEnding] = useState(false)
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState(0)
  // A row of an old conversation may not be loaded: then the log knows the name.
  const spoken = timeline.find((entry) => entry.type === 'message' && entry.author.kind === 'visitor')
  const visitorName = row?.visitor.name ?? (spoken?.type === 'message' ? spoken.author.name : undefined) ?? 'Visitor'

  useShortcut(['d'], () => {
    toggleDetails()
    return true
  })
  useCommands([
    {
      ...{ id: 'details', group: 'Conversation', label: detailsShown ? 'Hide the details' : 'Show the details' },
      ...{ shortcut: 'D', icon: <PanelRight size={16} strokeWidth={1.75} />, run: toggleDetails },
    },
    ...(summary.offered
      ? [
          {
            ...{ id: 'summarise', group: 'Conversation', label: 'Summarise', keywords: 'summary copilot short' },
            icon: <Sparkles size={16} strokeWidth={1.75} />,
            run() {
              if (!detailsShown) toggleDetails()
              summary.ask()
            },
          },
        ]
      : []),
    ...(mayWrite(current)
      ? [
          {
            ...{ id: 'ticket', group: 'Conversation', label: 'Make a ticket', keywords: 'task follow up' },
            icon: <Ticket size={16} strokeWidth={1.75} />,
            run: () => setMaking(true),
          },
        ]
      : []),
    ...(request
      ? [
          {
            ...{ id: 'payment', group: 'Conversation', label: 'Request a payment', keywords: 'pay money razorpay' },
            icon: <CreditCard size={16} strokeWidth={1.75} />,
            run: request,
          },
        ]
      : []),
  ])

  return (
    <div className={styles.pane} data-details={detailsShown || undefined}>
      <section className={styles.thread} aria-label={`Conversation with ${visitorName}`}>
        <ThreadHeader
          visitor={{ id: row?.visitor.id ?? conversation.conversationId, name: visitorName }}
          conversation={conversation}
          work={work}
          detailsShown={detailsShown}
          onToggleDetails={toggleDetails}
          onEnd={() => setEnding(true)}
        />
        <WorkLine work={work} />
        <MessageList conversation={conversation} visitorName={visitorName} notes={notes} />
        <WriteBox
          conversation={conversation}
          visitorName={visitorName}
          resolved={status === 'resolved'}
          notes={notes}
          onRequestPayment={request}
        />
      </section>
      {detailsShown && (
        <ContextPanel
          {...{ conversation, work }}
          name={visitorName}
          onClose={toggleDetails}
          summary={<SummarySection summary={summary} notes={notes} />}
          tickets={{ made, onMake: () => setMaking(true) }}
          payments={{ payments, onRequest: request }}
        />
      )}
      <EndDialog
        opened={ending}
        onClose={() => setEnding(false)}
        conversation={conversation}
        visitorName={visitorName}
      />
      <TakenDialog work={work} />
      <RequestPayment
        mode={requesting}
        onClose={() => setRequesting(null)}
        conversationId={conversation.conversationId}
        visitorName={visitorName}
      />
      <Dialog opened={making} onClose={() => setMaking(false)} title="Make a ticket">
        <TicketForm
          conversationId={conversation.conversationId}
          onCancel={() => setMaking(false)}
          onDone={() => {
            setMaking(false)
            setMade(made + 1)
          }}
        />
      </Dialog>
    </div>
  )
}
