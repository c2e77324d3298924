// The look-up code as a small text file on the writer's own device. The page works without it.
(() => {
"use strict";
document.querySelectorAll("[data-keep]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`\ufeff${button.dataset.keep}\r\n`]));
    link.download = button.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
});
})();
