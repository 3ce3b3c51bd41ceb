import OpenAI from 'openai'

/** The openai package over a `fetch` of ours, without its own manners. */
export function createOpenAiClient({ baseUrl, fetch }: { baseUrl: string; fetch: typeof globalThis.fetch }): OpenAI {
  return new OpenAI({
    baseURL: baseUrl,
    // What is sent is written by our `fetch`; the package insists on some key.
    apiKey: 'unused',
    fetch,
    maxRetries: 0,
    // It would log what it cannot parse, which is what a visitor and a model have said, and read its environment for the rest.
    logLevel: 'off',
    ...{ organization: null, project: null, adminAPIKey: null, webhookSecret: null },
  })
}
