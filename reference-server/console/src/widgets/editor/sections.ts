/** The parts of a widget's form: their place in the address, and their name. */
export const SECTIONS = [
  { id: 'appearance', name: 'Appearance' },
  { id: 'behaviour', name: 'Behaviour' },
  { id: 'assistant', name: 'Assistant' },
  { id: 'files', name: 'Files' },
  { id: 'hours', name: 'Hours' },
  { id: 'form', name: 'Pre-chat form' },
  { id: 'departments', name: 'Departments' },
  { id: 'proactive', name: 'Proactive messages' },
  { id: 'domains', name: 'Domains' },
  { id: 'danger', name: 'Danger zone' },
] as const

export type SectionId = (typeof SECTIONS)[number]['id']

const PLACES: Record<string, SectionId> = {
  name: 'appearance',
  allowedOrigins: 'domains',
  primaryColor: 'appearance',
  position: 'appearance',
  greeting: 'appearance',
  assistantPolicy: 'assistant',
  attachments: 'files',
  businessHours: 'hours',
  preChatForm: 'form',
  departmentIds: 'departments',
  proactiveRules: 'proactive',
}

/** Where a field stands that the server has refused; `settings.businessHours.week.0.to` is in `hours`. */
export function sectionOf(field: string): SectionId {
  const [first = '', second = ''] = field.split('.')
  return PLACES[first === 'settings' ? second : first] ?? 'behaviour'
}
