// The QR code carries the invitation code behind the #, which browsers send to no server: take it
// over into the form and out of the address.
const code = decodeURIComponent(location.hash.slice(1));
const field = document.querySelector("#id_code");
if (code && field && !field.value) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
  document.querySelector("#id_username").focus();
}
