// Menus (<details class="menu">) close on Escape, on a click elsewhere, and when another opens.
// [data-open-dialog="id"] opens a <dialog>; focus returns to the button by itself.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const opener = event.target.closest("[data-open-dialog]");
  if (opener) {
    const menu = opener.closest("details.menu");
    if (menu) menu.open = false;
    document.getElementById(opener.dataset.openDialog)?.showModal();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
