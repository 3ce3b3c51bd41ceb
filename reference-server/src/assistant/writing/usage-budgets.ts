/** How many tokens answers may cost, prompts and completions together. */
export interface UsageBudgets {
  /** Of all answers in one conversation. */
  perConversation: number
  /** Of all answers of one organization, on a day by UTC. */
  perDay: number
}

/** Of a server that says nothing else. */
export const DEFAULT_BUDGETS: UsageBudgets = { perConversation: 60_000, perDay: 2_000_000 }
