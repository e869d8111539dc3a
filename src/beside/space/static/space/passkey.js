// Somebody who cancels, or whose device cannot do it, is told so where they are.
document.addEventListener('allauth.error', event => {
  event.preventDefault()
  document.getElementById('passkey_failed').hidden = false
})
