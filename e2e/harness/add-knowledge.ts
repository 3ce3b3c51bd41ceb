import { demoWidgetId, signInToApi } from './member-api.js'

/** Writes entries into the knowledge of the demo's widget, as its owner; answers with their ids. */
export async function addKnowledge(
  serverUrl: string,
  entries: readonly { question: string; answer: string }[],
): Promise<string[]> {
  const owner = await signInToApi(serverUrl)
  const path = `/widgets/${await demoWidgetId(owner)}/knowledge`
  const made: string[] = []
  for (const entry of entries) made.push((await owner.call<{ entry: { id: string } }>('POST', path, entry)).entry.id)
  return made
}
