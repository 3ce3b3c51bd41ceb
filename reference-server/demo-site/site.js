// Any button of the page may open the chat: the widget's public command, as a customer would use it.
for (const button of document.querySelectorAll('[data-open-chat]')) {
  button.addEventListener('click', () => window.chatdesk('open'))
}
