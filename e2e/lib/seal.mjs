// A seal for the stories, drawn by the browser itself.

/** A picture of a red ring, as a file input takes it. */
export async function redRing(page, name) {
  const address = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 300;
    const pen = canvas.getContext("2d");
    pen.strokeStyle = "#c8102e";
    pen.lineWidth = 12;
    pen.arc(150, 150, 130, 0, 7);
    pen.stroke();
    return canvas.toDataURL("image/png");
  });
  return { name, mimeType: "image/png", buffer: Buffer.from(address.split(",")[1], "base64") };
}
