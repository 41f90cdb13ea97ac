/* Comfort only: a drawing of the portal as PNG, for apps that know no SVG. */
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-png]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const picture = new Image();
      picture.addEventListener("load", () => {
        const canvas = document.createElement("canvas");
        canvas.width = picture.naturalWidth;
        canvas.height = picture.naturalHeight;
        canvas.getContext("2d").drawImage(picture, 0, 0);
        canvas.toBlob((blob) => {
          const link = document.createElement("a");
          link.href = URL.createObjectURL(blob);
          link.download = button.dataset.name;
          link.click();
          setTimeout(() => URL.revokeObjectURL(link.href), 10000);
        }, "image/png");
      });
      picture.src = button.dataset.png;
    });
  }
})();
