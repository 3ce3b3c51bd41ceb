import { ChatServer } from '../harness/chat-server.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { KnowledgeModel } from '../models/knowledge.js'
import { WidgetEditorModel } from '../models/widget-editor.js'

test('A1: an admin writes what the assistant says, imports more, and sees what nobody could answer', async ({
  browser,
}) => {
  // Of its own: on the demo that others meet the team answers.
  const server = await ChatServer.launch()
  const people = peopleOf(browser, server)
  const { page } = await people.agent('admin@demo.test')
  const editor = new WidgetEditorModel(page)
  await editor.open()
  await editor.letAssistantAnswer()
  const knowledge = new KnowledgeModel(page)

  // A draft answers nobody; published, it does.
  await knowledge.open()
  await knowledge.draft({
    question: 'How long is the warranty on a kettle?',
    phrasings: ['What if my kettle breaks?', 'Is there a guarantee on kettles?'],
    answer: 'A kettle has two years of warranty.',
  })
  await knowledge.addGolden('my kettle stopped working')
  expect(await knowledge.publish()).toMatch(/1 would find their entry first|1 find their entry first/)
  await expect(page.getByRole('list', { name: 'Versions' })).toContainText('published')

  // More of it comes from a table, which says first what it would do.
  await knowledge.goBack()
  const csv = 'question,answer\nDo you repair toasters?,We repair every toaster.\nDo you repair toasters?,Twice.'
  expect(await knowledge.paste(csv)).toBe('1 entry to add, 0 to change, 1 left out')
  await expect(knowledge.row('We repair every toaster.')).toContainText('No entry has this question or address.')
  await knowledge.importIt()
  await knowledge.goTo('Entries')
  await page.getByLabel('Find').fill('toaster')
  await page.keyboard.press('Enter')
  await expect(knowledge.row('Do you repair toasters?')).toContainText('Published')

  // Visitors are answered from both, and what has no answer is kept for the team.
  const { widget } = await people.visitor()
  await widget.say('How long is the warranty on a kettle?')
  await expect(widget.message('A kettle has two years of warranty.')).toBeVisible()
  await widget.say('Do you repair toasters?')
  await expect(widget.message('We repair every toaster.')).toBeVisible()
  await widget.say('Which wallaby thermostat fits a zeppelin?')
  await expect(widget.message('I do not know that.')).toBeVisible()

  await knowledge.goTo('Unanswered questions')
  await expect(knowledge.row('wallaby thermostat')).toContainText('Once')
  await page.getByRole('link', { name: /^Answer Which wallaby/ }).click()
  await expect(page.getByRole('textbox', { name: 'Question' })).toHaveValue('Which wallaby thermostat fits a zeppelin?')
  await knowledge.answer('The small one.')
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Which wallaby thermostat fits a zeppelin?' })).toBeVisible()
  await knowledge.goBack()
  await knowledge.goTo('Unanswered questions')
  await expect(page.getByText('Nothing is open')).toBeVisible()

  await people.leave()
  await server.dispose()
})
