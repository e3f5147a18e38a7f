// A tap makes a photo sharp in its place, and another one blurs it again. Without this its link shows it alone.

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-sharpen]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const picture = link.querySelector("img");
  const [shown, words] = [picture.src, picture.alt];
  picture.src = link.href;
  picture.alt = picture.dataset.alt;
  link.href = shown;
  picture.dataset.alt = words;
  link.querySelector("[data-tap]").hidden = link.classList.toggle("sharp");
});
