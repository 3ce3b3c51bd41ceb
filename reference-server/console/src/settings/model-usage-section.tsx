import type { AssistantSettings, AssistantUsage, AssistantUsageDay } from '@chatdesk/protocol'
import { Sparkles } from 'lucide-react'
import { DataTable } from '../admin/data-table.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { LoadView } from '../admin/load-view.js'
import { Section } from '../admin/section.js'
import { useLoaded } from '../admin/use-loaded.js'
import { useConsole } from '../client/console-services.js'
import { moneyText } from '../text/money-text.js'
import styles from './settings.module.css'

const NUMBER = new Intl.NumberFormat('en')
const DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

/** What the model was asked, day by day, in tokens and in money. */
export function ModelUsageSection({ settings: { budgets, price } }: { settings: AssistantSettings }) {
  const { admin: api } = useConsole()
  const loaded = useLoaded(() => api.assistant.usage())
  return (
    <Section
      title="Usage"
      lead={
        budgets
          ? `Of the last 30 days, by UTC. At most ${NUMBER.format(budgets.perDay)} tokens a day, and ${NUMBER.format(budgets.perConversation)} in one conversation.`
          : 'Of the last 30 days, by UTC.'
      }
    >
      <LoadView loaded={loaded}>{(value) => <Usage value={value} price={price} />}</LoadView>
    </Section>
  )
}

function Usage({ value: { usage }, price }: { value: AssistantUsage; price: AssistantSettings['price'] }) {
  if (usage.length === 0)
    return <EmptyNotice icon={Sparkles} title="Nothing yet" text="No model was asked in the last 30 days." />
  return (
    <>
      <p className={styles.total}>
        <strong>{sumText(usage)}</strong>
        {price && (
          <span>
            {perMillion(price.prompt, price.currency)} for a million tokens of prompts,{' '}
            {perMillion(price.completion, price.currency)} of answers.
          </span>
        )}
      </p>
      <DataTable
        label="Usage"
        rows={usage}
        rowKey={({ day, model, cost }) => `${day} ${model} ${cost?.currency}`}
        columns={[
          { title: 'Day', sortBy: ({ day }) => day, cell: ({ day }) => <time dateTime={day}>{dayText(day)}</time> },
          { title: 'Model', from: 'tablet', sortBy: ({ model }) => model, cell: ({ model }) => <bdi>{model}</bdi> },
          {
            title: 'Requests',
            from: 'tablet',
            align: 'end',
            sortBy: ({ requests }) => requests,
            cell: ({ requests }) => NUMBER.format(requests),
          },
          { title: 'Tokens', align: 'end', sortBy: tokensOf, cell: (row) => NUMBER.format(tokensOf(row)) },
          {
            title: 'Cost',
            align: 'end',
            sortBy: ({ cost }) => cost?.micro ?? -1,
            cell: ({ cost }) => (cost ? moneyText(cost) : 'No price set'),
          },
        ]}
      />
    </>
  )
}

function tokensOf({ promptTokens, completionTokens }: AssistantUsageDay): number {
  return promptTokens + completionTokens
}

/** Each currency by itself: there is no rate between them. What had no price is in no sum, and that is said. */
function sumText(usage: readonly AssistantUsageDay[]): string {
  const sums = new Map<string, number>()
  for (const { cost } of usage) if (cost) sums.set(cost.currency, (sums.get(cost.currency) ?? 0) + cost.micro)
  const tokens = `${NUMBER.format(usage.reduce((sum, row) => sum + tokensOf(row), 0))} tokens`
  if (sums.size === 0) return `${tokens}, no price set`
  const money = [...sums].map(([currency, micro]) => moneyText({ micro, currency })).join(' and ')
  return usage.some(({ cost }) => cost === null)
    ? `${tokens}, ${money} beside what had no price`
    : `${tokens}, ${money}`
}

function perMillion(price: number, currency: string): string {
  return moneyText({ micro: Math.round(price * 1e6), currency })
}

function dayText(day: string): string {
  return DAY.format(new Date(`${day}T00:00:00Z`))
}
