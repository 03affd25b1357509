// Passkeys: shows the buttons that need a script, and says in words why the device refused.
(() => {
  'use strict'
  const box = document.querySelector('[data-passkey-trouble]')
  const usable = window.PublicKeyCredential && window.isSecureContext
  // Not before the buttons are wired (by a listener of the same event, added earlier): a press would be lost.
  document.addEventListener('DOMContentLoaded', () => {
    document.querySelectorAll('[data-needs-passkeys]').forEach(part => { part.hidden = !usable })
    document.querySelectorAll('[data-without-passkeys]').forEach(part => { part.hidden = !!usable })
  })
  if (!box) return
  const words = { NotAllowedError: box.dataset.cancelled, AbortError: box.dataset.cancelled, InvalidStateError: box.dataset.known, ConstraintError: box.dataset.unable, NotSupportedError: box.dataset.unable }
  document.addEventListener('allauth.error', event => {
    event.preventDefault()
    const text = words[event.detail.exception && event.detail.exception.name] || box.dataset.other
    box.querySelector('[data-passkey-words]').textContent = text
    box.hidden = false
    box.focus()
  })
  document.querySelectorAll('[data-passkey-button]').forEach(button => button.addEventListener('click', () => { box.hidden = true }))
})()
