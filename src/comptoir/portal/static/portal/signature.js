// A pad to sign on, for those who have a script: without one the typed name is the signature.
const field = document.querySelector(".js-drawing");
if (field) {
  const pad = field.querySelector("canvas");
  const kept = field.querySelector("input");
  const pen = pad.getContext("2d");
  let drawing = false;
  const blank = () => {
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, pad.width, pad.height);
  };
  field.hidden = false;
  blank();
  pen.lineWidth = 4;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = "#111827";

  const place = (event) => {
    const box = pad.getBoundingClientRect();
    return [((event.clientX - box.left) * pad.width) / box.width, ((event.clientY - box.top) * pad.height) / box.height];
  };
  pad.addEventListener("pointerdown", (event) => {
    drawing = true;
    pad.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...place(event));
  });
  pad.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(...place(event));
    pen.stroke();
  });
  pad.addEventListener("pointerup", () => {
    drawing = false;
    kept.value = pad.toDataURL("image/png");
  });
  field.querySelector("button").addEventListener("click", () => {
    blank();
    kept.value = "";
  });
}
