// The loader, as far as a window needs one: it keeps what it is told.
window.told = []
window.chatdesk = async (...command) => {
  window.told.push(command)
}
