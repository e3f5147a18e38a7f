// Proposes the browser's time zone to whoever has chosen none so far.

const select = document.querySelector("#zone[data-first] select");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (select && [...select.options].some((option) => option.value === zone)) select.value = zone;
