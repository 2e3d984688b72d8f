// Makes a large picture smaller before it is sent, and says so. The form does its whole job without
// this file: what is too large is then refused with a sentence, and everything is painted anew anyway.
(() => {
  "use strict";

  const LARGE = 4000000;
  const LONGEST = 2048;

  const input = document.querySelector('input[type="file"][name="picture"]');
  if (!input || !window.createImageBitmap || !window.DataTransfer) return;

  const told = document.createElement("p");
  told.className = "govuk-body-s";
  told.setAttribute("role", "status");
  input.after(told);

  const smaller = async (file) => {
    const seen = await createImageBitmap(file);
    const factor = Math.min(1, LONGEST / Math.max(seen.width, seen.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(seen.width * factor));
    canvas.height = Math.max(1, Math.round(seen.height * factor));
    canvas.getContext("2d").drawImage(seen, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92));
  };

  input.addEventListener("change", async () => {
    const file = input.files[0];
    told.textContent = "";
    if (!file || file.size <= LARGE || file.type === "image/gif") return;
    try {
      const blob = await smaller(file);
      if (!blob || input.files[0] !== file) return;
      const carrier = new DataTransfer();
      carrier.items.add(new File([blob], "picture.jpg", { type: "image/jpeg" }));
      input.files = carrier.files;
      told.textContent = "The picture was large; it is sent smaller.";
    } catch {
      // The server says what to do about a picture that this browser cannot read.
    }
  });
})();
