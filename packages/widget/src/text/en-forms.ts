/** Texts of what a visitor is asked before a conversation. */
export const formTexts = {
  formTitle: 'Before we start',
  formStart: 'Start the chat',
  formName: 'Your name',
  formEmail: 'Email address',
  formDepartment: 'Who would you like to talk to?',
  formChoose: 'Please choose',
  formOptional: '{label} (optional)',
  formProved: 'From your account',
  formNeeded: 'Please fill this in.',
  formTick: 'Please tick this to go on.',
  formNoEmail: 'Please enter an email address, such as name@example.com.',
  formNoPhone: 'Please enter a phone number, such as +1 555 0100.',
  formChanged: 'The questions have changed. Please look at them again.',
}
